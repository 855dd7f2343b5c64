import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { bundleFiles } from '../../src/core/export/bundle.ts';
import type { CardFacts } from '../../src/core/export/model-card.ts';
import type { ExportedNetwork } from '../../src/core/export/portable.ts';
import { seeded } from '../../src/core/random.ts';
import { presetRecipe } from '../../src/core/search/presets.ts';
import { type ShippedId, shippedIds } from '../../src/core/search/recipe.ts';
import { catalog } from '../../src/datasets/catalog.ts';
import { loadTest } from '../../src/datasets/load.ts';
import { preparationOf } from '../../src/datasets/preparation.ts';
import { prepareInput } from '../../src/datasets/preprocess.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import { referenceProbabilities } from '../../test/core/export/sample.ts';
import { readData, searchInNode } from '../node-search.ts';
import { largestDifference } from './consumers.ts';
import { recordedNetwork } from './networks.ts';
import { linesOf, pythons } from './python.ts';

/** Pixels of a photo, and how many of them a test image's pixel becomes at least. */
const [photoWidth, photoHeight] = [640, 480];

/** An image of a set as a photo, RGBA: enlarged smoothly, somewhere on white; what is light on black there is dark here. */
export function photoOf(set: ImageSet, index: number, drawn: boolean): Uint8Array {
  const random = seeded(`photo/${index}`);
  const { height, width, channels } = set;
  const scale = Math.floor((0.5 + 0.4 * random.next()) * (photoHeight / height));
  const left = random.integer(photoWidth - width * scale);
  const top = random.integer(photoHeight - height * scale);
  const pixels = new Uint8Array(photoWidth * photoHeight * 4).fill(255);
  const at = (y: number, x: number, c: number) => {
    const [row, column] = [Math.min(height - 1, Math.max(0, y)), Math.min(width - 1, Math.max(0, x))];
    return set.images[((index * height + row) * width + column) * channels + Math.min(c, channels - 1)]!;
  };
  for (let y = 0; y < height * scale; y++)
    for (let x = 0; x < width * scale; x++) {
      const [v, u] = [(y + 0.5) / scale - 0.5, (x + 0.5) / scale - 0.5];
      const [i, j] = [Math.floor(v), Math.floor(u)];
      for (let c = 0; c < 3; c++) {
        const upper = at(i, j, c) * (1 - u + j) + at(i, j + 1, c) * (u - j);
        const lower = at(i + 1, j, c) * (1 - u + j) + at(i + 1, j + 1, c) * (u - j);
        const value = Math.round(upper * (1 - v + i) + lower * (v - i));
        pixels[((top + y) * photoWidth + left + x) * 4 + c] = drawn ? 255 - value : value;
      }
    }
  return pixels;
}

/** A trained network of a set: the recording's, else the best of a short training of the starting networks. */
async function trainedNetwork(id: ShippedId): Promise<ExportedNetwork> {
  const recorded = recordedNetwork(id);
  if (recorded) return recorded;
  const recipe = {
    ...presetRecipe(id),
    ...{ generations: 0, imagesPerSeed: 6000, imagesFinal: 0, backend: 'wasm' as const },
  };
  const { state, weights } = await searchInNode(recipe);
  const [best] = state.networks
    .filter(({ objectives, id: network }) => objectives.error !== undefined && weights.has(network))
    .toSorted((a, b) => a.objectives.error! - b.objectives.error!);
  const { classes, mean, deviation } = catalog[id];
  return {
    name: `LEMONADE network ${best!.id}`,
    architecture: best!.architecture,
    weights: weights.get(best!.id)!,
    ...{ classes, mean, deviation, preparation: preparationOf(catalog[id]) },
  };
}

const card = (id: ShippedId): CardFacts => ({
  heads: [{ dataset: { ...catalog[id], id, own: false }, validationError: null, testError: null }],
  ...{ lineage: [], ownImages: 0, inheritedImages: 0, seed: 0, strategy: 'lemonade', recipeLink: '' },
});

