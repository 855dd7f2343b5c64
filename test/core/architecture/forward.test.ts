import { expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { forwardImage } from '../../../src/core/architecture/forward.ts';
import { adoptWeights, layoutOf } from '../../../src/core/architecture/weights.ts';
import { batchNormEpsilon } from '../../../src/engine/engine.ts';
import { randomWeights } from '../../support/architectures.ts';
import { referencePass } from '../../support/reference-network.ts';

const graph = buildArchitecture({ height: 6, width: 5, channels: 3 });
const one = graph.conv(graph.input, 4, 3);
const other = graph.sepConv(one, 4, 3, 'other');
const sum = graph.add(other, one, 'sum');
const both = graph.concat([graph.maxPool(sum), graph.maxPool(one)]);
const head = graph.head(both, 3);
const network = graph.build();
const at = layoutOf(network).slots.find(({ name }) => name === 'lambda')!.offset;

function withLambda(lambda: number) {
  const weights = randomWeights(network, 5);
  weights[at] = lambda;
  return weights;
}

test.each([0.3, 0, 1, 1.4, -0.2])('at lambda %f every node gives what the scalar oracle gives', (lambda) => {
  const weights = withLambda(lambda);
  const image = Float32Array.from({ length: 90 }, (_, i) => Math.sin(3 * i));
  const maps = forwardImage(network, weights, image, batchNormEpsilon);
  const expected = referencePass(network, weights, [...image]);
  const logits = expected.logits.get(0)!;
  expect(network.nodes.at(-1)!.id).toBe(head);
  for (const [node, output] of expected.outputs) {
    const own = maps.get(node)!;
    const values = node === head ? logits : output;
    values.forEach((value, i) => expect(Math.abs(own[i]! - value)).toBeLessThan(1e-4));
  }
  logits.forEach((value, i) => expect(maps.get(head)![i]).toBeCloseTo(value, 4));
});

test('weights of a file are taken with the lambda as it acts, and otherwise as they are', () => {
  const raw = withLambda(1.4);
  const adopted = adoptWeights(network, raw);
  expect(adopted).toEqual({ ok: true, value: withLambda(1) });
  expect(raw[at]).toBeCloseTo(1.4, 6);
  const within = withLambda(0.3);
  const same = adoptWeights(network, within);
  expect(same.ok && same.value === within).toBe(true);
});
