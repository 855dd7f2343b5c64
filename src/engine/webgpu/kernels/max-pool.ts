import { dispatch, elementGrid, kernel, type Dispatch, type View } from './kernel.ts';

export const maxPoolKernel = kernel({
  name: 'max-pool',
  source: 'max-pool',
  flags: [],
  bindings: ['read', 'write'],
  fields: [
    'elements',
    'groups',
    'channels',
    'height',
    'width',
    'sourceHeight',
    'sourceWidth',
    'sourceStride',
    'sourceOffset',
    'resultStride',
    'resultOffset',
  ],
});

export const maxPoolBackwardKernel = kernel({
  name: 'max-pool-backward',
  source: 'max-pool-backward',
  flags: [],
  bindings: ['read', 'read', 'write'],
  fields: [
    'elements',
    'groups',
    'channels',
    'height',
    'width',
    'pooledHeight',
    'pooledWidth',
    'sourceStride',
    'sourceOffset',
    'gradientStride',
    'gradientOffset',
    'resultStride',
    'resultOffset',
    'accumulate',
  ],
});

/** 2 x 2 max pooling of images `height` x `width`. */
export function maxPool(args: {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly source: View;
  readonly result: View;
}): Dispatch {
  const { batch, source, result } = args;
  const height = Math.floor(args.height / 2);
  const width = Math.floor(args.width / 2);
  const elements = batch * height * width * source.channels;
  const { groups, workgroups } = elementGrid(elements);
  return dispatch(
    maxPoolKernel,
    {
      elements,
      groups,
      channels: source.channels,
      height,
      width,
      sourceHeight: args.height,
      sourceWidth: args.width,
      sourceStride: source.stride,
      sourceOffset: source.offset,
      resultStride: result.stride,
      resultOffset: result.offset,
    },
    [source.tensor, result.tensor],
    workgroups,
    { bytes: 20 * elements },
  );
}

/** Gradient of max pooling's input `source` (of `height` x `width`), into `result`. */
export function maxPoolBackward(args: {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly gradient: View;
  readonly source: View;
  readonly result: View;
  readonly accumulate: boolean;
}): Dispatch {
  const { batch, height, width, gradient, source, result } = args;
  const elements = batch * height * width * source.channels;
  const { groups, workgroups } = elementGrid(elements);
  return dispatch(
    maxPoolBackwardKernel,
    {
      elements,
      groups,
      channels: source.channels,
      height,
      width,
      pooledHeight: Math.floor(height / 2),
      pooledWidth: Math.floor(width / 2),
      sourceStride: source.stride,
      sourceOffset: source.offset,
      gradientStride: gradient.stride,
      gradientOffset: gradient.offset,
      resultStride: result.stride,
      resultOffset: result.offset,
      accumulate: args.accumulate ? 1 : 0,
    },
    [gradient.tensor, source.tensor, result.tensor],
    workgroups,
    { bytes: 9 * elements },
  );
}
