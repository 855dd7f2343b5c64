import {
  ceilDivide,
  dispatch,
  isFourAligned,
  kernel,
  perReduction,
  serialFlags,
  serialGroups,
  serialThreads,
  type ArenaTensor,
  type Dispatch,
  type Kernel,
  type Reduction,
  type View,
} from './kernel.ts';

const fields = [
  'rows',
  'height',
  'width',
  'kernelSize',
  'reduce',
  'columns',
  'sourceStride',
  'sourceOffset',
  'resultStride',
  'resultOffset',
  'weights',
  'columnGroups',
  'tiles',
  'accumulate',
  'gamma',
  'beta',
  'mean',
  'variance',
  'statistics',
] as const;

type Epilogue = 'none' | 'statistics' | 'affine' | 'sums';
type ConvKernel = Kernel<(typeof fields)[number]>;

const reduces = (epilogue: Epilogue): boolean => epilogue === 'statistics' || epilogue === 'sums';

function variant(
  isDepthwise: boolean,
  isTransposed: boolean,
  isVec4: boolean,
  epilogue: Epilogue,
  reduction: Reduction,
): ConvKernel {
  const flags = [
    ...(isDepthwise ? ['depthwise'] : []),
    ...(isTransposed ? ['transposed'] : []),
    ...(isVec4 ? ['vec4'] : []),
    ...(epilogue === 'none' ? [] : [epilogue]),
    ...(reduces(epilogue) ? ['reduces', ...serialFlags(reduction)] : []),
    ...(reduction === 'shared' ? ['split'] : []),
  ];
  const name = [
    isDepthwise ? 'depthwise' : 'conv',
    isTransposed ? 'backward' : 'forward',
    ...(epilogue === 'none' ? [] : [epilogue]),
    ...(isVec4 ? ['vec4'] : []),
    ...serialFlags(reduction),
  ].join('-');
  const extra = { none: [], affine: [], statistics: ['write'], sums: ['write', 'read', 'read'] } as const;
  return kernel({
    name,
    source: 'conv',
    flags,
    bindings: ['read', 'read', 'write', ...extra[epilogue]],
    fields,
  });
}

const keyOf = (isDepthwise: boolean, isTransposed: boolean, isVec4: boolean, epilogue: Epilogue) =>
  `${isDepthwise} ${isTransposed} ${isVec4} ${epilogue}`;

function tableOf(reduction: Reduction): ReadonlyMap<string, ConvKernel> {
  const table = new Map<string, ConvKernel>();
  for (const isVec4 of [true, false]) {
    const add = (isDepthwise: boolean, isTransposed: boolean, epilogue: Epilogue) =>
      table.set(
        keyOf(isDepthwise, isTransposed, isVec4, epilogue),
        variant(isDepthwise, isTransposed, isVec4, epilogue, reduction),
      );
    add(false, false, 'statistics');
    add(false, false, 'affine');
    add(true, false, 'none');
    for (const isDepthwise of [false, true]) {
      add(isDepthwise, true, 'none');
      add(isDepthwise, true, 'sums');
    }
  }
  return table;
}

const tables = perReduction(tableOf);

/** Every variant, to warm. */
export const convKernels = perReduction((reduction) => [...tables[reduction].values()]);

export interface BatchNormOffsets {
  readonly gamma: number;
  readonly beta: number;
  readonly mean: number;
  readonly variance: number;
  /** Index of the block's first (mean, inverse deviation) pair in the statistics buffer. */
  readonly statistics: number;
}

export interface ConvolutionArguments {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly kernelSize: number;
  readonly source: View;
  readonly result: View;
  /** Offset of the kernel in the parameters. */
  readonly weights: number;
  readonly isDepthwise?: boolean;
  /** Computes the gradient of the input: `source` is the gradient of the output. */
  readonly isTransposed?: boolean;
  /** Adds to `result`. */
  readonly accumulate?: boolean;
  readonly normalisation?: BatchNormOffsets;
  /**
   * What is done with the numbers on their way out: 'statistics' writes (mean, M2) of row groups to `partials`,
   * 'affine' applies inference BN and ReLU, 'sums' makes the two sums of the BN whose output this is the gradient of.
   */
  readonly epilogue?: Epilogue;
  readonly reduction: Reduction;
  readonly partials?: (parts: number) => ArenaTensor;
  readonly preactivation?: ArenaTensor;
}

