import { describe, expect, it } from 'vitest';
import { collect } from '../../../src/datasets/own/collect.ts';
import type { Entry } from '../../../src/datasets/own/entries.ts';
import { entry, gzip, lyingZip, zip, zip64 } from '../../support/archives.ts';
import { summary } from '../../support/collected.ts';

const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47]);
const names = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${prefix}${i}.png`, picture]));

describe('folders and ZIPs', () => {
  it('a ZIP is a folder; what systems leave in it is not', async () => {
    const found = await collect([
      entry(
        'pets.zip',
        zip({
          ...names('pets/cats/', 3),
          ...names('pets/dogs/', 2),
          ...names('__MACOSX/pets/cats/._', 3),
          'pets/Thumbs.db': picture,
        }),
      ),
    ]);
    expect(summary(found)).toMatchObject({ title: 'pets', classes: ['cats:3', 'dogs:2'], unread: [] });
  });
  it('a ZIP of each class, and a ZIP in a ZIP', async () => {
    const found = await collect([entry('cats.zip', zip(names('', 2))), entry('dogs.zip', zip(names('', 3)))]);
    expect(summary(found).classes).toEqual(['cats:2', 'dogs:3']);
    const inner = zip({ 'cats/a.png': picture, 'dogs/b.png': picture });
    expect(summary(await collect([entry('outer.zip', zip({ 'inner.zip': inner }))])).classes).toEqual([
      'cats:1',
      'dogs:1',
    ]);
    const three = zip({ 'c.zip': zip({ 'b.zip': inner }) });
    expect(summary(await collect([entry('a.zip', three)])).unread).toEqual(['a/c/b.zip nested']);
  });
  it('a locked, a cut and a broken ZIP are named', async () => {
    const whole = zip({ 'cats/a.png': picture, 'dogs/b.png': picture });
    const found = await collect([
      entry('locked.zip', zip({ 'cats/a.png': picture }, 1)),
      entry('cut.zip', whole.slice(0, whole.length - 30)),
      entry('text.zip', new TextEncoder().encode('no zip at all')),
    ]);
    expect(summary(found).unread).toEqual([
      'locked/cats/a.png encrypted',
      'cut.zip damaged',
      'text.zip damaged',
    ]);
  });
  it('a ZIP of the 64-bit form is read', async () => {
    const found = await collect([
      entry('big.zip', await zip64({ 'cats/a.png': picture, 'dogs/b.png': picture })),
    ]);
    expect(summary(found)).toMatchObject({ classes: ['cats:1', 'dogs:1'], unread: [] });
  });
  it('a bomb goes off nowhere: more than it says, or far too much', async () => {
    const zeros = new Uint8Array(5_000_000);
    for (const said of [1000, 2 ** 31]) {
      const { items } = await collect([entry('bomb.zip', lyingZip('cats/a.png', zeros, said))]);
      const { source } = items[0]!;
      if (source.kind !== 'file') throw new Error('an array');
      await expect(source.read()).rejects.toThrow();
    }
    const packed = await collect([entry('bomb.csv.gz', gzip(zeros))], '', 1_000_000);
    expect(summary(packed).unread).toEqual(['bomb.csv.gz too-large']);
  });
  it('twenty thousand pictures in a ZIP are listed without being read', async () => {
    const { items } = await collect([
      entry('many.zip', zip({ ...names('a/', 10_000), ...names('b/', 10_000) })),
    ]);
    expect(items.length).toBe(20_000);
  });
  it('pictures of cameras are kept for their own sentence', async () => {
    const found = await collect(['a/1.heic', 'a/2.tif', 'b/3.NEF', 'b/4.png'].map((path) => entry(path)));
    expect(found.items.map(({ path }) => path)).toEqual(['a/1.heic', 'a/2.tif', 'b/4.png']);
    expect(summary(found).unread).toEqual(['b/3.NEF raw']);
  });
  it('a named class takes all pictures, wherever they lie', async () => {
    const files: Entry[] = ['x/1.png', 'y/2.jpg'].map((path) => entry(path));
    expect(summary(await collect(files, 'mine')).classes).toEqual(['mine:2']);
  });
});
