import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine/device.ts';

test.each(['cpu', 'wasm'] as const)('%s starts and computes the known numbers', async (kind) => {
  const made = await createEngine(kind);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const engine = made.value;
  const trainer = kind === 'wasm' ? 'plan' : 'portable';
  expect(engine.report).toMatchObject({ kind, trainer, selfTest: { passed: true } });
  expect(engine.report.selfTest.maxDifference).toBeLessThan(1e-4);
  expect(engine.memory().tensors).toBe(0);
});

test('where there is no GPU, auto takes wasm and says why', async () => {
  const made = await createEngine('auto');
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  expect(made.value.report.kind).toBe('wasm');
  expect(made.value.report.passedOver.map(({ kind }) => kind)).toEqual(['webgpu', 'webgl']);
});
