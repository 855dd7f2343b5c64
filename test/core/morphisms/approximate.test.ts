import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { findBlock, nodeId } from '../../../src/core/architecture/graph.ts';
import { identityOf } from '../../../src/core/architecture/identity.ts';
import { shapesOf } from '../../../src/core/architecture/shapes.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { layoutOf, type TensorName, type Weights } from '../../../src/core/architecture/weights.ts';
import { applyMorphism, drawSite } from '../../../src/core/morphisms/catalog.ts';
import { channelGroups } from '../../../src/core/morphisms/channel-groups.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { filterFloor } from '../../../src/core/morphisms/prune.ts';
import { seeded } from '../../../src/core/random.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { inheritMeasured } from '../../support/morphism-laws.ts';
import { referencePass, relativeDifference } from '../../support/reference-network.ts';

/** Approximate morphisms are exact where what they take away does nothing: that tests every index they move. */
const tolerance = 1e-4;
const small = { maxSize: 5, maxFilters: 8, maxSteps: 7 };

function view(architecture: Architecture, weights: Weights, node: string, name: TensorName) {
  const slot = layoutOf(architecture).slots.find((one) => one.node === node && one.name === name)!;
  return weights.subarray(slot.offset, slot.offset + slot.length);
}

function images(architecture: Architecture, seed: number): Float32Array {
  const { height, width, channels } = shapesOf(architecture).get(architecture.nodes[0]!.id)!;
  const random = seeded(`images/${seed}`);
  return Float32Array.from({ length: 2 * height * width * channels }, () => random.normal());
}

function step(parent: Architecture, weights: Weights, morphism: Morphism, seed: number) {
  const morphed = applyMorphism(parent, morphism);
  if (!morphed.ok) throw new Error(morphed.reason);
  const { child } = morphed.value;
  return { child, weights: inheritMeasured(parent, weights, morphed.value, images(parent, seed + 1), seed) };
}

function difference(a: Architecture, aWeights: Weights, b: Architecture, bWeights: Weights, seed: number) {
  const x = images(a, seed);
  return relativeDifference(referencePass(a, aWeights, x), referencePass(b, bWeights, x));
}

