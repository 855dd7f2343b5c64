import { describe, expect, it } from 'vitest';
import { byClass, evenly, folderOf } from '../../../src/app/shell/folders.ts';

function file(path: string): File {
  const made = new File(['x'], path.split('/').at(-1)!, { type: path.endsWith('.txt') ? 'text/plain' : '' });
  Object.defineProperty(made, 'webkitRelativePath', { value: path });
  return made;
}

describe('a chosen folder', () => {
  it('names each picture’s class by the folder it lies in, in the order of the paths', () => {
    const folder = folderOf(
      [
        'pets/dogs/2.png',
        'pets/cats/b.JPG',
        'pets/cats/a.webp',
        'pets/notes/x.txt',
        'pets/train/dogs/1.png',
      ].map(file),
    );
    expect(folder.title).toBe('pets');
    expect(folder.pictures.map(({ path, className }) => `${path} ${className}`)).toEqual([
      'pets/cats/a.webp cats',
      'pets/cats/b.JPG cats',
      'pets/dogs/2.png dogs',
      'pets/train/dogs/1.png dogs',
    ]);
    expect([...byClass(folder.pictures).keys()]).toEqual(['cats', 'dogs']);
  });

  it('counts pictures without a class and skips hidden files', () => {
    const folder = folderOf(
      ['pets/1.png', 'pets/.cache/1.png', 'pets/cats/._1.png', 'pets/cats/1.png'].map(file),
    );
    expect([folder.pictures.length, folder.classless]).toEqual([1, 1]);
  });

  it('takes several folders as classes', () => {
    const folder = folderOf(['cats/1.png', 'dogs/1.png'].map(file));
    expect(folder.pictures.map(({ className }) => className)).toEqual(['cats', 'dogs']);
    expect(folder.title).toBe('');
  });
});

describe('evenly', () => {
  it('takes equally many of each class where there are too many', () => {
    const classes = byClass(
      folderOf(['p/a/1.png', 'p/a/2.png', 'p/a/3.png', 'p/b/1.png', 'p/b/2.png'].map(file)).pictures,
    );
    expect(evenly(classes, 5).map(({ label }) => label)).toEqual([0, 0, 0, 1, 1]);
    expect(evenly(classes, 4).map(({ label }) => label)).toEqual([0, 0, 1, 1]);
  });
});
