import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Architecture } from '../../src/core/architecture/types.ts';
import type { Weights } from '../../src/core/architecture/weights.ts';
import { applyChain, operators } from '../../src/core/morphisms/catalog.ts';
import type { Morphism, OperatorKind } from '../../src/core/morphisms/morphism.ts';
import { seeded, type Random } from '../../src/core/random.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { inheritAlong } from '../../src/engine/inherit.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { architectures } from '../support/architectures.ts';
import { withoutNoise } from '../support/morphism-laws.ts';
import { imagesFor, relativeError, startEngine } from './start.ts';

/** The law of network morphisms: the same logits in inference mode, to this relative tolerance. */
const tolerance = 1e-4;
const graphs = architectures({ maxSize: 6, maxFilters: 6, maxSteps: 7 });

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});

/** Weights after a little training, so that no statistic is trivial. */
async function trainedALittle(architecture: Architecture, data: ImageSet, seed: number): Promise<Weights> {
  const network = engine.network(architecture, initialWeights(architecture, seeded(seed)));
  await network.train(data, {
    ...{ images: 32, batch: 8, rate: 0.05, warmup: 0, momentum: 0.9, weightDecay: 5e-4 },
    ...{ augment: 'none' as const, randomName: String(seed) },
  });
  await network.reestimate(data, data.count);
  const weights = await network.weights();
  network.dispose();
  return weights;
}

async function logitsOf(architecture: Architecture, weights: Weights, data: ImageSet): Promise<Float32Array> {
  const network = engine.network(architecture, weights);
  const heads = architecture.nodes.filter((node) => node.kind === 'head');
  const logits = await Promise.all(heads.map(({ task }) => network.logits(data, 0, data.count, task)));
  network.dispose();
  return Float32Array.from(logits.flatMap((values) => [...values]));
}

/** Draws a legal exact morphism of this kind; null where there is none. */
const draw = (architecture: Architecture, kind: OperatorKind, random: Random): Morphism | null =>
  operators[kind].draw(architecture, random);

/** Applies `kinds` one after another (skipping those without a site) and compares the child with the parent. */
async function expectPreserved(architecture: Architecture, seed: number, kinds: readonly OperatorKind[]) {
  const random = seeded(seed);
  const data = imagesFor(architecture, 16, 3, seed);
  const weights = await trainedALittle(architecture, data, seed);
  const kept = weights.slice();
  const chain: Morphism[] = [];
  let last = architecture;
  for (const kind of kinds) {
    const morphism = draw(last, kind, random);
    const applied = morphism && applyChain(last, [morphism]);
    if (!applied?.ok) continue;
    chain.push(morphism!);
    last = applied.value.child;
  }
  const applied = applyChain(architecture, chain);
  if (!applied.ok) throw new Error(applied.reason);
  const steps = applied.value.steps.map((step) => ({ ...step, map: withoutNoise(step.map) }));
  const inherited = await inheritAlong(engine, steps, weights, data, random.split('inherit'));
  const fresh = imagesFor(architecture, 6, 3, seed + 1);
  const expected = await logitsOf(architecture, weights, fresh);
  const found = await logitsOf(applied.value.child, inherited, fresh);
  expect(relativeError(found, expected), JSON.stringify(chain)).toBeLessThan(tolerance);
  expect(weights).toEqual(kept);
  return chain.length;
}

describe.each(['deepen', 'widen', 'skip'] as const)('%s', (kind) => {
  test('keeps the function of 170 random graphs, trained a little', async () => {
    let applied = 0;
    await fc.assert(
      fc.asyncProperty(graphs, fc.nat(10_000), async (architecture, seed) => {
        applied += await expectPreserved(architecture, seed, [kind]);
      }),
      { numRuns: 170, seed: 11 },
    );
    expect(applied).toBeGreaterThan(100);
    expect(engine.memory().tensors).toBe(0);
  });
});

test('chains of three keep the function of 170 random graphs, trained a little', async () => {
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(graphs, fc.nat(10_000), async (architecture, seed) => {
      const random = seeded(`kinds/${seed}`);
      const kinds = [0, 1, 2].map(() => random.pick(['deepen', 'widen', 'skip'] as const));
      applied += await expectPreserved(architecture, seed, kinds);
    }),
    { numRuns: 170, seed: 12 },
  );
  expect(applied).toBeGreaterThan(340);
});
