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

async function trained(architecture: Architecture): Promise<Weights> {
  const network = engine.network(architecture, initialWeights(architecture, seeded('refit')));
  const result = await network.train(digits.train, {
    ...{ images: 3200, batch: 16, rate: 0.1, warmup: 100, momentum: 0.9, weightDecay: 5e-4 },
    ...{ augment: 'none' as const, randomName: 'refit' },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  await network.reestimate(digits.train, 1000);
  const weights = await network.weights();
  network.dispose();
  return weights;
}

/** Validation error right after `morphism`, with and without the refit, as inherited and with BN re-estimated. */
async function errorsAfter(architecture: Architecture, weights: Weights, morphism: Morphism) {
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

test.each(['conv', 'sepConv'] as const)(
  'whichever block goes, far fewer answers are wrong, before and after re-estimation, with %s readers too',
  async (last) => {
    const { architecture, ...blocks } = trainee(last);
    const weights = await trained(architecture);
    for (const target of Object.values(blocks)) {
      const { plainError, plainEstimated, refitError, refitEstimated } = await errorsAfter(
        architecture,
        weights,
        { operator: 'remove', target },
      );
      expect(refitError).toBeLessThan(0.8 * plainError);
      expect(refitEstimated).toBeLessThan(0.8 * plainEstimated);
    }
    expect(engine.memory().tensors).toBe(0);
  },
);

test('after pruning and separating too, with BN re-estimated as a child’s is', async () => {
  const { architecture, one, two, three } = trainee('conv');
  const weights = await trained(architecture);
  const steps: readonly Morphism[] = [
    ...[one, two, three].map((block): Morphism => ({ operator: 'prune', block, fraction: 0.5 })),
    ...[two, three].map((block): Morphism => ({ operator: 'separate', block })),
  ];
  let [plain, refitted] = [0, 0];
  for (const morphism of steps) {
    const { plainEstimated, refitEstimated } = await errorsAfter(architecture, weights, morphism);
    expect(refitEstimated).toBeLessThanOrEqual(plainEstimated + 0.01);
    plain += plainEstimated;
    refitted += refitEstimated;
  }
  expect(refitted).toBeLessThan(0.6 * plain);
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
