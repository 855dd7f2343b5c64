import { expect, test } from 'vitest';
import { registerDataset } from '../../src/datasets/catalog.ts';
import { readPicture } from '../../src/datasets/picture.ts';
import { prepareInput } from '../../src/datasets/preprocess.ts';
import { OwnPictures, type ChosenFile, type OwnMaking } from '../../src/workers/own-pictures.ts';

const making: OwnMaking = {
  ...{ title: 'Mine', names: [], size: 28, channels: 3, drawable: false },
  preparation: { fit: 'crop', gain: 1 },
  ...{ mostOfClass: Infinity, withoutFlat: false, withoutDoubtful: false },
};

/** A picture with a gradient, a disc and a hole, of any size. */
async function picture(width: number, height: number, seed: number, type = 'image/png'): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const gradient = context.createLinearGradient(0, 0, width, height);
  gradient.addColorStop(0, `hsl(${seed * 40} 80% 40%)`);
  gradient.addColorStop(1, `hsl(${seed * 40 + 120} 60% 70% / 0.5)`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, width, height);
  context.fillStyle = `hsl(${seed * 70} 90% 30%)`;
  context.beginPath();
  context.arc(width / 2, height / 2, Math.min(width, height) * (0.2 + (seed % 5) / 20), 0, 7);
  context.fill();
  return canvas.convertToBlob({ type });
}

const shapes: readonly (readonly [number, number, string])[] = [
  [48, 2400, 'image/png'],
  [2400, 48, 'image/png'],
  [640, 480, 'image/jpeg'],
  [28, 28, 'image/png'],
  [17, 90, 'image/webp'],
  [1201, 903, 'image/png'],
];

async function folder(): Promise<readonly ChosenFile[]> {
  const files: ChosenFile[] = [];
  for (const [c, name] of ['cats', 'dogs'].entries())
    for (const [i, [width, height, type]] of shapes.entries())
      files.push({
        path: `pets/${name}/${i}.${type.split('/')[1]}`,
        file: await picture(width, height, c * 6 + i, type),
      });
  return files;
}

async function made(files: readonly ChosenFile[], changes: Partial<OwnMaking> = {}) {
  const own = new OwnPictures();
  const choice = await own.add(files, '');
  const look = await own.make({ ...making, ...changes }, () => {});
  if (!look.ok) throw new Error(look.reason.code);
  return { own, choice, look: look.value };
}

for (const fit of ['crop', 'border'] as const)
  for (const channels of [1, 3] as const)
    test(`a picture asked about is what was learned, to the byte: ${fit}, ${channels} channels`, async () => {
      const files = await folder();
      const { look } = await made(files, { preparation: { fit, gain: 1 }, channels });
      if (!look.set.ok) throw new Error(look.set.reason.code);
      const { facts } = look.set.value;
      registerDataset(facts);
      expect([facts.trainCount, facts.testCount]).toEqual([10, 2]);
      for (const [i, { file }] of files.entries()) {
        const read = await readPicture(file);
        if (!read.ok) throw new Error(read.reason.code);
        const asked = prepareInput(facts.id, read.value);
        expect(asked.ok && asked.value).toEqual(look.samples[i]!.pixels);
      }
    });

test('what cannot be read is named with its reason, also where no set comes of it', async () => {
  const bad = new Blob(['no picture']);
  const files = (await folder()).slice(0, 5);
  const { look } = await made([
    ...files,
    { path: 'pets/dogs/1.heic', file: bad },
    { path: 'pets/dogs/2.tif', file: bad },
    { path: 'pets/dogs/3.png', file: bad },
  ]);
  expect(look.set).toMatchObject({ ok: false, reason: { code: 'class-too-small', name: 'dogs', count: 0 } });
  expect(look.unread.map(({ reason }) => reason)).toEqual(['heic', 'tiff', 'undecodable']);
});

test('classes are renamed, joined and left out without reading anything again', async () => {
  const { own, look } = await made(await folder());
  expect(look.classes).toEqual(['cats', 'dogs']);
  const told: (readonly number[])[] = [];
  const tell = (...progress: readonly number[]) => told.push(progress);
  const again = await own.make({ ...making, names: [['cats', 'Zebras']] }, tell);
  expect(again.ok && again.value.classes).toEqual(['dogs', 'Zebras']);
  const joined = await own.make({ ...making, names: [['cats', 'dogs']] }, tell);
  expect(joined.ok && joined.value.set).toMatchObject({
    ok: false,
    reason: { code: 'class-count', count: 1 },
  });
  expect(told).toEqual([
    [12, 12],
    [12, 12],
  ]);
});

test('one file in two classes is shown, and left out on request', async () => {
  const files = await folder();
  const twin = { path: 'pets/dogs/twin.png', file: files[0]!.file };
  const { own, look } = await made([...files, twin]);
  expect(look.notes.find(({ code }) => code === 'two-classes')).toMatchObject({ pairs: [[0, 12]] });
  expect(look.doubtful.map(({ label }) => label)).toEqual([0, 1]);
  const without = await own.make({ ...making, withoutDoubtful: true }, () => {});
  expect(without.ok && without.value.set.ok && without.value.set.value.facts.trainCount).toBe(9);
});

test('a packed set opens as the same set, in its order and with its parts', async () => {
  const files = (await folder()).map(({ path, file }, i) => ({
    path: path.replace(
      'pets/',
      `pets/${['train', 'train', 'train', 'train', 'train', 'val', 'test'][i % 7]}/`,
    ),
    file,
  }));
  const more = await Promise.all(
    Array.from({ length: 10 }, async (_, i) => ({
      path: `pets/train/${i % 2 ? 'cats' : 'dogs'}/more ${i}.png`,
      file: await picture(64, 64, 20 + i),
    })),
  );
  const { own, look } = await made([...files, ...more], { preparation: { fit: 'border', gain: 1.5 } });
  if (!look.set.ok) throw new Error(look.set.reason.code);
  const { facts } = look.set.value;
  expect(facts.validationCount).toBeGreaterThan(0);
  expect(await own.keep('pets: of mine')).toMatchObject({ ok: true });
  const zip = await own.pack(facts.id);
  const again = new OwnPictures();
  const choice = await again.add([{ path: 'pets.zip', file: zip! }], '');
  expect(choice).toMatchObject({ title: 'pets: of mine', natural: { size: 28, channels: 3 } });
  expect(choice.description?.preparation).toEqual({ fit: 'border', gain: 1.5 });
  const opened = await again.make({ ...making, preparation: { fit: 'border', gain: 1.5 } }, () => {});
  if (!opened.ok || !opened.value.set.ok) throw new Error('not opened');
  expect(opened.value.set.value.facts).toEqual({ ...facts, title: 'Mine' });
});