/** What predict.py answers, one a photo; null for a blank one. The reason where no Python here can run it. */
async function predictedBy(
  folder: string,
  files: readonly string[],
): Promise<{ readonly answers: readonly (readonly number[] | null)[] } | { readonly reason: string }> {
  const reasons: string[] = [];
  for (const python of pythons()) {
    try {
      const lines = await linesOf(python, [join(folder, 'predict.py'), '--json', ...files]);
      const answers = lines.map((line) => JSON.parse(line) as { readonly probabilities: number[] | null });
      return { answers: answers.map(({ probabilities }) => probabilities) };
    } catch (error) {
      reasons.push(`${python}: ${String(error).trim().split('\n').at(-1)}`);
    }
  }
  return { reason: reasons.join('; ') || 'no Python here' };
}

const argmax = (values: readonly number[]): number => values.indexOf(Math.max(...values));

/** How predict.py compares with the page on photos. */
export interface Photographed {
  /** Photos that predict.py answered, and those on which both named the same class, or both saw nothing. */
  readonly asked: number;
  readonly same: number;
  /** Photos whose label the page named. */
  readonly right: number;
  /** The largest difference of a probability. */
  readonly difference: number;
}

/**
 * predict.py of the bundle against the page: the first `count` test images of a set as photos. The page's side is its own
 * preparation (datasets/preprocess.ts) and scalar loops for the network. The reason where no Python here can run it.
 */
export async function predictedPhotos(
  id: ShippedId,
  count: number,
  root: string,
): Promise<Photographed | { readonly reason: string }> {
  const test = await loadTest(id, readData, { limit: count });
  if (!test.ok) throw new Error(JSON.stringify(test.reason));
  const network = await trainedNetwork(id);
  const folder = join(root, `photos-${id}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(bundleFiles(network, card(id))))
    writeFileSync(join(folder, name), bytes);
  const photos = Array.from({ length: count }, (_, i) => photoOf(test.value, i, test.value.channels === 1));
  const files = photos.map((data, i) => {
    const file = join(folder, `photo-${i}.png`);
    writeFileSync(file, encode({ width: photoWidth, height: photoHeight, channels: 4, depth: 8, data }));
    return file;
  });
  const predicted = await predictedBy(folder, files);
  if ('reason' in predicted) return predicted;
  let [same, difference, right] = [0, 0, 0];
  predicted.answers.forEach((answer, i) => {
    const prepared = prepareInput(id, { width: photoWidth, height: photoHeight, data: photos[i]! });
    if (!prepared.ok || !answer) {
      if (!prepared.ok && !answer) same++;
      return;
    }
    const [page] = referenceProbabilities(network, Float32Array.from(prepared.value));
    if (argmax(page!) === argmax(answer)) same++;
    if (argmax(page!) === test.value.labels[i]) right++;
    difference = Math.max(difference, largestDifference(answer, [page!]));
  });
  return { asked: predicted.answers.length, same, right, difference };
}

/** Rows of a table, one a shipped set, and whether at least 99 % agree wherever it ran. */
export async function photoRows(
  count: number,
): Promise<{ readonly lines: readonly string[]; readonly right: boolean }> {
  const lines: string[] = [];
  let agreed = true;
  const percent = (part: number) => `${((100 * part) / count).toFixed(1)} %`;
  for (const id of shippedIds) {
    const photos = await predictedPhotos(id, count, '.cache/exports');
    const row = (result: string) =>
      lines.push(`| predict.py | ${catalog[id].title} | ${count} | ${result} |`);
    if ('reason' in photos) {
      row(`not run: ${photos.reason} | | `);
      continue;
    }
    const { asked, same, right, difference } = photos;
    agreed &&= asked === count && same >= 0.99 * count;
    row(`${percent(same)} | ${percent(right)} | ${difference.toExponential(1)}`);
  }
  return { lines, right: agreed };
}
