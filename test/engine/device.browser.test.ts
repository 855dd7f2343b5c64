import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine/device.ts';
import { runSelfTest, selfTestTolerance } from '../../src/engine/self-test.ts';

const wasmPaths = { 'tfjs-backend-wasm.wasm': plain, 'tfjs-backend-wasm-simd.wasm': simd };

test('auto passes over emulated GPUs and takes wasm, with binaries from this site', async () => {
  const made = await createEngine('auto', { wasmPaths });
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const { kind, selfTest, passedOver } = made.value.report;
  expect(kind).toBe('wasm');
  expect(selfTest.passed).toBe(true);
  expect(passedOver.map((passed) => passed.kind)).toEqual(['webgpu', 'webgl']);
  for (const { reason } of passedOver) expect(reason).toMatch(/^(emulated-gpu: |no-web)/);
});

test.each(['webgl', 'webgpu'] as const)('%s, asked for by name, computes the known numbers', async (kind) => {
  const made = await createEngine(kind, { wasmPaths, trainer: 'portable' });
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const { report } = made.value;
  if (report.kind !== kind) {
    // A machine without this backend at all: the reason says so.
    expect(report.passedOver[0]).toMatchObject({
      kind,
      reason: expect.stringMatching(/^no-web/) as string,
    });
    return;
  }
  expect(report).toMatchObject({ software: true, trainer: 'portable', selfTest: { passed: true } });
  const { tensors, bytes } = made.value.memory();
  expect(tensors).toBe(0);
  if (kind === 'webgl') return;
  expect(bytes).toBeGreaterThan(0);
  made.value.purge();
  expect(made.value.memory().bytes).toBeLessThan(bytes / 2);
});

test('auto takes the faster of WebGL and wasm as measured here, says so, and that one computes', async () => {
  const order = ['webgl', 'wasm', 'cpu'] as const;
  const made = await createEngine('auto', { wasmPaths, order, emulated: true });
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const { kind, passedOver } = made.value.report;
  const other = kind === 'wasm' ? 'webgl' : 'wasm';
  const slower = passedOver.find((passed) => passed.kind === other);
  expect(slower?.reason).toMatch(/^slower: [\d.]+: [\d.]+$/);
  expect(await runSelfTest(made.value)).toBeLessThan(selfTestTolerance);
});

test('cpu, the last resort, works by name', async () => {
  const made = await createEngine('cpu', { wasmPaths });
  expect(made).toMatchObject({ ok: true, value: { report: { kind: 'cpu', passedOver: [] } } });
});
