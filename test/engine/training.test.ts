import { expect, test } from 'vitest';
import { buildArchitecture } from '../../src/core/architecture/build.ts';
import { layoutOf, tensorKey } from '../../src/core/architecture/weights.ts';
import { seeded } from '../../src/core/random.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { rateAt } from '../../src/engine/schedule.ts';

test('weights from scratch: He kernels, BN at identity', () => {
  const graph = buildArchitecture({ height: 8, width: 8, channels: 3 });
  const wide = graph.sepConv(graph.conv(graph.input, 64), 64);
  graph.head(graph.add(graph.conv(wide, 64, 5), wide), 10);
  const architecture = graph.build();
  const weights = initialWeights(architecture, seeded('w'));
  const expected: Record<string, number> = {
    '1/kernel': 2 / 27,
    '2/depthwise': 2 / 9,
    '2/pointwise': 2 / 64,
    '3/kernel': 2 / 1600,
    'head/kernel': 1 / 64,
  };
  for (const slot of layoutOf(architecture).slots) {
    const values = weights.subarray(slot.offset, slot.offset + slot.length);
    const variance = expected[tensorKey(slot)];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const found = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    if (variance) expect(Math.abs(found / variance - 1)).toBeLessThan(6 * Math.sqrt(2 / values.length));
    else if (slot.name === 'gamma' || slot.name === 'variance') expect([mean, found]).toEqual([1, 0]);
    else expect([mean, found]).toEqual([slot.name === 'lambda' ? 0.5 : 0, 0]);
  }
  expect(initialWeights(architecture, seeded('w'))).toEqual(weights);
});

test('the rate falls along a line to the last rate, where that is asked for', () => {
  const line = {
    images: 20,
    batch: 4,
    momentum: 0.9,
    weightDecay: 0.01,
    augment: 'none',
    randomName: 'line',
    rate: 0.2,
    lastRate: 0.1,
    decay: 'linear',
    warmup: 0,
  } as const;
  expect([0, 1, 4].map((step) => rateAt(line, step))).toEqual(
    [0.2, 0.18, 0.12].map((n) => expect.closeTo(n, 12)),
  );
  expect(rateAt({ ...line, decay: 'cosine' }, 0)).toBeCloseTo(0.2, 12);
  expect(rateAt({ ...line, decay: 'cosine' }, 5)).toBeCloseTo(0.1, 12);
});
