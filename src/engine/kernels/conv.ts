import {
  ceilDivide,
  dispatch,
  isFourAligned,
  kernel,
  type ArenaTensor,
  type Dispatch,
  type Kernel,
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

function variant(
  isDepthwise: boolean,
  isTransposed: boolean,
  isVec4: boolean,
  epilogue: Epilogue,
): ConvKernel {
  const flags = [
    ...(isDepthwise ? ['depthwise'] : []),
    ...(isTransposed ? ['transposed'] : []),
    ...(isVec4 ? ['vec4'] : []),
    ...(epilogue === 'none' ? [] : [epilogue]),
    ...(epilogue === 'statistics' || epilogue === 'sums' ? ['reduces'] : []),
  ];
  const name = [
    isDepthwise ? 'depthwise' : 'conv',
    isTransposed ? 'backward' : 'forward',
    ...(epilogue === 'none' ? [] : [epilogue]),
    ...(isVec4 ? ['vec4'] : []),
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

const table = new Map<string, ConvKernel>();
const keyOf = (isDepthwise: boolean, isTransposed: boolean, isVec4: boolean, epilogue: Epilogue) =>
  `${isDepthwise} ${isTransposed} ${isVec4} ${epilogue}`;
for (const isVec4 of [true, false]) {
  const add = (isDepthwise: boolean, isTransposed: boolean, epilogue: Epilogue) =>
    table.set(
      keyOf(isDepthwise, isTransposed, isVec4, epilogue),
      variant(isDepthwise, isTransposed, isVec4, epilogue),
    );
  add(false, false, 'statistics');
  add(false, false, 'affine');
  add(true, false, 'none');
  for (const isDepthwise of [false, true]) {
    add(isDepthwise, true, 'none');
    add(isDepthwise, true, 'sums');
  }
}

/** Every variant, to warm. */
export const convKernels: readonly ConvKernel[] = [...table.values()];

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
  readonly partials?: (parts: number) => ArenaTensor;
  readonly preactivation?: ArenaTensor;
}

const threads = 128;
const mostPartials = 256;

/** How rows and columns are cut into workgroups; `parts` is the number of row groups. */
export function convolutionGrid(rows: number, columns: number) {
  const groups = ceilDivide(columns, 4);
  const columnGroups = ceilDivide(groups, ceilDivide(groups, 16));
  const rowsPerTile = Math.floor(threads / columnGroups) * 4;
  const tiles = ceilDivide(ceilDivide(rows, rowsPerTile), mostPartials);
  const rowsPerPart = tiles * rowsPerTile;
  const parts = ceilDivide(rows, rowsPerPart);
  return { columnGroups, tiles, rowsPerPart, parts, columnTiles: ceilDivide(groups, columnGroups) };
}

/** Convolution, depthwise convolution, or the gradient of either's input. */
export function convolution(args: ConvolutionArguments): Dispatch & { readonly partials?: ArenaTensor } {
  const { batch, height, width, kernelSize, source, result, normalisation, epilogue = 'none' } = args;
  const { isDepthwise = false, isTransposed = false } = args;
  const rows = batch * height * width;
  const grid = convolutionGrid(rows, result.channels);
  const isVec4 = isFourAligned(source) && isFourAligned(result);
  const chosen = table.get(keyOf(isDepthwise, isTransposed, isVec4, epilogue));
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
    [grid.parts, grid.columnTiles, 1],
    {
      multiplyAdds: rows * weights,
      bytes: 4 * (rows * (source.channels + result.channels * (args.accumulate ? 2 : 1)) + weights),
    },
  );
  return partials ? { ...made, partials } : made;
}
