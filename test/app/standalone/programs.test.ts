import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathToFileURL } from 'node:url';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programsModule } from '../../../scripts/programs.ts';
import { predictScript } from '../../../src/app/standalone/predict-script.ts';
import { programs } from '../../../src/app/standalone/programs.ts';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import type { ExportedNetwork } from '../../../src/core/export/portable.ts';
import type { PicturePreparation } from '../../../src/core/export/preparation.ts';
import { seeded } from '../../../src/core/random.ts';
import { shippedIds } from '../../../src/core/search/recipe.ts';
import { ownPage } from '../../../src/app/text/en/own-page.ts';
import { catalog } from '../../../src/datasets/catalog.ts';
import { fittedPreparation, ownPreparation, preparationOf } from '../../../src/datasets/preparation.ts';
import { preparePicture } from '../../../src/datasets/prepare-picture.ts';
import type { RgbaImage } from '../../../src/datasets/raster.ts';
import { randomWeights } from '../../support/architectures.ts';
import { referenceProbabilities } from '../../core/export/sample.ts';
import { unwrap } from '../../datasets/files.ts';

const words = ownPage.script;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lemonade-predict-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A small network for inputs of this size. */
function networkFor(
  side: number,
  channels: number,
  preparation: PicturePreparation,
  seed = 1,
): ExportedNetwork {
  const graph = buildArchitecture({ height: side, width: side, channels });
  const first = graph.conv(graph.input, 4, 3);
  graph.head(graph.sepConv(graph.add(graph.conv(first, 4, 3), first), 5, 3), 3);
  const architecture = graph.build();
  return {
    name: `network ${seed}`,
    ...{
      architecture,
      weights: randomWeights(architecture, seed),
      classes: ['one', 'two', 'three'],
      preparation,
    },
    ...{ mean: Array<number>(channels).fill(0.4), deviation: Array<number>(channels).fill(0.3) },
  };
}

/** A blot on a ground, with an edge and noise; each another size and colours. */
function photo(seed: number, [width, height]: readonly [number, number]): RgbaImage {
  const random = seeded(`photo/${seed}`);
  const ground = seed % 2 === 0 ? 255 : 20 + random.integer(30);
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height];
    const isInk = (x - 0.4) ** 2 + (y - 0.55) ** 2 < 0.08 || Math.abs(x - y) < 0.04;
    for (let c = 0; c < 3; c++)
      data[4 * i + c] = isInk ? (c * 60 + random.integer(60) + (ground > 127 ? 0 : 120)) % 256 : ground;
  }
  return { width, height, data };
}
const photos = (
  [
    [90, 120],
    [300, 280],
    [28, 28],
    [700, 610],
  ] as const
).map((size, seed) => photo(seed, size));

interface Script {
  answersOf(picture: RgbaImage): readonly (readonly { name: string; probability: number }[])[] | null;
}
let scripts = 0;
async function imported(heads: readonly ExportedNetwork[]): Promise<Script & { readonly path: string }> {
  const path = join(folder, `predict-${scripts++}.mjs`);
  await writeFile(path, predictScript(heads, words));
  return { ...((await import(/* @vite-ignore */ pathToFileURL(path).href)) as Script), path };
}

const formats: readonly (readonly [string, number, number, PicturePreparation])[] = [
  ...shippedIds.map(
    (id) => [id, catalog[id].width, catalog[id].channels, preparationOf(catalog[id])] as const,
  ),
  ...([1, 3] as const).flatMap((channels) =>
    (['crop', 'border'] as const).map((fit) => {
      const format = {
        width: 40,
        channels,
        bits: 8 as const,
        preparation: { fit, gain: fit === 'crop' ? 1 : 3 },
      };
      return [`own ${fit} ${channels}`, 40, channels, ownPreparation(format)] as const;
    }),
  ),
  ['emoji beside mnist', 28, 1, fittedPreparation(catalog.emoji, catalog.mnist)],
];

describe('predict.mjs', () => {
  test.each(formats)('%s: prepares and answers as the site does', async (_, side, channels, preparation) => {
    const network = networkFor(side, channels, preparation);
    const { answersOf } = await imported([network]);
    let answered = 0;
    for (const picture of photos) {
      const pixels = unwrap(preparePicture(picture, preparation));
      expect(pixels).toHaveLength(side * side * channels);
      const [expected] = referenceProbabilities(network, Float32Array.from(pixels));
      const [answer] = answersOf(picture)!;
      answer!.forEach(({ probability }, c) =>
        expect(Math.abs(probability - expected![c]!)).toBeLessThan(2e-6),
      );
      answered++;
    }
    expect(answered).toBe(photos.length);
  });

  const run = (path: string, ...files: readonly string[]) =>
    promisify(execFile)(process.execPath, [path, ...files]).then(
      ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
      (error: { stdout: string; stderr: string; code: number }) => error,
    );

  test('prints the answer of each head to a PNG, and says what is wrong with other files', async () => {
    const preparation = preparationOf(catalog.mnist);
    const heads = [networkFor(28, 1, preparation, 1), networkFor(28, 1, preparation, 2)];
    const { path, answersOf } = await imported(heads);
    const [picture] = photos;
    const file = (name: string) => join(folder, name);
    await writeFile(file('a.png'), encode({ ...picture!, channels: 4 }));
    await writeFile(
      file('white.png'),
      encode({ width: 9, height: 9, channels: 1, data: new Uint8Array(81).fill(255) }),
    );
    await writeFile(file('cut.png'), encode({ ...picture!, channels: 4 }).subarray(0, 200));
    await writeFile(file('b.jpg'), Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));

    const good = await run(path, file('a.png'));
    expect(good).toMatchObject({ code: 0, stderr: '' });
    answersOf(picture!)!.forEach((shares, head) => {
      const top = shares.reduce((a, b) => (b.probability > a.probability ? b : a));
      expect(good.stdout).toContain(`a.png, network ${head + 1}: ${top.name}`);
      for (const { name, probability } of shares)
        expect(good.stdout).toMatch(new RegExp(`  ${name} .* ${(100 * probability).toFixed(1)} %`));
    });

    const bad = await run(path, file('white.png'), file('cut.png'), file('b.jpg'), file('none.png'));
    expect(bad.code).toBe(1);
    const said = (sentence: string, name: string) => sentence.replace('{file}', file(name));
    expect(bad.stderr.trim().split('\n')).toEqual([
      said(words.blank, 'white.png'),
      said(words.damaged, 'cut.png'),
      said(words.convert, 'b.jpg'),
      said(words.missing, 'none.png'),
    ]);
    expect(await run(path)).toMatchObject({ code: 1, stderr: `${words.usage}\n` });
  });
});

describe('the programs as text', () => {
  test('are what the modules say: run `npx tsx scripts/programs.ts` after editing one', async () => {
    expect(readFileSync('src/app/standalone/programs.ts', 'utf8')).toBe(await programsModule());
  });

  test('need nothing but themselves, and end no script element', () => {
    expect(programs.page).not.toMatch(/\bimport\b|\brequire\(|fetch\(|https?:|<\/script/i);
    expect([...programs.predict.matchAll(/from "([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'node:fs',
      'node:url',
      'node:zlib',
    ]);
    expect(programs.page + programs.predict).not.toContain('node_modules');
    expect(programs.style).not.toMatch(/url\(|@import/);
    expect(programs.page.length).toBeLessThan(40_000);
  });
});
