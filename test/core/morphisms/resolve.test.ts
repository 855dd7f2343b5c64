import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layoutOf, tensorKey } from '../../../src/core/architecture/weights.ts';
import { allSites, applyMorphism } from '../../../src/core/morphisms/catalog.ts';
import { originAt, provenance } from '../../../src/core/morphisms/provenance.ts';
import { inheritWeights, setMeasured } from '../../../src/core/morphisms/resolve.ts';
import { seeded } from '../../../src/core/random.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';

test('the weights are what their provenance says, number by number', () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(architectures(), fc.integer(), (parent, seed) => {
      const morphism = seeded(seed).pick(allSites(parent));
      const morphed = applyMorphism(parent, morphism);
      if (!morphed.ok) throw new Error(morphed.reason);
      const { child, map } = morphed.value;
      const parentWeights = randomWeights(parent, seed);
      const { weights, measured, selections } = inheritWeights(
        parent,
        parentWeights,
        child,
        map,
        seeded(seed),
      );
      const slots = new Map(layoutOf(parent).slots.map((slot) => [tensorKey(slot), slot]));
      const left = new Set(
        measured.flatMap(({ ref, channels }) => channels.map((c) => `${tensorKey(ref)}/${c}`)),
      );
      for (const tensor of provenance(parent, child, map, selections)) {
        const fits = (i: number): boolean => {
          const origin = originAt(tensor, i);
          const value = weights[tensor.to.offset + i]!;
          kinds.add(origin.kind);
          if (left.has(`${tensorKey(tensor.to)}/${i}`) !== (origin.kind === 'measured')) return false;
          switch (origin.kind) {
            case 'parent': {
              const { offset } = slots.get(tensorKey(origin.from))!;
              return value === Math.fround(parentWeights[offset + origin.index]! * origin.factor);
            }
            case 'constant':
              return value === origin.value;
            case 'identity':
              return value === 1;
            case 'he':
              return value !== 0 && Math.abs(value) < 8 * Math.sqrt(2 / origin.fanIn);
            case 'measured':
              return value === (origin.statistic === 'mean' ? 0 : 1);
            case 'factor':
              return Number.isFinite(value);
          }
        };
        const wrong = [...Array(tensor.to.length).keys()].filter((i) => !fits(i));
        expect(wrong, tensorKey(tensor.to)).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
  expect([...kinds].sort()).toEqual(['constant', 'factor', 'he', 'identity', 'measured', 'parent']);
});

test('the same generator gives the same child, and training the child leaves the parent alone', () => {
  fc.assert(
    fc.property(architectures(), fc.integer(), (parent, seed) => {
      const morphed = applyMorphism(parent, seeded(seed).pick(allSites(parent)));
      if (!morphed.ok) throw new Error(morphed.reason);
      const { child, map } = morphed.value;
      const parentWeights = randomWeights(parent, seed);
      const inherit = () => inheritWeights(parent, parentWeights, child, map, seeded(seed)).weights;
      const weights = inherit();
      expect(inherit().every((value, i) => value === weights[i])).toBe(true);
      weights.fill(7);
      expect([...parentWeights]).toEqual([...randomWeights(parent, seed)]);
    }),
  );
});

test('He-filled numbers have variance 2 / fan-in', () => {
  const [parent] = fc.sample(architectures({ maxSteps: 2 }), { numRuns: 1, seed: 3 });
  const block = parent!.nodes.find(({ kind }) => kind === 'conv' || kind === 'sepConv')!.id;
  const morphed = applyMorphism(parent!, { operator: 'widen', block, factor: 2, variant: 'zero' });
  if (!morphed.ok) throw new Error(morphed.reason);
  const { child, map } = morphed.value;
  const selections = new Map();
  const normals: number[] = [];
  for (let seed = 0; seed < 200; seed++) {
    const { weights } = inheritWeights(parent!, randomWeights(parent!, 1), child, map, seeded(seed));
    for (const tensor of provenance(parent!, child, map, selections))
      for (let i = 0; i < tensor.to.length; i++) {
        const origin = originAt(tensor, i);
        if (origin.kind === 'he') normals.push(weights[tensor.to.offset + i]! / Math.sqrt(2 / origin.fanIn));
      }
  }
  const mean = normals.reduce((a, b) => a + b, 0) / normals.length;
  const variance = normals.reduce((a, b) => a + (b - mean) ** 2, 0) / normals.length;
  expect(normals.length).toBeGreaterThan(1000);
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(normals.length));
  expect(Math.abs(variance - 1)).toBeLessThan(6 / Math.sqrt(normals.length));
});

test('measured statistics land at the new channels only', () => {
  const slot = { node: '1', name: 'mean', shape: [3], offset: 2, length: 3, trainable: false } as never;
  const gamma = { node: '1', name: 'gamma', shape: [2], offset: 0, length: 2, trainable: true } as never;
  const layout = { slots: [gamma, slot], trainableLength: 2, length: 5 };
  const weights = new Float32Array([1, 1, 5, 6, 7]);
  const ref = (name: string) => ({ node: '1', name }) as never;
  const measured = [
    { ref: ref('mean'), statistic: 'mean', channels: [1, 2] },
    { ref: ref('gamma'), statistic: 'deviation', channels: [1] },
  ] as const;
  setMeasured(layout, weights, '1' as never, measured, { mean: [8, 9, 10], variance: [3, 3.5] }, 0.5);
  expect([...weights]).toEqual([1, 2, 5, 9, 10]);
});
