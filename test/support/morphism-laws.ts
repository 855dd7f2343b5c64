import { expect } from 'vitest';
import { networkCost } from '../../src/core/architecture/cost.ts';
import { describe as describeArchitecture, parseDescription } from '../../src/core/architecture/describe.ts';
import { identityOf } from '../../src/core/architecture/identity.ts';
import type { Architecture } from '../../src/core/architecture/types.ts';
import { parseArchitecture } from '../../src/core/architecture/schema.ts';
import { validate } from '../../src/core/architecture/validate.ts';
import { layoutOf, tensorKey, type Weights } from '../../src/core/architecture/weights.ts';
import { describeMorphism } from '../../src/app/text/en/morphisms.ts';
import { applyMorphism, morphismFacts } from '../../src/core/morphisms/catalog.ts';
import type { Morphism } from '../../src/core/morphisms/morphism.ts';
import type { Morphed } from '../../src/core/morphisms/operator.ts';
import { parseMorphism } from '../../src/core/morphisms/parse.ts';
import { provenance, resolveSelections } from '../../src/core/morphisms/provenance.ts';
import { inheritWeights, setMeasured } from '../../src/core/morphisms/resolve.ts';
import type { WeightMap } from '../../src/core/morphisms/weight-map.ts';
import { seeded } from '../../src/core/random.ts';
import { referencePass } from './reference-network.ts';

/** Batch-normalisation epsilon of the project. */
export const epsilon = 1e-3;

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The child of a legal morphism, every law of graphs and weight maps checked. Fails the test where one is broken. */
export function expectLawful(parent: Architecture, morphism: Morphism, parentWeights: Weights): Morphed {
  const before = JSON.stringify(parent);
  const result = applyMorphism(parent, morphism);
  if (!result.ok) throw new Error(`${JSON.stringify(morphism)} should be legal: ${result.reason}`);
  const { child, map, affected } = result.value;

  // The graph: valid, another one, plain JSON, describable; the parent is untouched.
  expect(validate(child)).toEqual({ ok: true, value: child });
  expect(identityOf(child)).not.toBe(identityOf(parent));
  expect(parseArchitecture(json(child))).toEqual({ ok: true, value: child });
  expect(parseDescription(describeArchitecture(child))).toEqual({ ok: true, value: child });
  expect(parseMorphism(json(morphism))).toEqual({ ok: true, value: morphism });
  expect(JSON.stringify(applyMorphism(parent, json(morphism)))).toBe(JSON.stringify(result));
  expect(describeMorphism(morphismFacts(parent, morphism))).toMatch(/^.+[^.]$/);
  expect(JSON.stringify(parent)).toBe(before);

  // The weight map: plain JSON, one source for every tensor of the child and for nothing else.
  const text = JSON.stringify(map);
  expect(JSON.stringify(JSON.parse(text))).toBe(text);
  const layout = layoutOf(child);
  const mapped = map.tensors.map(({ to }) => tensorKey(to));
  expect([...mapped].sort()).toEqual(layout.slots.map(tensorKey).sort());
  expect(networkCost(child).parameters).toBe(layout.trainableLength);

  // Carried out: every number has exactly one origin, inside the parent's tensor, and is finite.
  const parentLayout = layoutOf(parent);
  const parentSlots = new Map(parentLayout.slots.map((slot) => [tensorKey(slot), slot]));
  const selections = resolveSelections(map, parentLayout, parentWeights);
  for (const origin of provenance(parent, child, map, selections)) {
    const { to, from, index, factor, beginning, beginnings } = origin;
    const limit = from ? parentSlots.get(tensorKey(from))!.length : 0;
    expect(index.length).toBe(to.length);
    const lawful = index.every((at, i) =>
      at < 0 ? beginning[i]! < beginnings.length : at < limit && Number.isFinite(factor[i]) && factor[i]! > 0,
    );
    expect(lawful, tensorKey(to)).toBe(true);
  }
  const kept = parentWeights.slice();
  const { weights } = inheritWeights(parent, parentWeights, child, map, seeded('law'));
  expect(weights.length).toBe(layout.length);
  expect(weights.every(Number.isFinite)).toBe(true);
  expect(weights.buffer).not.toBe(parentWeights.buffer);
  expect(parentWeights.every((value, i) => value === kept[i])).toBe(true);

  // What is distilled: nodes of the child with weights; none after an exact morphism.
  const weighted = new Set(layout.slots.map((slot) => slot.node));
  expect(affected.every((id) => weighted.has(id))).toBe(true);
  expect(new Set(affected).size).toBe(affected.length);
  return result.value;
}

/** The same map without symmetry-breaking noise. */
export const withoutNoise = (map: WeightMap): WeightMap => ({
  ...map,
  tensors: map.tensors.map(({ to, source }) => ({
    to,
    source: source.kind === 'gather' ? { ...source, noise: 0 } : source,
  })),
});

/** A child's weights as the engine would make them, BN statistics measured on `images` by the reference network. */
export function inheritMeasured(
  parent: Architecture,
  parentWeights: Weights,
  { child, map }: Pick<Morphed, 'child' | 'map'>,
  images: ArrayLike<number>,
  seed: number,
): Weights {
  const { weights, measured } = inheritWeights(parent, parentWeights, child, map, seeded(seed));
  const layout = layoutOf(child);
  for (const node of new Set(measured.map(({ ref }) => ref.node))) {
    const { statistics } = referencePass(child, weights, images, epsilon);
    setMeasured(layout, weights, node, measured, statistics.get(node)!, epsilon);
  }
  return weights;
}
