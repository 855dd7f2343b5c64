import { describe, expect, it } from 'vitest';
import { byName, isHidden, placeByFolder } from '../../../src/datasets/own/class-folders.ts';

const place = (...paths: string[]) => {
  const { title, placed, classless } = placeByFolder(paths.map((path) => ({ path })));
  return {
    title,
    classes: placed.map(({ path, className, part }) => `${path} ${className}${part ? ` ${part}` : ''}`),
    classless: classless.map(({ path }) => path),
  };
};

describe('the class of a picture', () => {
  it('is the folder below the chosen one', () => {
    expect(place('pets/dogs/b.png', 'pets/cats/a.png')).toEqual({
      title: 'pets',
      classes: ['pets/cats/a.png cats', 'pets/dogs/b.png dogs'],
      classless: [],
    });
  });
  it('is that folder also for what lies deeper, and where others wrap it', () => {
    const { title, classes } = place(
      'zip/pets/cats/2021/a.png',
      'zip/pets/cats/2022/june/b.png',
      'zip/pets/dogs/c.png',
    );
    expect(title).toBe('zip');
    expect(classes).toEqual([
      'zip/pets/cats/2021/a.png cats',
      'zip/pets/cats/2022/june/b.png cats',
      'zip/pets/dogs/c.png dogs',
    ]);
  });
  it('is each of several dropped folders', () => {
    expect(place('cats/a.png', 'dogs/b.png')).toEqual({
      title: '',
      classes: ['cats/a.png cats', 'dogs/b.png dogs'],
      classless: [],
    });
  });
  it('is the only folder there is, to which others may be added', () => {
    expect(place('cats/a.png', 'cats/b.png').classes).toEqual(['cats/a.png cats', 'cats/b.png cats']);
  });
  it('is not told of pictures beside the folders', () => {
    expect(place('pets/cover.png', 'pets/cats/a.png', 'pets/dogs/b.png').classless).toEqual([
      'pets/cover.png',
    ]);
    expect(place('a.png', 'b.png').classless).toEqual(['a.png', 'b.png']);
    expect(place('set/cover.png', 'set/images/cats/a.png', 'set/images/dogs/b.png')).toMatchObject({
      classes: ['set/images/cats/a.png cats', 'set/images/dogs/b.png dogs'],
      classless: ['set/cover.png'],
    });
  });
  it('is the same for names that look the same', () => {
    const decomposed = 'cafe\u0301';
    expect(
      place(`x/${decomposed}/a.png`, 'x/Café/b.png', 'x/tea/c.png', 'x/Tea /d.png').classes.map(
        (line) => line.split('.png ')[1],
      ),
    ).toEqual(['Café', 'Tea', 'Café', 'Tea']);
  });
  it('has numbers in their order', () => {
    expect(['10', '9', 'a2', 'a10', '1'].sort(byName)).toEqual(['1', '9', '10', 'a2', 'a10']);
  });
});

describe('parts', () => {
  it('are folders named so above the classes', () => {
    expect(
      place('d/train/cats/a.png', 'd/val/cats/b.png', 'd/Test/cats/c.png', 'd/train/dogs/d.png'),
    ).toEqual({
      title: 'd',
      classes: [
        'd/train/cats/a.png cats train',
        'd/train/dogs/d.png dogs train',
        'd/val/cats/b.png cats validation',
        'd/Test/cats/c.png cats test',
      ].sort((a, b) => (a < b ? -1 : 1)),
      classless: [],
    });
  });
  it('are folders named so in every class', () => {
    expect(place('d/cats/train/a.png', 'd/cats/test/b.png', 'd/dogs/train/c.png').classes).toEqual([
      'd/cats/test/b.png cats test',
      'd/cats/train/a.png cats train',
      'd/dogs/train/c.png dogs train',
    ]);
  });
  it('may hold one more folder around the classes, and pictures without a class', () => {
    const { classes, classless } = place(
      'd/train/images/cats/a.png',
      'd/train/images/dogs/b.png',
      'd/test/1.png',
    );
    expect(classes).toEqual(['d/train/images/cats/a.png cats train', 'd/train/images/dogs/b.png dogs train']);
    expect(classless).toEqual(['d/test/1.png']);
  });
  it('are none where a class is called so', () => {
    expect(place('v/train/a.png', 'v/bus/b.png', 'v/car/c.png').classes).toEqual([
      'v/bus/b.png bus',
      'v/car/c.png car',
      'v/train/a.png train',
    ]);
  });
});

it.each([
  ['__MACOSX/pets/cats/._a.png', true],
  ['pets/@eaDir/a.png', true],
  ['pets/.thumbnails/a.png', true],
  ['pets/.hidden.png', true],
  ['pets/cats/a.png', false],
])('%s hidden: %s', (path, hidden) => expect(isHidden(path)).toBe(hidden));
