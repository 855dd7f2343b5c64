import { addBackwardKernels, addKernel } from './add.ts';
import { bnKernels } from './bn-relu.ts';
import { convKernels } from './conv.ts';
import { convWeightsKernels } from './conv-weights.ts';
import { copyKernel } from './copy.ts';
import { gatherKernel } from './gather.ts';
import { headKernels } from './head.ts';
import { perReduction, type Kernel } from './kernel.ts';
import { maxPoolBackwardKernel, maxPoolKernel } from './max-pool.ts';
import { optimiseKernels } from './optimise.ts';

/** Every kernel that a device may need: compiled when an engine starts, so that no network waits for a compiler. */
export const kernelsOf = perReduction((reduction): readonly Kernel[] => [
  gatherKernel,
  ...convKernels[reduction],
  ...convWeightsKernels[reduction],
  ...bnKernels[reduction],
  maxPoolKernel,
  maxPoolBackwardKernel,
  addKernel,
  addBackwardKernels[reduction],
  copyKernel,
  optimiseKernels[reduction],
  ...headKernels[reduction],
]);
