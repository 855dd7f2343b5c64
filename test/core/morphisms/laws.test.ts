import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parameterCount } from '../../../src/core/architecture/cost.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { allSites, applyChain, drawChain, drawSite } from '../../../src/core/morphisms/catalog.ts';
import {
  operatorKinds,
  operatorOf,
  type Morphism,
  type OperatorKind,
} from '../../../src/core/morphisms/morphism.ts';
import { inheritWeights } from '../../../src/core/morphisms/resolve.ts';
import { seeded } from '../../../src/core/random.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { expectLawful } from '../../support/morphism-laws.ts';

describe.each(operatorKinds)('%s', (kind) => {
  test('keeps every law at sites of random graphs', () => {
    let applied = 0;
    fc.assert(
      fc.property(architectures(), fc.integer(), (parent, seed) => {
        const operator = operatorOf(kind);
        const random = seeded(seed);
        const drawn = drawSite(parent, kind, random);
        expect(drawn === null).toBe(operator.sites(parent).length === 0);
        if (!drawn) return;
        applied++;
        const { child } = expectLawful(parent, drawn, randomWeights(parent, seed));
        if (operator.exactness === 'approximate')
          expect(parameterCount(child)).not.toBe(parameterCount(parent));
        if (kind === 'prune' || kind === 'separate')
          expect(parameterCount(child)).toBeLessThan(parameterCount(parent));
        if (kind === 'deepen' || kind === 'widen')
          expect(parameterCount(child)).toBeGreaterThan(parameterCount(parent));
      }),
      { numRuns: 150 },
    );
    expect(applied).toBeGreaterThan(50);
  });

  test('every listed site is legal, and a site of another graph never throws', () => {
    fc.assert(
      fc.property(architectures({ maxSteps: 6 }), architectures({ maxSteps: 6 }), (one, other) => {
        for (const site of operatorOf(kind).sites(one)) {
          expect(operatorOf(kind).apply(one, site).ok).toBe(true);
          const elsewhere = operatorOf(kind).apply(other, site);
          if (!elsewhere.ok) expect(elsewhere.reason).not.toBe('');
        }
      }),
    );
  });
});

/** Three morphisms, each drawn among all sites of all operators, so that none is missed for lack of a site. */
function chainOfThree(start: Architecture, seed: number): readonly Morphism[] {
  const random = seeded(seed);
  const chain: Morphism[] = [];
  let parent = start;
  let weights = randomWeights(parent, seed);
  for (let step = 0; step < 3; step++) {
    const kinds = random.shuffle(operatorKinds);
    const drawn = kinds.map((kind) => drawSite(parent, kind, random)).find((one) => one !== null);
    if (!drawn) break;
    const { child, map } = expectLawful(parent, drawn, weights);
    weights = inheritWeights(parent, weights, child, map, random.split(step)).weights;
    parent = child;
    chain.push(drawn);
  }
  const replayed = applyChain(start, JSON.parse(JSON.stringify(chain)) as Morphism[]);
  expect(replayed.ok && replayed.value.child).toEqual(parent);
  return chain;
}

test('chains of three on 200 random graphs keep every law', () => {
  const met = new Map<OperatorKind, number>();
  fc.assert(
    fc.property(architectures(), fc.integer(), (parent, seed) => {
      for (const { operator } of chainOfThree(parent, seed)) met.set(operator, (met.get(operator) ?? 0) + 1);
    }),
    { numRuns: 200 },
  );
  for (const kind of operatorKinds) expect(met.get(kind), kind).toBeGreaterThan(15);
});

test('long random walks stay legal', () => {
  fc.assert(
    fc.property(architectures({ maxSteps: 4 }), fc.integer(), (start, seed) => {
      let parent = start;
      for (let step = 0; step < 12; step++) {
        const drawn = drawChain(parent, seeded(`${seed}/${step}`), { min: 1, max: 3 });
        if (!drawn.ok) expect(drawn.reason.chain.length).toBeLessThan(3);
        else if (parameterCount(drawn.value.child) < 50_000) parent = drawn.value.child;
      }
      expect(allSites(parent).length).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  );
});
