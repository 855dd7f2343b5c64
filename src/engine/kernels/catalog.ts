import { addBackwardKernel, addKernel } from './add.ts';
import { bnReluBackwardKernel, bnReluKernel, bnSumsKernel } from './bn-relu.ts';
import { convKernels } from './conv.ts';
import { convWeightsKernels } from './conv-weights.ts';
import { copyKernel } from './copy.ts';
import { gatherKernel } from './gather.ts';
import { headKernels } from './head.ts';
import type { Kernel } from './kernel.ts';
import { maxPoolBackwardKernel, maxPoolKernel } from './max-pool.ts';
import { optimiseKernel } from './optimise.ts';

/** Every kernel there is: compiled when an engine starts, so that no network waits for a compiler. */
export const kernels: readonly Kernel[] = [
  gatherKernel,
  ...convKernels,
  ...convWeightsKernels,
  bnReluKernel,
  bnSumsKernel,
  bnReluBackwardKernel,
  maxPoolKernel,
  maxPoolBackwardKernel,
  addKernel,
  addBackwardKernel,
  copyKernel,
  optimiseKernel,
  ...headKernels,
];
