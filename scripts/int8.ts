/**
 * What rounding found networks to 8-bit integers costs: searches with the quick preset in this process, then writes every
 * network of the front as C and TFLite, compiles the C with gcc -O2, and runs both on all validation images.
 *   nice -n 10 npx tsx scripts/int8.ts digits mnist > table.md
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkCost } from '../src/core/architecture/cost.ts';
import { cCode } from '../src/core/export/int8/c-code.ts';
import { highest } from '../src/core/export/int8/int8-pass.ts';
import { deviceSize } from '../src/core/export/int8/targets.ts';
import { int8Tflite } from '../src/core/export/int8/tflite.ts';
import type { ExportedNetwork } from '../src/core/export/portable.ts';
import { presetRecipe } from '../src/core/search/presets.ts';
import { type DatasetId, shippedIds } from '../src/core/search/recipe.ts';
import { networkOf } from '../src/core/search/state.ts';
import { factsOf } from '../src/datasets/catalog.ts';
import { loadSearchData } from '../src/datasets/load.ts';
import type { ImageSet } from '../src/datasets/types.ts';
import { quantiseMeasured } from '../src/workers/device-files.ts';
import { litertModel } from '../test/core/export/int8/litert.ts';
import { readData, searchInNode } from './node-search.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemonade-int8-'));

/** Answers each image of its input with a class, and with the seconds of all of them on the last line. */
const mainOf = (prefix: string, pixels: number, classes: number) => `#include <stdio.h>
#include <time.h>
#include "network.h"
static uint8_t pixels[${pixels}];
static int32_t scores[${classes}];
int main(void) {
  clock_t spent = 0;
  while (fread(pixels, 1, sizeof pixels, stdin) == sizeof pixels) {
    const clock_t began = clock();
    const int best = ${prefix}_predict(pixels, scores);
    spent += clock() - began;
    printf("%d\\n", best);
  }
  printf("%f\\n", (double)spent / CLOCKS_PER_SEC);
  return 0;
}
`;

/** Share of wrong answers of the compiled C, and seconds an image. */
function runC(code: string, { images, labels, count }: ImageSet, classes: number) {
  const prefix = /(\w+)_predict\(const/.exec(code)![1]!;
  writeFileSync(join(folder, 'network.h'), code);
  writeFileSync(join(folder, 'main.c'), mainOf(prefix, images.length / count, classes));
  const strict = ['-std=c99', '-Wall', '-Wextra', '-Werror', '-O2'];
  execFileSync('gcc', [...strict, '-o', join(folder, 'a.out'), join(folder, 'main.c')]);
  const options = { input: Buffer.from(images), maxBuffer: 1 << 26 };
  const lines = execFileSync(join(folder, 'a.out'), options).toString().trim().split('\n').map(Number);
  const wrong = lines.slice(0, count).filter((answer, i) => answer !== labels[i]).length;
  return { error: wrong / count, seconds: lines.at(-1)! / count };
}

async function runTflite(bytes: Uint8Array, { images, labels, count }: ImageSet): Promise<number> {
  const model = await litertModel(bytes);
  const size = images.length / count;
  let wrong = 0;
  for (let i = 0; i < count; i++) {
    const answer = await model.answer(images.subarray(i * size, (i + 1) * size));
    if (highest(answer) !== labels[i]) wrong++;
  }
  model.dispose();
  return wrong / count;
}

const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} kB`;

async function measure(dataset: DatasetId): Promise<void> {
  const recipe = presetRecipe(dataset);
  const { state, weights } = await searchInNode(recipe);
  const loaded = await loadSearchData(dataset, recipe.seed, readData);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
  const { validation } = loaded.value;
  const { classes, mean, deviation } = factsOf(dataset);
  const rows = state.front.map((id) => networkOf(state, id));
  for (const { id, architecture, objectives } of rows.sort((a, b) => sizeOf(a) - sizeOf(b))) {
    const name = `LEMONADE network ${id}`;
    const network: ExportedNetwork = {
      ...{ name, architecture, classes, mean, deviation },
      weights: weights.get(id)!,
    };
    const { int8 } = await quantiseMeasured(network, loaded.value);
    const { flashBytes, ramBytes } = deviceSize(int8);
    const c = runC(cCode(network, int8), validation, classes.length);
    const tflite = await runTflite(int8Tflite(network, int8), validation);
    const cost = networkCost(architecture);
    const cells = [
      ...[dataset, String(id), String(cost.parameters), String(cost.multiplyAdds)],
      ...[kilobytes(flashBytes), kilobytes(ramBytes), `${(1000 * c.seconds).toFixed(2)} ms`],
      ...[percent(objectives.error!), percent(c.error), percent(tflite)],
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

const sizeOf = ({ objectives }: { readonly objectives: { readonly parameters?: number } }) =>
  objectives.parameters ?? 0;

try {
  const titles = ['data set', 'network', 'parameters', 'multiply-adds', 'flash', 'RAM', 'C, gcc -O2'];
  const header = [...titles, 'float32 wrong', 'C int8 wrong', 'TFLite int8 wrong'];
  console.log(`| ${header.join(' | ')} |\n|${header.map(() => ' --- ').join('|')}|`);
  for (const dataset of process.argv.slice(2)) {
    const known = shippedIds.find((id) => id === dataset);
    if (!known) throw new Error(`${dataset}: give data sets of ${shippedIds.join(', ')}.`);
    await measure(known);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
