import { ceilDivide, dispatch, isFourAligned, kernel, type Dispatch, type View } from './kernel.ts';

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

const variant = (isDepthwise: boolean, isVec4: boolean) =>
  kernel({
    name: `${isDepthwise ? 'depthwise' : 'conv'}-weights${isVec4 ? '-vec4' : ''}`,
    source: 'conv-weights',
    flags: [...(isDepthwise ? ['depthwise'] : []), ...(isVec4 ? ['vec4'] : [])],
    bindings: ['read', 'read', 'write'],
    fields,
  });

const conv = { vec4: variant(false, true), plain: variant(false, false) };
const depthwise = { vec4: variant(true, true), plain: variant(true, false) };

export const convWeightsKernels = [conv.vec4, conv.plain, depthwise.vec4, depthwise.plain];

export interface ConvWeightsArguments {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly kernelSize: number;
  readonly source: View;
  /** Gradient of the output, dense. */
  readonly gradient: View;
  readonly isDepthwise?: boolean;
  /** Reserves `splits * length` numbers in the gradients; returns their offset. */
  readonly reserve: (splits: number, length: number) => number;
}

const lanes = 8;
const tilesPerGroup = 16;
const wantedGroups = 512;

/** Gradient of a convolution's kernel, in splits over the image rows that the optimiser adds up. */
export function convWeights(args: ConvWeightsArguments): Dispatch {
  const { batch, height, width, kernelSize, source, gradient, isDepthwise = false } = args;
  const lines = batch * height;
  const taps = kernelSize * kernelSize;
  const columnTiles = ceilDivide(gradient.channels, 4);
  const tiles = taps * columnTiles * (isDepthwise ? 1 : ceilDivide(source.channels, 4));
  const groups = ceilDivide(tiles, tilesPerGroup);
  const wanted = Math.max(1, Math.min(ceilDivide(wantedGroups, groups), Math.floor(lines / lanes)));
  const linesPerSplit = ceilDivide(ceilDivide(lines, wanted), lanes) * lanes;
  const splits = ceilDivide(lines, linesPerSplit);
  const length = taps * gradient.channels * (isDepthwise ? 1 : source.channels);
  const isVec4 = isFourAligned(source) && isFourAligned(gradient);
  return dispatch(
    (isDepthwise ? depthwise : conv)[isVec4 ? 'vec4' : 'plain'],
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
    [groups, splits, 1],
    {
      multiplyAdds: lines * width * length,
      bytes: 4 * (lines * width * (source.channels + gradient.channels) + splits * length),
    },
  );
}
