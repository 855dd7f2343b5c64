import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { buildArchitecture } from '../../src/core/architecture/build.ts';
import type { Architecture } from '../../src/core/architecture/types.ts';
import type { Weights } from '../../src/core/architecture/weights.ts';
import { applyChain } from '../../src/core/morphisms/catalog.ts';
import type { Morphism } from '../../src/core/morphisms/morphism.ts';
import { inheritWeights } from '../../src/core/morphisms/resolve.ts';
import { seeded } from '../../src/core/random.ts';
import { loadSearchData } from '../../src/datasets/load.ts';
import type { SearchData } from '../../src/datasets/types.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { refitLayers } from '../../src/engine/refit.ts';
import { Regression } from '../../src/engine/regression.ts';
import { startEngine } from './start.ts';

const read = async (path: string): Promise<ArrayBuffer> => {
  const bytes = await readFile(new URL(`../../public/data/${path}`, import.meta.url));
  return new Uint8Array(bytes).buffer;
};

let engine: Engine;
let digits: SearchData;
beforeAll(async () => {
  engine = await startEngine('wasm');
  const loaded = await loadSearchData('digits', 1, read);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
  digits = loaded.value;
});

/** Three blocks, each wider than the one before or behind a pool, so that no reader finds the channels it learned for. */
function trainee(last: 'conv' | 'sepConv') {
  const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
  const one = graph.conv(graph.input, 8);
  const two = graph.conv(one, 12);
  const three = graph[last](graph.maxPool(two), 12);
  graph.head(three, 10);
  return { architecture: graph.build(), one, two, three };
}

/** What a refit gains differs from network to network: three are trained, and their errors added up. */
const names = ['first', 'second', 'third'];

