import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Architecture } from '../../src/core/architecture/types.ts';
import type { OperatorKind } from '../../src/core/morphisms/morphism.ts';
import { seeded } from '../../src/core/random.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { architectures } from '../support/architectures.ts';
import { distanceAfter } from './preservation.ts';
import { startEngine } from './start.ts';

/** The law of network morphisms: the same logits in inference mode, to this relative tolerance. */
const tolerance = 1e-4;
const graphs = architectures({ maxSize: 6, maxFilters: 6, maxSteps: 7 });

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});

async function expectPreserved(architecture: Architecture, seed: number, kinds: readonly OperatorKind[]) {
  const { distance, chain, isUntouched } = await distanceAfter(engine, architecture, seed, kinds);
  expect(distance, JSON.stringify(chain)).toBeLessThan(tolerance);
  expect(isUntouched).toBe(true);
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
