import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { parameterCount } from '../../../src/core/architecture/cost.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';

describe('trivial starting networks', () => {
  test('four of three blocks, two separable, over more than a decade, smallest first', () => {
    const networks = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10);
    const sizes = networks.map(parameterCount);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(sizes[3]! / sizes[0]!).toBeGreaterThan(10);
    const count = (kind: string) =>
      networks.map(({ nodes }) => nodes.filter((node) => node.kind === kind).length);
    expect(count('maxPool')).toEqual([2, 2, 2, 2]);
    expect(count('sepConv').filter((n) => n > 0)).toHaveLength(2);
    expect(count('conv').map((n, i) => n + count('sepConv')[i]!)).toEqual([3, 3, 3, 3]);
  });

  test.each([
    [8, 2],
    [4, 1],
    [3, 0],
  ])('pool as far as %i pixels allow', (size, pools) => {
    for (const { nodes } of trivialNetworks({ height: size, width: size, channels: 3 }, 10))
      expect(nodes.filter(({ kind }) => kind === 'maxPool')).toHaveLength(pools);
  });

  test('a second data set gets a head on the same body', () => {
    const [network] = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10, { secondClasses: 5 });
    const heads = network!.nodes.filter((node) => node.kind === 'head');
    expect(heads.map(({ task, classes }) => [task, classes])).toEqual([
      [0, 10],
      [1, 5],
    ]);
    expect(heads[0]!.inputs).toEqual(heads[1]!.inputs);
  });
});

test('a builder throws naming the node at fault', () => {
  const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
  const one = graph.conv(graph.input, 4);
  graph.head(graph.add(graph.conv(one, 5), one), 3);
  expect(() => graph.build()).toThrow(/node add1: adds 8x8x5 and 8x8x4/);
});
