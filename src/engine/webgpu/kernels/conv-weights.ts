import {
  ceilDivide,
  dispatch,
  isFourAligned,
  kernel,
  perReduction,
  serialFlags,
  serialThreads,
  type Dispatch,
  type Reduction,
  type View,
} from './kernel.ts';

const fields = [
  'lines',
  'height',
  'width',
  'kernelSize',
  'channels',
  'columns',
  'sourceStride',
  'sourceOffset',
  'linesPerSplit',
  'gradients',
  'length',
] as const;

const variant = (isDepthwise: boolean, isVec4: boolean, reduction: Reduction) => {
  const flags = [...(isVec4 ? ['vec4'] : []), ...serialFlags(reduction)];
  return kernel({
    name: [isDepthwise ? 'depthwise' : 'conv', 'weights', ...flags].join('-'),
    source: 'conv-weights',
    flags: [...(isDepthwise ? ['depthwise'] : []), ...flags],
    bindings: ['read', 'read', 'write'],
    fields,
  });
};

const variants = perReduction((reduction) => ({
  conv: { vec4: variant(false, true, reduction), plain: variant(false, false, reduction) },
  depthwise: { vec4: variant(true, true, reduction), plain: variant(true, false, reduction) },
}));

export const convWeightsKernels = perReduction((reduction) => {
  const { conv, depthwise } = variants[reduction];
  return [conv.vec4, conv.plain, depthwise.vec4, depthwise.plain];
});

export interface ConvWeightsArguments {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly kernelSize: number;
  readonly source: View;
  /** Gradient of the output, dense. */
  readonly gradient: View;
  readonly isDepthwise?: boolean;
  readonly reduction: Reduction;
  /** Reserves `splits * length` numbers in the gradients; returns their offset. */
  readonly reserve: (splits: number, length: number) => number;
}

const lanes = 8;
const tilesPerGroup = 16;
const wantedGroups = 1024;
/** Threads that keep the cores of an emulated GPU busy; more splits would only be more to add up. */
const wantedSerialThreads = 256;

/** How `lines` image rows are cut into splits, and these with the tiles of weights into workgroups. */
function splitLines(lines: number, tiles: number, reduction: Reduction) {
  const isSerial = reduction === 'serial';
  const groups = ceilDivide(tiles, tilesPerGroup);
  const step = isSerial ? 1 : lanes;
  const wanted = isSerial ? ceilDivide(wantedSerialThreads, tiles) : ceilDivide(wantedGroups, groups);
  const most = Math.max(1, Math.min(wanted, Math.floor(lines / step)));
  const linesPerSplit = ceilDivide(ceilDivide(lines, most), step) * step;
  const splits = ceilDivide(lines, linesPerSplit);
  const workgroups = isSerial
    ? ([ceilDivide(tiles * splits, serialThreads), 1, 1] as const)
    : ([groups, splits, 1] as const);
  return { linesPerSplit, splits, workgroups };
}

/** Gradient of a convolution's kernel, in splits over the image rows that the optimiser adds up. */
export function convWeights(args: ConvWeightsArguments): Dispatch {
  const { batch, height, width, kernelSize, source, gradient, isDepthwise = false, reduction } = args;
  const lines = batch * height;
  const taps = kernelSize * kernelSize;
  const columnTiles = ceilDivide(gradient.channels, 4);
  const tiles = taps * columnTiles * (isDepthwise ? 1 : ceilDivide(source.channels, 4));
  const { linesPerSplit, splits, workgroups } = splitLines(lines, tiles, reduction);
  const length = taps * gradient.channels * (isDepthwise ? 1 : source.channels);
  const isVec4 = isFourAligned(source) && isFourAligned(gradient);
  return dispatch(
    variants[reduction][isDepthwise ? 'depthwise' : 'conv'][isVec4 ? 'vec4' : 'plain'],
    {
      lines,
      height,
      width,
      kernelSize,
      channels: source.channels,
      columns: gradient.channels,
      sourceStride: source.stride,
      sourceOffset: source.offset,
      linesPerSplit,
      gradients: args.reserve(splits, length),
      length,
    },
    [source.tensor, gradient.tensor, 'gradients'],
    workgroups,
    {
      multiplyAdds: lines * width * length,
      bytes: 4 * (lines * width * (source.channels + gradient.channels) + splits * length),
    },
  );
}
