import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import {
  consumersOf,
  freshBlockId,
  insertAfter,
  nodeId,
  nonNegativeNodes,
  weightedNeighbours,
} from '../../../src/core/architecture/graph.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { referencePass } from '../../support/reference-network.ts';
import { seeded } from '../../../src/core/random.ts';

const residual = () => {
  const graph = buildArchitecture({ height: 8, width: 8, channels: 4 });
  const one = graph.conv(graph.input, 4);
  const sum = graph.add(graph.conv(one, 4), one);
  graph.head(graph.conv(graph.maxPool(sum), 8), 3);
  return graph.build();
};

describe('graph', () => {
  test('what is called non-negative is', () => {
    fc.assert(
      fc.property(
        architectures({ maxSize: 5, maxFilters: 5, maxSteps: 6 }),
        fc.integer(),
        (architecture, seed) => {
          const { height, width, channels } = architecture.nodes[0] as {
            height: number;
            width: number;
            channels: number;
          };
          const random = seeded(seed);
          const image = Float32Array.from({ length: height * width * channels }, () => random.normal());
          const { outputs } = referencePass(architecture, randomWeights(architecture, seed), image);
          for (const id of nonNegativeNodes(architecture))
            expect(Math.min(...outputs.get(id)!)).toBeGreaterThanOrEqual(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an add with the input image may be negative, an add of blocks may not', () => {
    const graph = buildArchitecture({ height: 8, width: 8, channels: 4 });
    const one = graph.conv(graph.input, 4);
    const two = graph.add(one, graph.input);
    const three = graph.add(graph.conv(two, 4), one);
    graph.head(graph.maxPool(three), 3);
    expect([...nonNegativeNodes(graph.build())]).toEqual(['1', '2', 'add2', 'pool1']);
  });

  test('neighbours with weights are found through pools and merges', () => {
    const network = residual();
    expect(weightedNeighbours(network, [nodeId('3')], -1)).toEqual(['1', '2', 'add1']);
    expect(weightedNeighbours(network, [nodeId('1')], 1)).toEqual(['2', 'add1', '3']);
  });

  test('new blocks are named after the block before, and names stay', () => {
    let network = residual();
    for (const expected of ['1b', '1c']) {
      const id = freshBlockId(network, nodeId('1'));
      expect(id).toBe(expected);
      network = insertAfter(network, nodeId('1'), {
        kind: 'conv',
        id,
        inputs: [nodeId('1')],
        kernelSize: 3,
        filters: 4,
      });
    }
    expect(freshBlockId(network, nodeId('1b'))).toBe('1d');
    expect(freshBlockId(network, nodeId('pool1'))).toBe('2b');
    expect(consumersOf(network).get(nodeId('1c'))).toEqual(['1b']);
  });
});