describe('prune', () => {
  test('is exact where the filters of least norm, over the tied group, put out nothing', () => {
    let pruned = 0;
    fc.assert(
      fc.property(architectures(small), fc.integer(), (parent, seed) => {
        const random = seeded(seed);
        const morphism = drawSite(parent, 'prune', random);
        if (!morphism) return;
        pruned++;
        const weights = randomWeights(parent, seed);
        const { members, channels } = channelGroups(parent).get(morphism.block)!;
        const after = applyMorphism(parent, morphism);
        const keep = after.ok ? findBlock(after.value.child, morphism.block)!.filters : 0;
        const dead = random.shuffle([...Array(channels).keys()]).slice(keep);
        for (const id of members) {
          const kernel = view(
            parent,
            weights,
            id,
            findBlock(parent, id)!.kind === 'conv' ? 'kernel' : 'pointwise',
          );
          kernel.forEach((_, i) => dead.includes(i % channels) && (kernel[i] = 1e-7));
          for (const channel of dead) {
            view(parent, weights, id, 'gamma')[channel] = 0;
            view(parent, weights, id, 'beta')[channel] = 0;
          }
        }
        const { child, weights: inherited } = step(parent, weights, morphism, seed);
        expect(difference(parent, weights, child, inherited, seed)).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns: 150 },
    );
    expect(pruned).toBeGreaterThan(40);
  });

  test('never goes below the floor, and takes 1/2 or 1/4', () => {
    const graph = buildArchitecture({ height: 4, width: 4, channels: 1 });
    const blocks = [16, 6, 4].map((filters) => graph.conv(graph.input, filters));
    graph.head(graph.concat([blocks[0]!, blocks[1]!, blocks[2]!]), 3);
    const network = graph.build();
    const left = (block: string, fraction: 0.5 | 0.25, least?: 2) => {
      const result = applyMorphism(network, {
        ...{ operator: 'prune', block: nodeId(block), fraction },
        ...(least ? { least } : {}),
      });
      return result.ok ? findBlock(result.value.child, nodeId(block))!.filters : result.reason;
    };
    expect([left('1', 0.5), left('1', 0.25), left('2', 0.5), left('2', 0.25)]).toEqual([8, 12, 4, 4]);
    expect(left('3', 0.5)).toMatch(/only 4 filters/);
    expect([left('2', 0.5, filterFloor), left('3', 0.5, filterFloor)]).toEqual([3, 2]);
  });
});

describe('separate', () => {
  test('is exact where every slice of the kernel has rank 1', () => {
    fc.assert(
      fc.property(architectures(small), fc.integer(), (parent, seed) => {
        const random = seeded(seed);
        const morphism = drawSite(parent, 'separate', random);
        if (!morphism) return;
        const weights = randomWeights(parent, seed);
        const kernel = view(parent, weights, morphism.block, 'kernel');
        const { filters, kernelSize, inputs } = findBlock(parent, morphism.block)!;
        const channels = shapesOf(parent).get(inputs[0])!.channels;
        const normals = (length: number) => Array.from({ length }, () => random.normal());
        const spatial = normals(kernelSize ** 2 * channels);
        const mixing = normals(channels * filters);
        kernel.forEach((_, i) => {
          const [output, input] = [i % filters, Math.floor(i / filters) % channels];
          kernel[i] = 0.3 * spatial[Math.floor(i / filters)]! * mixing[input * filters + output]!;
        });
        const { child, weights: inherited } = step(parent, weights, morphism, seed);
        expect(difference(parent, weights, child, inherited, seed)).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns: 80 },
    );
  });
});

describe('remove', () => {
  const undo = (add: (parent: Architecture, seed: number) => Morphism | undefined) => {
    let undone = 0;
    fc.assert(
      fc.property(architectures(small), fc.integer(), (parent, seed) => {
        const morphism = add(parent, seed);
        if (!morphism) return;
        undone++;
        const weights = randomWeights(parent, seed);
        const bigger = step(parent, weights, morphism, seed);
        const known = new Set(parent.nodes.map(({ id }) => id));
        const target = bigger.child.nodes.find(({ id }) => !known.has(id))!.id;
        const back = step(bigger.child, bigger.weights, { operator: 'remove', target }, seed);
        expect(identityOf(back.child)).toBe(identityOf(parent));
        expect(difference(parent, weights, back.child, back.weights, seed)).toBeLessThanOrEqual(tolerance);
      }),
      { numRuns: 80 },
    );
    expect(undone).toBeGreaterThan(15);
  };
  test('of a new block undoes deepen', () => {
    undo((parent, seed) => drawSite(parent, 'deepen', seeded(seed)) ?? undefined);
  });
  test('of a new skip undoes skip, by add and by concat', () => {
    undo((parent, seed) => drawSite(parent, 'skip', seeded(seed)) ?? undefined);
  });

  const shape = { height: 4, width: 4, channels: 1 };
  const remove = (network: Architecture, target: string) =>
    applyMorphism(network, { operator: 'remove', target: nodeId(target) });

  test('under an additive skip leaves no add of a node to itself', () => {
    const graph = buildArchitecture(shape);
    const one = graph.conv(graph.input, 4);
    graph.head(graph.conv(graph.add(graph.conv(one, 4), one), 4), 3);
    const result = remove(graph.build(), '2');
    expect(result.ok && result.value.child.nodes.map(({ id }) => id)).toEqual(['input', '1', '3', 'head']);
  });

  test('under a concat keeps the weights of the skip that stays', () => {
    const graph = buildArchitecture(shape);
    const one = graph.conv(graph.input, 4);
    graph.head(graph.concat([graph.conv(one, 6), one]), 2);
    const network = graph.build();
    const weights = randomWeights(network, 1);
    const { child, weights: inherited } = step(
      network,
      weights,
      { operator: 'remove', target: nodeId('2') },
      1,
    );
    expect(child.nodes.map(({ id }) => id)).toEqual(['input', '1', 'head']);
    expect([...view(child, inherited, 'head', 'kernel')]).toEqual([
      ...view(network, weights, 'head', 'kernel').subarray(6 * 2),
    ]);
  });

  test('of a skip takes along what only fed the skip', () => {
    const graph = buildArchitecture(shape);
    const one = graph.conv(graph.input, 4);
    const [main, side] = [graph.conv(one, 4), graph.conv(one, 4, 5)];
    graph.head(graph.add(main, side), 2);
    const result = remove(graph.build(), 'add1');
    expect(result.ok && result.value.child.nodes.map(({ id }) => id)).toEqual(['input', '1', '2', 'head']);
  });

  test('refuses the last block, and what would leave an add of different shapes', () => {
    const single = buildArchitecture(shape);
    single.head(single.conv(single.input, 4), 2);
    expect(remove(single.build(), '1')).toEqual({ ok: false, reason: '1 cannot go: no block would be left' });
    const graph = buildArchitecture(shape);
    const one = graph.conv(graph.input, 6);
    const two = graph.conv(one, 4);
    graph.head(graph.add(graph.conv(two, 4), two), 2);
    const result = remove(graph.build(), '2');
    expect(!result.ok && result.reason).toMatch(/without 2, node add1 adds 4x4x4 and 4x4x6/);
  });
});

test('what is distilled: the changed, and the nearest weights before and behind it', () => {
  const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
  const one = graph.conv(graph.input, 8);
  const sum = graph.add(graph.conv(graph.conv(one, 8), 8), one);
  graph.head(graph.conv(graph.conv(graph.maxPool(sum), 8), 8), 3);
  const network = graph.build();
  const affected = (morphism: Morphism) => {
    const result = applyMorphism(network, morphism);
    return result.ok ? result.value.affected : result.reason;
  };
  expect(affected({ operator: 'separate', block: nodeId('2') })).toEqual(['1', '2', '3']);
  expect(affected({ operator: 'remove', target: nodeId('4') })).toEqual(['1', '3', 'add1', '5']);
  expect(affected({ operator: 'prune', block: nodeId('3'), fraction: 0.5 })).toEqual([
    '1',
    '2',
    '3',
    'add1',
    '4',
  ]);
});
