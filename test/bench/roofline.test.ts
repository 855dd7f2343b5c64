import { expect, test } from 'vitest';
import { nodeId } from '../../src/core/architecture/graph.ts';
import { copyKernel } from '../../src/engine/webgpu/kernels/copy.ts';
import { gatherKernel } from '../../src/engine/webgpu/kernels/gather.ts';
import type { Kernel } from '../../src/engine/webgpu/kernels/kernel.ts';
import { kernelTimes } from './roofline.ts';

const ceilings = { bytesPerSecond: 1000, multiplyAddsPerSecond: 100, dispatchSeconds: 0.05 };

const instruction = (kernel: Kernel, bytes: number, multiplyAdds: number) => ({
  ...{ kernel, bytes, multiplyAdds, sizes: {}, operands: [] },
  ...{ node: nodeId('x'), workgroups: [1, 1, 1] as const },
});

test('a kernel is set against the slower of its bytes and its multiply-adds, dispatch by dispatch', () => {
  const instructions = [
    instruction(copyKernel, 100, 0), // 0.1 s at best
    instruction(gatherKernel, 100, 40), // 0.4 s at best
    instruction(copyKernel, 10, 0), // 0.01 s at best, 0.05 s with the dispatch
  ];
  const [gather, copy] = kernelTimes({ instructions }, [0.2, 0.8, 0.1], ceilings);
  expect(gather).toMatchObject({ kernel: gatherKernel.name, dispatches: 1, bound: 'arithmetic' });
  expect(gather!.roofline).toBeCloseTo(0.5, 12);
  expect(gather!.share).toBeCloseTo(0.8 / 1.1, 12);
  expect(copy).toMatchObject({ kernel: copyKernel.name, dispatches: 2, bound: 'memory' });
  expect(copy!.seconds).toBeCloseTo(0.3, 12);
  expect(copy!.roofline).toBeCloseTo(0.11 / 0.3, 12);
  expect(copy!.reachable).toBeCloseTo(0.15 / 0.3, 12);
});

test('a kernel whose work is less than a dispatch is bound by the dispatch', () => {
  const [only] = kernelTimes({ instructions: [instruction(copyKernel, 1, 1)] }, [0.1], ceilings);
  expect(only!.bound).toBe('dispatch');
  expect(only!.reachable).toBeCloseTo(0.5, 12);
});
