import {
  ceilDivide,
  dispatch,
  elementGrid,
  kernel,
  reducingKernel,
  serialGroups,
  serialThreads,
  type Dispatch,
  type Reduction,
  type View,
} from './kernel.ts';

export const addKernel = kernel({
  name: 'add',
  source: 'add',
  flags: [],
  bindings: ['read', 'read', 'read', 'write'],
  fields: [
    'elements',
    'groups',
    'channels',
    'lambda',
    'mainStride',
    'mainOffset',
    'skipStride',
    'skipOffset',
    'resultStride',
    'resultOffset',
  ],
});

export const addBackwardKernels = reducingKernel({
  source: 'add-backward',
  bindings: ['read', 'read', 'read', 'read', 'write', 'write', 'write'],
  fields: [
    'elements',
    'elementsPerGroup',
    'channels',
    'lambda',
    'gradientStride',
    'gradientOffset',
    'mainStride',
    'mainOffset',
    'skipStride',
    'skipOffset',
    'mainGradientStride',
    'mainGradientOffset',
    'skipGradientStride',
    'skipGradientOffset',
    'toMain',
    'toSkip',
    'dlambda',
  ],
});

/** lambda * main + (1 - lambda) * skip, over `rows` rows. */
export function add(args: {
  readonly rows: number;
  readonly main: View;
  readonly skip: View;
  readonly result: View;
  readonly lambda: number;
}): Dispatch {
  const { rows, main, skip, result, lambda } = args;
  const elements = rows * result.channels;
  const { groups, workgroups } = elementGrid(elements);
  return dispatch(
    addKernel,
    {
      elements,
      groups,
      channels: result.channels,
      lambda,
      mainStride: main.stride,
      mainOffset: main.offset,
      skipStride: skip.stride,
      skipOffset: skip.offset,
      resultStride: result.stride,
      resultOffset: result.offset,
    },
    [main.tensor, skip.tensor, 'parameters', result.tensor],
    workgroups,
    { bytes: 12 * elements, multiplyAdds: 2 * elements },
  );
}

/** Where a gradient goes: `view` is a tensor of its own where it is not wanted. */
export interface GradientTarget {
  readonly view: View;
  readonly mode: 'unwanted' | 'write' | 'accumulate';
}

const modes = { unwanted: 0, write: 1, accumulate: 2 } as const;

/** Gradients of both inputs, and of lambda in splits. */
export function addBackward(args: {
  readonly rows: number;
  readonly gradient: View;
  readonly main: View;
  readonly skip: View;
  readonly toMain: GradientTarget;
  readonly toSkip: GradientTarget;
  readonly lambda: number;
  readonly reduction: Reduction;
  /** Reserves `splits` numbers in the gradients; returns their offset. */
  readonly reserve: (splits: number, length: number) => number;
}): Dispatch {
  const { rows, gradient, main, skip, toMain, toSkip, lambda, reduction } = args;
  const elements = rows * gradient.channels;
  const isSerial = reduction === 'serial';
  const wanted = isSerial
    ? serialGroups(elements, 64)
    : Math.max(1, Math.min(256, ceilDivide(elements, 1024)));
  const elementsPerGroup = ceilDivide(elements, wanted);
  const groups = ceilDivide(elements, elementsPerGroup);
  return dispatch(
    addBackwardKernels[reduction],
    {
      elements,
      elementsPerGroup,
      channels: gradient.channels,
      lambda,
      gradientStride: gradient.stride,
      gradientOffset: gradient.offset,
      mainStride: main.stride,
      mainOffset: main.offset,
      skipStride: skip.stride,
      skipOffset: skip.offset,
      mainGradientStride: toMain.view.stride,
      mainGradientOffset: toMain.view.offset,
      skipGradientStride: toSkip.view.stride,
      skipGradientOffset: toSkip.view.offset,
      toMain: modes[toMain.mode],
      toSkip: modes[toSkip.mode],
      dlambda: args.reserve(groups, 1),
    },
    [
      gradient.tensor,
      main.tensor,
      skip.tensor,
      'parameters',
      toMain.view.tensor,
      toSkip.view.tensor,
      'gradients',
    ],
    [isSerial ? ceilDivide(groups, serialThreads) : groups, 1, 1],
    { bytes: 20 * elements, multiplyAdds: 3 * elements },
  );
}
