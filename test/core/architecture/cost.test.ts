import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import {
  activationBytes,
  multiplyAdds,
  networkCost,
  nodeCosts,
  parameterCount,
} from '../../../src/core/architecture/cost.ts';
import { nodeId } from '../../../src/core/architecture/graph.ts';
import { tensorsOf } from '../../../src/core/architecture/weights.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { referencePass } from '../../support/reference-network.ts';

test('a network counted by hand', () => {
  const graph = buildArchitecture({ height: 8, width: 6, channels: 3 });
  const first = graph.conv(graph.input, 4);
  const second = graph.sepConv(graph.maxPool(first), 5, 5);
  graph.head(second, 10);
  const network = graph.build();
  expect(parameterCount(network)).toBe(9 * 3 * 4 + 8 + (25 * 4 + 4 * 5 + 10) + (5 * 10 + 10));
  expect(multiplyAdds(network)).toBe(48 * 9 * 3 * 4 + 12 * (25 * 4 + 4 * 5) + 50);
  expect(activationBytes(network)).toBe(4 * (48 * 3 + 48 * 4 + 12 * 4 + 12 * 5 + 10));
  expect(nodeCosts(network).get(nodeId('pool1'))).toEqual({
    parameters: 0,
    multiplyAdds: 0,
    activationBytes: 4 * 48,
  });
});

test('equals a count of tensors, of multiplications done and of numbers put out', () => {
  fc.assert(
    fc.property(architectures({ maxSize: 5, maxFilters: 5, maxSteps: 6 }), (architecture) => {
      const { height, width, channels } = architecture.nodes[0] as {
        height: number;
        width: number;
        channels: number;
      };
      const image = new Float32Array(height * width * channels).fill(1);
      const pass = referencePass(architecture, randomWeights(architecture, 1), image);
      const trainable = tensorsOf(architecture).filter((tensor) => tensor.trainable);
      const outputs = [...pass.outputs.values()].reduce((sum, output) => sum + output.length, 0);
      expect(networkCost(architecture)).toEqual({
        parameters: trainable.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0),
        multiplyAdds: pass.multiplications,
        activationBytes: 4 * outputs,
      });
    }),
    { numRuns: 60 },
  );
});
