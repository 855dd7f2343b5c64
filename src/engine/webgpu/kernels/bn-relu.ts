import type { BatchNormOffsets } from './conv.ts';
import {
  columnGrid,
  dispatch,
  perReduction,
  reducingKernel,
  type ArenaTensor,
  type Dispatch,
  type Operand,
  type Reduction,
  type View,
} from './kernel.ts';

const bnReluKernels = reducingKernel({
  source: 'bn-relu',
  bindings: ['read', 'read', 'read', 'write', 'write'],
  fields: [
    'rows',
    'columns',
    'tile',
    'rowsPerGroup',
    'partials',
    'rowsPerPartial',
    'resultStride',
    'resultOffset',
    'gamma',
    'beta',
    'mean',
    'variance',
    'statistics',
    'running',
    'raw',
  ],
});

const bnSumsKernels = reducingKernel({
  source: 'bn-sums',
  bindings: ['read', 'read', 'read', 'read', 'write'],
  fields: [
    'rows',
    'columns',
    'tile',
    'rowsPerGroup',
    'gradientStride',
    'gradientOffset',
    'gamma',
    'beta',
    'statistics',
  ],
});

const bnReluBackwardKernels = reducingKernel({
  source: 'bn-relu-backward',
  bindings: ['read', 'read', 'read', 'read', 'read', 'write', 'write'],
  fields: [
    'rows',
    'columns',
    'tile',
    'rowsPerGroup',
    'partials',
    'gradientStride',
    'gradientOffset',
    'preactivationStride',
    'preactivationOffset',
    'gamma',
    'beta',
    'variance',
    'statistics',
    'running',
    'dgamma',
    'dbeta',
  ],
});

export const bnKernels = perReduction((reduction) => [
  bnReluKernels[reduction],
  bnSumsKernels[reduction],
  bnReluBackwardKernels[reduction],
]);

/** Applies BN and ReLU to `z` [rows, columns]; `partials` are those of the convolution that made it. */
export function bnRelu(args: {
  readonly reduction: Reduction;
  readonly rows: number;
  readonly z: ArenaTensor;
  readonly partials: ArenaTensor;
  readonly parts: number;
  readonly rowsPerPart: number;
  readonly result: View;
  readonly normalisation: BatchNormOffsets;
  /** Normalise by the running statistics, though the batch's are still measured. */
  readonly isRunning: boolean;
  /** Writes (mean, variance), not (mean, inverse deviation), as the batch's statistics. */
  readonly isRaw: boolean;
}): Dispatch {
  const { reduction, rows, result, normalisation } = args;
  const columns = result.channels;
  const { tile, rowsPerGroup, workgroups } = columnGrid(rows, columns, reduction);
  return dispatch(
    bnReluKernels[reduction],
    {
      rows,
      columns,
      tile,
      rowsPerGroup,
      partials: args.parts,
      rowsPerPartial: args.rowsPerPart,
      resultStride: result.stride,
      resultOffset: result.offset,
      ...normalisation,
      running: args.isRunning ? 1 : 0,
      raw: args.isRaw ? 1 : 0,
    },
    [args.z, 'parameters', args.partials, result.tensor, 'statistics'],
    workgroups,
    { bytes: 8 * (rows * columns + args.parts * columns), multiplyAdds: 2 * rows * columns },
  );
}

/** The sums of BN's backward pass, in `parts` row groups. */
export function bnSums(args: {
  readonly reduction: Reduction;
  readonly rows: number;
  readonly gradient: View;
  readonly z: ArenaTensor;
  readonly normalisation: BatchNormOffsets;
  readonly partials: (parts: number) => ArenaTensor;
}): Dispatch & { readonly partials: ArenaTensor; readonly parts: number } {
  const { reduction, rows, gradient } = args;
  const { gamma, beta, statistics } = args.normalisation;
  const columns = gradient.channels;
  const { tile, rowsPerGroup, workgroups, groups } = columnGrid(rows, columns, reduction);
  const partials = args.partials(groups);
  const made = dispatch(
    bnSumsKernels[reduction],
    {
      rows,
      columns,
      tile,
      rowsPerGroup,
      gradientStride: gradient.stride,
      gradientOffset: gradient.offset,
      gamma,
      beta,
      statistics,
    },
    [gradient.tensor, args.z, 'parameters', 'statistics', partials],
    workgroups,
    { bytes: 8 * rows * columns, multiplyAdds: 3 * rows * columns },
  );
  return { ...made, partials, parts: groups };
}

/**
 * Gradient of the convolution's output `result` (dense) from the gradient of the block's output.
 * Trained: `preactivation` is z and `sums` are given; frozen: it is the block's output, strided.
 */
export function bnReluBackward(args: {
  readonly reduction: Reduction;
  readonly rows: number;
  readonly gradient: View;
  readonly preactivation: View;
  readonly result: ArenaTensor;
  readonly normalisation: BatchNormOffsets;
  readonly sums: { readonly partials: ArenaTensor; readonly parts: number } | null;
  /** A tensor to bind where there are no sums. */
  readonly unused: Operand;
  readonly dgamma: number;
  readonly dbeta: number;
}): Dispatch {
  const { reduction, rows, gradient, preactivation, normalisation, sums } = args;
  const columns = gradient.channels;
  const { tile, rowsPerGroup, workgroups } = columnGrid(rows, columns, reduction);
  return dispatch(
    bnReluBackwardKernels[reduction],
    {
      rows,
      columns,
      tile,
      rowsPerGroup,
      partials: sums?.parts ?? 0,
      gradientStride: gradient.stride,
      gradientOffset: gradient.offset,
      preactivationStride: preactivation.stride,
      preactivationOffset: preactivation.offset,
      gamma: normalisation.gamma,
      beta: normalisation.beta,
      variance: normalisation.variance,
      statistics: normalisation.statistics,
      running: sums ? 0 : 1,
      dgamma: args.dgamma,
      dbeta: args.dbeta,
    },
    [
      gradient.tensor,
      preactivation.tensor,
      'parameters',
      'statistics',
      sums?.partials ?? args.unused,
      args.result,
      'gradients',
    ],
    workgroups,
    { bytes: 12 * rows * columns, multiplyAdds: 4 * rows * columns },
  );
}
