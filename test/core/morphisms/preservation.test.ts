import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import type { Weights } from '../../../src/core/architecture/weights.ts';
import { applyMorphism } from '../../../src/core/morphisms/catalog.ts';
import { operators } from '../../../src/core/morphisms/morphism.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { seeded, type Random } from '../../../src/core/random.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { inheritMeasured, withoutNoise } from '../../support/morphism-laws.ts';
import { referencePass, relativeDifference } from '../../support/reference-network.ts';

/** The law: at most this far apart, relative to the largest logit, in inference mode. */
const tolerance = 1e-4;

function randomImages(architecture: Architecture, count: number, random: Random): Float32Array {
  const { height, width, channels } = architecture.nodes[0] as {
    height: number;
    width: number;
    channels: number;
  };
  return Float32Array.from({ length: count * height * width * channels }, () => random.normal());
}

/** Parent's against child's logits on fresh images; statistics are measured on others. Gives the child too. */
function compare(parent: Architecture, weights: Weights, morphism: Morphism, random: Random) {
  const morphed = applyMorphism(parent, morphism);
  if (!morphed.ok) throw new Error(morphed.reason);
  const { child, map } = morphed.value;
  const quiet = { child, map: withoutNoise(map) };
  const inherited = inheritMeasured(
    parent,
    weights,
    quiet,
    randomImages(parent, 2, random),
    random.integer(1e6),
  );
  const images = randomImages(parent, 2, random);
  const difference = relativeDifference(
    referencePass(parent, weights, images),
    referencePass(child, inherited, images),
  );
  return { difference, child, weights: inherited };
}

const small = { maxSize: 5, maxFilters: 6, maxSteps: 7 };

const variants: [string, (parent: Architecture, random: Random) => readonly Morphism[]][] = [
  [
    'deepen',
    (parent, random) =>
      operators.deepen.sites(parent).map((site) => ({ ...site, kernelSize: random.pick([3, 5]) })),
  ],
  [
    'widen with zeros',
    (parent, random) =>
      operators.widen.sites(parent).map((site) => ({ ...site, factor: random.pick([1.5, 2]) })),
  ],
  [
    'widen by copies (Net2Wider, noise 0)',
    (parent, random) =>
      operators.widen.sites(parent).map(({ block }) => ({
        operator: 'widen',
        block,
        factor: 2,
        variant: 'copy',
        seed: random.integer(1e6),
      })),
  ],
  ['skip by addition', (parent) => operators.skip.sites(parent).filter(({ variant }) => variant === 'add')],
  [
    'skip by concatenation',
    (parent) =>
      operators.skip
        .sites(parent)
        .map((site): Morphism => ({ ...site, variant: 'concat' }))
        .filter((site) => applyMorphism(parent, site).ok),
  ],
];

describe.each(variants)('%s', (_, morphisms) => {
  test('keeps the function, on weights with BN statistics that are not trivial', () => {
    let compared = 0;
    fc.assert(
      fc.property(architectures(small), fc.integer(), (parent, seed) => {
        const random = seeded(seed);
        const all = morphisms(parent, random);
        if (all.length === 0) return;
        compared++;
        const { difference } = compare(parent, randomWeights(parent, seed), random.pick(all), random);
        expect(difference).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(30);
  });
});

test('chains of three exact morphisms keep the function', () => {
  fc.assert(
    fc.property(architectures({ ...small, maxSteps: 4 }), fc.integer(), (start, seed) => {
      const random = seeded(seed);
      let parent = start;
      let weights = randomWeights(parent, seed);
      const images = randomImages(parent, 2, random);
      const before = referencePass(parent, weights, images);
      for (let step = 0; step < 3; step++) {
        const all = variants.flatMap(([, morphisms]) => [...morphisms(parent, random)]);
        const next = compare(parent, weights, random.pick(all), random);
        parent = next.child;
        weights = next.weights;
      }
      expect(relativeDifference(before, referencePass(parent, weights, images))).toBeLessThanOrEqual(
        tolerance,
      );
    }),
    { numRuns: 40 },
  );
});

test('the noise of Net2Wider changes the outputs, but little', () => {
  const parent = fc.sample(architectures({ ...small, maxSteps: 3 }), { numRuns: 30, seed: 7 });
  const differences = parent.flatMap((architecture, seed) => {
    const site = operators.widen.sites(architecture)[0];
    if (!site) return [];
    const weights = randomWeights(architecture, seed);
    const morphed = applyMorphism(architecture, { ...site, variant: 'copy', seed });
    if (!morphed.ok) throw new Error(morphed.reason);
    const images = randomImages(architecture, 1, seeded(seed));
    const inherited = inheritMeasured(architecture, weights, morphed.value, images, seed);
    return relativeDifference(
      referencePass(architecture, weights, images),
      referencePass(morphed.value.child, inherited, images),
    );
  });
  expect(Math.max(...differences)).toBeGreaterThan(1e-4);
  expect(Math.max(...differences)).toBeLessThan(0.3);
});
