import {
  ceilDivide,
  dispatch,
  kernel,
  type Dispatch,
  type Kernel,
  type Reduction,
  type View,
} from './kernel.ts';

/** Channels and classes that the kernels hold; up to `narrow` channels the one with less shared memory runs. */
const narrow = 256;
const mostChannels = 2048;
const mostClasses = 128;

/** 'narrow' and 'wide' give a workgroup to an image; 'serial' a thread, which holds nothing and so has no limit. */
type Form = 'narrow' | 'wide' | 'serial';

const sourceOf = (name: string, form: Form, flags: readonly string[]) => ({
  name: form === 'narrow' ? name : `${name}-${form}`,
  source: form === 'serial' ? ('head-serial' as const) : ('head' as const),
  flags: form === 'wide' ? [...flags, 'wide'] : flags,
});

const training = (form: Form) =>
  kernel({
    ...sourceOf('head-training', form, ['training']),
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

const logits = (form: Form) =>
  kernel({
    ...sourceOf('head-logits', form, []),
    bindings: ['read', 'read', 'write', 'write'],
    fields: ['batch', 'pixels', 'channels', 'classes', 'sourceStride', 'sourceOffset', 'kernel', 'bias'],
  });

const variants = {
  training: { narrow: training('narrow'), wide: training('wide'), serial: training('serial') },
  logits: { narrow: logits('narrow'), wide: logits('wide'), serial: logits('serial') },
};

const ofForm = (form: Form): readonly Kernel[] => [variants.training[form], variants.logits[form]];

export const headKernels: Readonly<Record<Reduction, readonly Kernel[]>> = {
  shared: [...ofForm('narrow'), ...ofForm('wide')],
  serial: ofForm('serial'),
};

/** Images of a workgroup of the serial form. */
const serialImages = 4;

interface HeadArguments {
  readonly batch: number;
  /** Height times width of the head's input. */
  readonly pixels: number;
  readonly classes: number;
  readonly source: View;
  /** Offsets in the parameters. */
  readonly kernel: number;
  readonly bias: number;
  readonly reduction: Reduction;
}

function common({ batch, pixels, classes, source, kernel, bias, reduction }: HeadArguments) {
  const { channels } = source;
  const isSerial = reduction === 'serial';
  if (!isSerial && (channels > mostChannels || classes > mostClasses)) {
    throw new RangeError(`head: at most ${mostChannels} channels and ${mostClasses} classes`);
  }
  const form: Form = isSerial ? 'serial' : channels > narrow ? 'wide' : 'narrow';
  const workgroups = [isSerial ? ceilDivide(batch, serialImages) : batch, 1, 1] as const;
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
  return { form, workgroups, sizes, multiplyAdds: batch * channels * (pixels + classes) };
}

/** Logits of the batch, into the logits buffer after those of the steps before. */
export function headLogits(args: HeadArguments): Dispatch {
  const { form, workgroups, sizes, multiplyAdds } = common(args);
  return dispatch(
    variants.logits[form],
    sizes,
    [args.source.tensor, 'parameters', 'state', 'logits'],
    workgroups,
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
  const { form, workgroups, sizes, multiplyAdds } = common(args);
  const { batch, classes, result } = args;
  const { channels } = args.source;
  return dispatch(
    variants.training[form],
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
    workgroups,
    { bytes: 4 * batch * channels * (2 * args.pixels + classes), multiplyAdds: 3 * multiplyAdds },
  );
}
