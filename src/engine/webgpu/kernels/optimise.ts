import { dispatch, elementGrid, reducingKernel, type Dispatch, type Reduction } from './kernel.ts';

export const optimiseKernels = reducingKernel({
  source: 'optimise',
  bindings: ['read', 'read', 'read', 'write', 'write', 'write', 'write'],
  fields: ['blocks', 'groups'],
});

/** One tensor to be trained: where it lies, and where the splits of its gradient do. */
export interface TrainedTensor {
  readonly parameters: number;
  readonly length: number;
  readonly gradients: number;
  /** 0 where no gradient reaches it; decay and momentum still apply. */
  readonly splits: number;
  readonly isDecayed: boolean;
  readonly isClipped: boolean;
}

/** Of a workgroup, which updates a block. */
const threads = { shared: 256, serial: 64 } as const;
const fieldsOfBlock = 8;

/** The block list of `optimise`, eight numbers a block. */
export function optimiserBlocks(
  tensors: readonly TrainedTensor[],
  reduction: Reduction,
): Uint32Array<ArrayBuffer> {
  const numbers: number[] = [];
  for (const tensor of tensors) {
    const lanes = reduction === 'serial' ? 1 : tensor.splits >= 64 ? 16 : tensor.splits >= 16 ? 4 : 1;
    const width = Math.min(tensor.length, threads[reduction] / lanes);
    for (let start = 0; start < tensor.length; start += width) {
      numbers.push(
        tensor.parameters + start,
        Math.min(width, tensor.length - start),
        tensor.gradients + start,
        tensor.splits,
        tensor.length,
        tensor.isDecayed ? 1 : 0,
        tensor.isClipped ? 1 : 0,
        width,
      );
    }
  }
  return Uint32Array.from(numbers);
}

/** One update of every tensor. */
export function optimise(
  blocks: Uint32Array,
  tensors: readonly TrainedTensor[],
  reduction: Reduction,
): Dispatch {
  const count = blocks.length / fieldsOfBlock;
  const { groups, workgroups } = elementGrid(count * threads[reduction], threads[reduction]);
  const numbers = tensors.reduce((sum, { length, splits }) => sum + length * (splits + 6), 0);
  return dispatch(
    optimiseKernels[reduction],
    { blocks: count, groups },
    ['blocks', 'rates', 'gradients', 'state', 'momenta', 'parameters', 'averages'],
    workgroups,
    { bytes: 4 * numbers, multiplyAdds: numbers },
  );
}
