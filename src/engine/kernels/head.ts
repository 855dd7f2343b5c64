import { dispatch, kernel, type Dispatch, type View } from './kernel.ts';

/** Channels and classes that the kernels hold; up to `narrow` channels the one with less shared memory runs. */
const narrow = 256;
const mostChannels = 2048;
const mostClasses = 128;

const training = (isWide: boolean) =>
  kernel({
    name: isWide ? 'head-training-wide' : 'head-training',
    source: 'head',
    flags: ['training', ...(isWide ? ['wide'] : [])],
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

const logits = (isWide: boolean) =>
  kernel({
    name: isWide ? 'head-logits-wide' : 'head-logits',
    source: 'head',
    flags: isWide ? ['wide'] : [],
    bindings: ['read', 'read', 'write', 'write'],
    fields: ['batch', 'pixels', 'channels', 'classes', 'sourceStride', 'sourceOffset', 'kernel', 'bias'],
  });

const variants = {
  training: { narrow: training(false), wide: training(true) },
  logits: { narrow: logits(false), wide: logits(true) },
};

export const headKernels = [
  variants.training.narrow,
  variants.logits.narrow,
  variants.training.wide,
  variants.logits.wide,
];

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
  if (channels > mostChannels || classes > mostClasses) {
    throw new RangeError(`head: at most ${mostChannels} channels and ${mostClasses} classes`);
  }
  const width = channels > narrow ? ('wide' as const) : ('narrow' as const);
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
  return { width, sizes, multiplyAdds: batch * channels * (pixels + classes) };
}

/** Logits of the batch, into the logits buffer after those of the steps before. */
export function headLogits(args: HeadArguments): Dispatch {
  const { width, sizes, multiplyAdds } = common(args);
  return dispatch(
    variants.logits[width],
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
  const { width, sizes, multiplyAdds } = common(args);
  const { batch, classes, result } = args;
  const { channels } = args.source;
  return dispatch(
    variants.training[width],
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
