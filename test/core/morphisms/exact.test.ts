import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { findBlock, nodeId } from '../../../src/core/architecture/graph.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { layoutOf, type TensorName } from '../../../src/core/architecture/weights.ts';
import { applyMorphism, morphismFacts } from '../../../src/core/morphisms/catalog.ts';
import { operators } from '../../../src/core/morphisms/morphism.ts';
import { channelGroups } from '../../../src/core/morphisms/channel-groups.ts';
import type { Morphism } from '../../../src/core/morphisms/morphism.ts';
import { inheritWeights } from '../../../src/core/morphisms/resolve.ts';
import { widenedFilters } from '../../../src/core/morphisms/widen.ts';
import { seeded } from '../../../src/core/random.ts';
import { randomWeights } from '../../support/architectures.ts';

const shape = { height: 8, width: 8, channels: 1 };
const filtersOf = (network: Architecture, ...ids: string[]) =>
  ids.map((id) => findBlock(network, nodeId(id))!.filters);

function applied(network: Architecture, morphism: Morphism) {
  const result = applyMorphism(network, morphism);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

/** The child's tensors after inheritance, by "node/name". */
function inherited(network: Architecture, morphism: Morphism) {
  const { child, map } = applied(network, morphism);
  const { weights, measured } = inheritWeights(network, randomWeights(network, 1), child, map, seeded(1));
  const { slots } = layoutOf(child);
  const tensor = (node: string, name: TensorName) => {
    const { offset, length } = slots.find((slot) => slot.node === node && slot.name === name)!;
    return [...weights.subarray(offset, offset + length)];
  };
  return { tensor, measured, child };
}

describe('widen', () => {
  const widen = (block: string, factor: 1.5 | 2 = 2): Morphism => ({
    operator: 'widen',
    block: nodeId(block),
    factor,
    variant: 'zero',
  });

  test('rounds up to a multiple of 4', () => {
    expect([4, 6, 8, 5, 12].map((filters) => widenedFilters(filters, { factor: 1.5 }))).toEqual([
      8, 12, 12, 8, 20,
    ]);
    expect([4, 6, 8, 5, 12].map((filters) => widenedFilters(filters, { factor: 2 }))).toEqual([
      8, 12, 16, 12, 24,
    ]);
    const fine = { factor: 1.5, multiple: 2 } as const;
    expect([2, 4, 6, 8, 5].map((filters) => widenedFilters(filters, fine))).toEqual([4, 6, 10, 12, 8]);
  });

  test('never starts both the new filters and their readers at zero', () => {
    const graph = buildArchitecture(shape);
    const one = graph.conv(graph.input, 4);
    graph.head(graph.concat([graph.conv(one, 4), graph.sepConv(one, 4)]), 3);
    const { tensor, measured } = inherited(graph.build(), widen('1'));
    const channels = (values: number[], count: number, from: number) =>
      values.filter((_, i) => i % count >= from);
    expect(channels(tensor('1', 'kernel'), 8, 4).every((value) => value !== 0)).toBe(true);
    // conv reader [3, 3, 8, 4]: rows of input channels 4 to 7 are zero.
    expect(tensor('2', 'kernel').every((value, i) => Math.floor(i / 4) % 8 < 4 || value === 0)).toBe(true);
    // separable reader: new depthwise filters live, their pointwise rows are zero.
    expect(channels(tensor('3', 'depthwise'), 8, 4).every((value) => value !== 0)).toBe(true);
    expect(
      tensor('3', 'pointwise')
        .slice(16)
        .every((value) => value === 0),
    ).toBe(true);
    expect(measured).toEqual([
      { ref: { node: '1', name: 'mean' }, statistic: 'mean', channels: [4, 5, 6, 7] },
      { ref: { node: '1', name: 'variance' }, statistic: 'variance', channels: [4, 5, 6, 7] },
    ]);
    expect(tensor('1', 'gamma').slice(4)).toEqual([1, 1, 1, 1]);
  });

  test('widens all blocks that adds tie together, nested and through pools', () => {
    const graph = buildArchitecture(shape);
    const one = graph.conv(graph.input, 4);
    const sum = graph.add(graph.conv(one, 4), one);
    const pooled = graph.maxPool(sum);
    const three = graph.conv(pooled, 4);
    graph.head(graph.conv(graph.add(three, pooled), 8), 3);
    const network = graph.build();
    for (const block of ['1', '2', '3']) {
      const { child } = applied(network, widen(block));
      expect(filtersOf(child, '1', '2', '3', '4')).toEqual([8, 8, 8, 8]);
      expect(morphismFacts(network, widen(block))).toMatchObject({ from: 4, to: 8 });
    }
    expect(filtersOf(applied(network, widen('4')).child, '1', '4')).toEqual([4, 16]);
  });

  test('ties the parts of two added concats one by one', () => {
    const graph = buildArchitecture(shape);
    const pair = () => graph.concat([graph.conv(graph.input, 4), graph.conv(graph.input, 8)]);
    graph.head(graph.add(pair(), pair()), 3);
    const network = graph.build();
    expect(filtersOf(applied(network, widen('1')).child, '1', '2', '3', '4')).toEqual([8, 8, 8, 8]);
    expect(filtersOf(applied(network, widen('4')).child, '1', '2', '3', '4')).toEqual([4, 16, 4, 16]);
  });

  test('shifts the offsets of what stands behind in a concat', () => {
    const graph = buildArchitecture(shape);
    const [a, b] = [graph.conv(graph.input, 4), graph.conv(graph.input, 3)];
    graph.head(graph.concat([a, b]), 1);
    const network = graph.build();
    const before = inherited(network, { operator: 'deepen', after: nodeId('1'), kernelSize: 3 });
    const { tensor } = inherited(network, widen('1'));
    const kernel = before.tensor('head', 'kernel');
    expect(tensor('head', 'kernel')).toEqual([...kernel.slice(0, 4), 0, 0, 0, 0, ...kernel.slice(4)]);
  });

  test('is refused where the input image is added, or parts do not line up', () => {
    const graph = buildArchitecture({ ...shape, channels: 4 });
    const one = graph.add(graph.conv(graph.input, 4), graph.input);
    const [two, three] = [graph.conv(one, 4), graph.conv(one, 4)];
    const four = graph.conv(one, 8);
    const five = graph.conv(graph.add(four, graph.concat([two, three])), 8);
    graph.head(five, 3);
    const network = graph.build();
    const groups = channelGroups(network);
    expect(['1', '2', '3', '4', '5'].map((id) => groups.get(nodeId(id))!.fixed)).toEqual([
      expect.stringMatching(/input image/),
      expect.stringMatching(/do not line up/),
      expect.stringMatching(/do not line up/),
      expect.stringMatching(/do not line up/),
      null,
    ]);
    expect(operators.widen.sites(network).map(({ block }) => block)).toEqual(['5']);
    expect(applyMorphism(network, widen('4')).ok).toBe(false);
  });

  test('Net2Wider shares the weights of the readers out', () => {
    const graph = buildArchitecture(shape);
    graph.head(graph.conv(graph.input, 2), 1);
    const network = graph.build();
    const original = randomWeights(network, 1).subarray(
      ...(() => {
        const { offset, length } = layoutOf(network).slots.find(({ node }) => node === 'head')!;
        return [offset, offset + length] as const;
      })(),
    );
    const { tensor } = inherited(network, { ...widen('1'), variant: 'copy', seed: 3 } as Morphism);
    const [gamma, kernel] = [tensor('1', 'gamma'), tensor('head', 'kernel')];
    for (const channel of [0, 1]) {
      const copies = gamma.flatMap((value, i) => (value === gamma[channel] ? [i] : []));
      const sum = copies.reduce((total, i) => total + kernel[i]!, 0);
      expect(sum).toBeCloseTo(original[channel]!, 6);
    }
    expect(gamma).toHaveLength(4);
  });
});

describe('deepen', () => {
  test('goes nowhere that may be negative', () => {
    const graph = buildArchitecture({ ...shape, channels: 4 });
    const sum = graph.add(graph.conv(graph.input, 4), graph.input);
    graph.head(graph.maxPool(sum), 3);
    const network = graph.build();
    expect(operators.deepen.sites(network).map(({ after }) => after)).toEqual(['1']);
    for (const after of ['input', 'add1', 'pool1', 'head', 'nowhere'])
      expect(applyMorphism(network, { operator: 'deepen', after: nodeId(after), kernelSize: 3 }).ok).toBe(
        false,
      );
  });

  test('starts as an identity kernel, with all BN numbers measured', () => {
    const graph = buildArchitecture(shape);
    graph.head(graph.conv(graph.input, 2), 1);
    const { tensor, measured } = inherited(graph.build(), {
      operator: 'deepen',
      after: nodeId('1'),
      kernelSize: 3,
    });
    const kernel = tensor('1b', 'kernel');
    expect(kernel.flatMap((value, i) => (value === 0 ? [] : [[i, value]]))).toEqual([
      [16, 1],
      [19, 1],
    ]);
    expect(measured.map(({ ref, statistic }) => `${ref.node}/${ref.name}: ${statistic}`)).toEqual([
      '1b/gamma: deviation',
      '1b/beta: mean',
      '1b/mean: mean',
      '1b/variance: variance',
    ]);
  });
});

describe('skip', () => {
  const skip = (from: string, to: string, variant: 'add' | 'concat'): Morphism => ({
    operator: 'skip',
    from: nodeId(from),
    to: nodeId(to),
    variant,
  });
  const graph = buildArchitecture({ ...shape, channels: 4 });
  const one = graph.conv(graph.input, 4);
  const two = graph.conv(one, 6);
  const sum = graph.add(graph.conv(two, 4), one);
  graph.head(graph.conv(graph.maxPool(sum), 4), 3);
  const network = graph.build();

  test('starts lambda at 1, raw', () => {
    expect(inherited(network, skip('input', '1', 'add')).tensor('add2', 'lambda')).toEqual([1]);
  });

  test.each([
    ['one is merged with already', skip('1', 'add1', 'add'), /merged already/],
    ['an add would get another shape', skip('two', '3', 'concat'), /there is no node two/],
    ['an add would get another shape', skip('2', '3', 'concat'), /shapes differ/],
    ['channels differ', skip('1', '2', 'add'), /differ in channels/],
    ['areas differ', skip('add1', '4', 'add'), /height or width/],
    ['it would run backwards', skip('2', '1', 'add'), /does not depend/],
    ['it would end at the head', skip('4', 'head', 'concat'), /cannot end at the head/],
    ['it would start and end at once', skip('1', '1', 'add'), /does not depend/],
  ])('is refused where %s', (_, morphism, reason) => {
    const result = applyMorphism(network, morphism);
    expect(!result.ok && result.reason).toMatch(reason);
  });
});