async function trained(architecture: Architecture, randomName: string): Promise<Weights> {
  const network = engine.network(architecture, initialWeights(architecture, seeded(randomName)));
  const result = await network.train(digits.train, {
    ...{ images: 3200, batch: 16, rate: 0.1, warmup: 100, momentum: 0.9, weightDecay: 5e-4 },
    ...{ augment: 'none' as const, randomName },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  await network.reestimate(digits.train, 1000);
  const weights = await network.weights();
  network.dispose();
  return weights;
}

interface Errors {
  readonly plainError: number;
  readonly plainEstimated: number;
  readonly refitError: number;
  readonly refitEstimated: number;
}

/** Validation error right after `morphism`, with and without the refit, as inherited and with BN re-estimated. */
async function errorsAfter(
  architecture: Architecture,
  weights: Weights,
  morphism: Morphism,
): Promise<Errors> {
  const applied = applyChain(architecture, [morphism]);
  if (!applied.ok) throw new Error(applied.reason);
  const step = applied.value.steps[0]!;
  const plain = inheritWeights(architecture, weights, step.child, step.map, seeded('i')).weights;
  const refitted = plain.slice();
  refitLayers(step, weights, refitted, digits.train);
  const errors: number[] = [];
  for (const start of [plain, refitted]) {
    const network = engine.network(step.child, start);
    errors.push((await network.evaluate(digits.validation)).error);
    await network.reestimate(digits.train, 1000);
    errors.push((await network.evaluate(digits.validation)).error);
    network.dispose();
  }
  const [plainError, plainEstimated, refitError, refitEstimated] = errors as [number, number, number, number];
  return { plainError, plainEstimated, refitError, refitEstimated };
}

/** The same, added up over three networks. */
async function errorsOfThree(architecture: Architecture, morphisms: readonly Morphism[]): Promise<Errors[]> {
  const sums = morphisms.map(() => ({ plainError: 0, plainEstimated: 0, refitError: 0, refitEstimated: 0 }));
  for (const name of names) {
    const weights = await trained(architecture, name);
    for (const [index, morphism] of morphisms.entries()) {
      const [sum, errors] = [sums[index]!, await errorsAfter(architecture, weights, morphism)];
      sum.plainError += errors.plainError;
      sum.plainEstimated += errors.plainEstimated;
      sum.refitError += errors.refitError;
      sum.refitEstimated += errors.refitEstimated;
    }
  }
  return sums;
}

const total = (errors: readonly Errors[], key: keyof Errors) =>
  errors.reduce((sum, one) => sum + one[key], 0);

test.each(['conv', 'sepConv'] as const)(
  'whichever block goes, fewer answers are wrong, before and after re-estimation, with %s readers too',
  async (last) => {
    const { architecture, one, two, three } = trainee(last);
    const removals = [one, two, three].map((target): Morphism => ({ operator: 'remove', target }));
    const errors = await errorsOfThree(architecture, removals);
    for (const { plainError, plainEstimated, refitError, refitEstimated } of errors) {
      expect(refitError).toBeLessThan(plainError);
      expect(refitEstimated).toBeLessThan(0.9 * plainEstimated);
    }
    expect(total(errors, 'refitError')).toBeLessThan(0.8 * total(errors, 'plainError'));
    expect(total(errors, 'refitEstimated')).toBeLessThan(0.8 * total(errors, 'plainEstimated'));
    expect(engine.memory().tensors).toBe(0);
  },
);

test('after pruning and separating too, with BN re-estimated as a child’s is', async () => {
  const { architecture, one, two, three } = trainee('conv');
  const errors = await errorsOfThree(architecture, [
    ...[one, two, three].map((block): Morphism => ({ operator: 'prune', block, fraction: 0.5 })),
    ...[two, three].map((block): Morphism => ({ operator: 'separate', block })),
  ]);
  for (const { plainEstimated, refitEstimated } of errors)
    expect(refitEstimated).toBeLessThanOrEqual(plainEstimated + 0.01 * names.length);
  expect(total(errors, 'refitEstimated')).toBeLessThan(0.65 * total(errors, 'plainEstimated'));
});

test('blocks that are pruned together are left as they are where one reads the other', () => {
  const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
  const first = graph.conv(graph.input, 8);
  const second = graph.conv(first, 8);
  graph.head(graph.conv(graph.add(second, first), 8), 10);
  const architecture = graph.build();
  const { plain, changed } = refitted(architecture, { operator: 'prune', block: first, fraction: 0.5 });
  expect(changed).not.toEqual(plain);
  expect(changed.every(Number.isFinite)).toBe(true);
});

/** Weights after `morphism` as its map gives them, and refitted. */
function refitted(architecture: Architecture, morphism: Morphism) {
  const weights = initialWeights(architecture, seeded('w'));
  const applied = applyChain(architecture, [morphism]);
  if (!applied.ok) throw new Error(applied.reason);
  const step = applied.value.steps[0]!;
  const plain = inheritWeights(architecture, weights, step.child, step.map, seeded('i')).weights;
  const changed = plain.slice();
  refitLayers(step, weights, changed, digits.train);
  return { plain, changed };
}

test('exact steps are left alone, and the same removal is refitted the same again', () => {
  const { architecture, two } = trainee('conv');
  const exact = refitted(architecture, { operator: 'widen', block: two, factor: 2, variant: 'zero' });
  expect(exact.changed).toEqual(exact.plain);
  const [once, again] = [0, 1].map(() => refitted(architecture, { operator: 'remove', target: two }));
  expect(once!.changed).not.toEqual(once!.plain);
  expect(once!.changed).toEqual(again!.changed);
});

test('a regression finds the mix and the constant that made its samples', () => {
  const random = seeded('regression');
  const regression = new Regression(2, 1);
  for (let i = 0; i < 20; i++) {
    const x = Float32Array.from({ length: 20 }, () => random.normal());
    regression.add(
      x,
      Float32Array.from({ length: 10 }, (_, s) => 2 * x[2 * s]! - x[2 * s + 1]! + 3),
    );
  }
  const { mix, constant } = regression.solve();
  expect(mix[0]).toBeCloseTo(2, 1);
  expect(mix[1]).toBeCloseTo(-1, 1);
  expect(constant[0]).toBeCloseTo(3, 1);
});
