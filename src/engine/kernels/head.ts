import { dispatch, kernel, type Dispatch, type View } from './kernel.ts';

export const headKernel = kernel({
  name: 'head-training',
  source: 'head',
  flags: ['training'],
  bindings: ['read', 'read', 'read', 'read', 'read', 'write', 'write', 'write'],
  fields: [
    'batch',
    'pixels',
    'channels',
    'classes',
    'sourceStride',
    'sourceOffset',
    'resultStride',
    'resultOffset',
    'kernel',
    'bias',
    'dkernel',
    'dbias',
    'soft',
    'ring',
    'wanted',
    'accumulate',
  ],
});

export const headLogitsKernel = kernel({
  name: 'head-logits',
  source: 'head',
  flags: [],
  bindings: ['read', 'read', 'write', 'write'],
  fields: ['batch', 'pixels', 'channels', 'classes', 'sourceStride', 'sourceOffset', 'kernel', 'bias'],
});

interface HeadArguments {
  readonly batch: number;
  /** Height times width of the head's input. */
  readonly pixels: number;
  readonly classes: number;
  readonly source: View;
  /** Offsets in the parameters. */
  readonly kernel: number;
  readonly bias: number;
}

function common({ batch, pixels, classes, source, kernel, bias }: HeadArguments) {
  const { channels } = source;
  if (channels > 2048 || classes > 256) throw new RangeError('head: at most 2048 channels and 256 classes');
  const sizes = {
    batch,
    pixels,
    channels,
    classes,
    sourceStride: source.stride,
    sourceOffset: source.offset,
    kernel,
    bias,
  };
  return { sizes, multiplyAdds: batch * channels * (pixels + classes) };
}

/** Logits of the batch, into the logits buffer after those of the steps before. */
export function headLogits(args: HeadArguments): Dispatch {
  const { sizes, multiplyAdds } = common(args);
  return dispatch(
    headLogitsKernel,
    sizes,
    [args.source.tensor, 'parameters', 'state', 'logits'],
    [args.batch, 1, 1],
    {
      bytes: 4 * args.batch * args.pixels * args.source.channels,
      multiplyAdds,
    },
  );
}

/** Loss, and all gradients of the head; that of its input into `result` if `wanted`. */
export function headTraining(
  args: HeadArguments & {
    readonly result: View;
    readonly wanted: boolean;
    readonly accumulate: boolean;
    readonly isSoft: boolean;
    /** Steps whose losses are kept. */
    readonly ring: number;
    readonly reserveKernel: (splits: number, length: number) => number;
    readonly reserveBias: (splits: number, length: number) => number;
  },
): Dispatch {
  const { sizes, multiplyAdds } = common(args);
  const { batch, classes, result } = args;
  const { channels } = args.source;
  return dispatch(
    headKernel,
    {
      ...sizes,
      resultStride: result.stride,
      resultOffset: result.offset,
      dkernel: args.reserveKernel(batch, channels * classes),
      dbias: args.reserveBias(batch, classes),
      soft: args.isSoft ? 1 : 0,
      ring: args.ring,
      wanted: args.wanted ? 1 : 0,
      accumulate: args.accumulate ? 1 : 0,
    },
    [args.source.tensor, 'parameters', 'state', 'targets', 'indices', 'losses', 'gradients', result.tensor],
    [batch, 1, 1],
    { bytes: 4 * batch * channels * (2 * args.pixels + classes), multiplyAdds: 3 * multiplyAdds },
  );
}