const threads = 128;
const mostPartials = 512;

/**
 * How rows and columns are cut into workgroups; `parts` is the number of row groups. Kernels that reduce nothing need no
 * serial threads of their own on an adapter that adds up serially: `isReducing` false.
 */
export function convolutionGrid(rows: number, columns: number, reduction: Reduction, isReducing = true) {
  const groups = ceilDivide(columns, 4);
  const isSerial = reduction === 'serial' && isReducing;
  const columnGroups = isSerial ? groups : ceilDivide(groups, ceilDivide(groups, 16));
  const threadsPerTile = reduction === 'shared' ? 4 : 1;
  const rowsPerTile = (isSerial ? 1 : Math.floor(threads / (columnGroups * threadsPerTile))) * 4;
  const rowTiles = ceilDivide(rows, rowsPerTile);
  const tiles = ceilDivide(rowTiles, isSerial ? serialGroups(rowTiles, 32) : mostPartials);
  const rowsPerPart = tiles * rowsPerTile;
  const parts = ceilDivide(rows, rowsPerPart);
  const workgroups = isSerial
    ? ([ceilDivide(parts * groups, serialThreads), 1, 1] as const)
    : ([parts, ceilDivide(groups, columnGroups), 1] as const);
  return { columnGroups, tiles, rowsPerPart, parts, workgroups };
}

/** Convolution, depthwise convolution, or the gradient of either's input; `parts` row groups left their `partials`. */
export function convolution(
  args: ConvolutionArguments,
): Dispatch & { readonly partials?: ArenaTensor; readonly parts: number } {
  const { batch, height, width, kernelSize, source, result, normalisation, epilogue = 'none' } = args;
  const { isDepthwise = false, isTransposed = false, reduction } = args;
  const rows = batch * height * width;
  const grid = convolutionGrid(rows, result.channels, reduction, reduces(epilogue));
  const isVec4 = isFourAligned(source) && isFourAligned(result);
  const chosen = tables[reduction].get(keyOf(isDepthwise, isTransposed, isVec4, epilogue));
  if (!chosen) throw new Error(`no convolution kernel for ${epilogue}`);
  const partials = chosen.bindings.length > 3 ? args.partials!(grid.parts) : undefined;
  const reduce = isDepthwise ? 1 : source.channels;
  const weights = kernelSize * kernelSize * reduce * result.channels;
  const made = dispatch(
    chosen,
    {
      rows,
      height,
      width,
      kernelSize,
      reduce,
      columns: result.channels,
      sourceStride: source.stride,
      sourceOffset: source.offset,
      resultStride: result.stride,
      resultOffset: result.offset,
      weights: args.weights,
      columnGroups: grid.columnGroups,
      tiles: grid.tiles,
      accumulate: args.accumulate ? 1 : 0,
      gamma: normalisation?.gamma ?? 0,
      beta: normalisation?.beta ?? 0,
      mean: normalisation?.mean ?? 0,
      variance: normalisation?.variance ?? 0,
      statistics: normalisation?.statistics ?? 0,
    },
    [
      source.tensor,
      'parameters',
      result.tensor,
      ...(partials ? [partials] : []),
      ...(epilogue === 'sums' ? (['statistics', args.preactivation!] as const) : []),
    ],
    grid.workgroups,
    {
      multiplyAdds: rows * weights,
      bytes: 4 * (rows * (source.channels + result.channels * (args.accumulate ? 2 : 1)) + weights),
    },
  );
  return { ...made, parts: grid.parts, ...(partials && { partials }) };
}
