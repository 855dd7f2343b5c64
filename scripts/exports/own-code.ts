import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputOf } from '../../src/core/export/description.ts';
import { cCode } from '../../src/core/export/int8/c-code.ts';
import { int8Pass } from '../../src/core/export/int8/int8-pass.ts';
import { writeOnnx } from '../../src/core/export/onnx.ts';
import { planInput, type ImageFacts } from '../../src/core/import/onnx-input.ts';
import { readOnnxModel } from '../../src/core/import/onnx-model.ts';
import { answerImages, ownNetwork } from '../../src/core/import/onnx-network.ts';
import type { Result } from '../../src/core/result.ts';
import { quantised } from '../../test/core/export/int8/sample.ts';
import { asked, notRun, type Outcome, type Written } from './consumers.ts';

function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

/** ONNX by the site's own reader and operators, as a file dropped on the page is read. */
export const ownReader = (cases: readonly Written[]): Promise<Outcome> =>
  asked('ONNX', 'this site (core/import)', cases, async ({ network, images }) => {
    const { height, width, channels } = inputOf(network.architecture);
    const { classes, mean, deviation } = network;
    const facts: ImageFacts = { height, width, channels, classes: classes.length, mean, deviation };
    const model = valueOf(readOnnxModel(writeOnnx(network)));
    const plan = valueOf(planInput(model, facts));
    const own = valueOf(ownNetwork(model, plan, facts));
    if (!own) throw new Error('it is left to onnxruntime-web');
    const count = images.length / (height * width * channels);
    return valueOf(await answerImages(own, plan, 'bytes', facts, Uint8Array.from(images), count));
  });

function versionOfGcc(): string | null {
  try {
    return execFileSync('gcc', ['-dumpfullversion']).toString().trim();
  } catch {
    return null;
  }
}

const program = (prefix: string, pixels: number, classes: number) => `#include <stdio.h>
#include "network.h"
static uint8_t pixels[${pixels}];
static int32_t scores[${classes}];
int main(void) {
  int k;
  while (fread(pixels, 1, ${pixels}, stdin) == ${pixels}) {
    ${prefix}_predict(pixels, scores);
    for (k = 0; k < ${classes}; k++) printf("%ld\\n", (long)scores[k]);
  }
  return 0;
}
`;

/** The C header, compiled: the largest difference of a score from the integers' reference in TypeScript, which is 0. */
export async function compiledC(cases: readonly Written[]): Promise<Outcome> {
  const format = 'C header (int8)';
  const version = versionOfGcc();
  if (version === null) return notRun(format, 'gcc', 'not installed: apt-get install gcc');
  const title = `gcc ${version}, scores of our integers`;
  return asked(
    format,
    title,
    cases,
    ({ folder, network }) => {
      const { int8, images } = quantised(network);
      const size = images[0]!.length;
      const prefix = network.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
      writeFileSync(join(folder, 'network.h'), cCode(network, int8));
      writeFileSync(join(folder, 'main.c'), program(prefix, size, network.classes.length));
      const binary = join(folder, 'a.out');
      execFileSync('gcc', ['-std=c99', '-O1', '-o', binary, join(folder, 'main.c')], { stdio: 'pipe' });
      const shown = images.slice(-4);
      const input = Buffer.concat(shown.map((image) => Buffer.from(Uint8Array.from(image))));
      const scores = execFileSync(binary, { input }).toString().trim().split('\n').map(Number);
      const expected = shown.flatMap((image) => [...int8Pass(int8, image).scores]);
      return Promise.resolve(scores.map((score, i) => Math.abs(score - expected[i]!)));
    },
    ({ network }) => [Array.from({ length: 4 * network.classes.length }, () => 0)],
  );
}
