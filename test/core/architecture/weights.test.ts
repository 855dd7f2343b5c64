import { describe, expect, test } from 'vitest';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { adoptWeights, layoutOf, tensorKey } from '../../../src/core/architecture/weights.ts';

function network(heads: 1 | 2) {
  const graph = buildArchitecture({ height: 4, width: 4, channels: 1 });
  const last = graph.sepConv(graph.conv(graph.input, 3), 2);
  graph.head(last, 3);
  if (heads === 2) graph.head(last, 2, 1);
  return graph.build();
}

const statistics = (heads: 1 | 2) =>
  layoutOf(network(heads))
    .slots.filter(({ trainable }) => !trainable)
    .map(tensorKey);

describe('running statistics', () => {
  const firsts = ['1/mean', '1/variance', '2/mean', '2/variance'];

  test('of one head are a pair a block', () => {
    expect(statistics(1)).toEqual(firsts);
  });

  test('of a second head come behind everything else, in the order of the first', () => {
    expect(statistics(2)).toEqual([...firsts, '1/mean1', '1/variance1', '2/mean1', '2/variance1']);
  });
});

describe('stored weights', () => {
  const numbers = (length: number) => Float32Array.from({ length }, (_, i) => i);

  test('of this layout are taken as they are', () => {
    for (const heads of [1, 2] as const) {
      const stored = numbers(layoutOf(network(heads)).length);
      expect(adoptWeights(network(heads), stored)).toEqual({ ok: true, value: stored });
    }
  });

  test('of two heads that shared one pair of statistics give the second head copies', () => {
    const { slots, length } = layoutOf(network(2));
    const adopted = adoptWeights(network(2), numbers(length - 10));
    if (!adopted.ok) throw new Error(adopted.reason);
    const tensor = (key: string) => {
      const slot = slots.find((one) => tensorKey(one) === key)!;
      return adopted.value.subarray(slot.offset, slot.offset + slot.length);
    };
    for (const name of ['1/mean', '1/variance', '2/mean', '2/variance'])
      expect(tensor(`${name}1`)).toEqual(tensor(name));
    expect(adopted.value.subarray(0, length - 10)).toEqual(numbers(length - 10));
  });

  test('of another length are refused', () => {
    expect(adoptWeights(network(1), numbers(7))).toMatchObject({ ok: false });
    expect(adoptWeights(network(2), numbers(layoutOf(network(2)).length - 9))).toMatchObject({ ok: false });
  });
});
