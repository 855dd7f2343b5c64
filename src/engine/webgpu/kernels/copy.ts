import { dispatch, elementGrid, kernel, type Dispatch, type View } from './kernel.ts';

export const copyKernel = kernel({
  name: 'copy',
  source: 'copy',
  flags: [],
  bindings: ['read', 'write'],
  fields: [
    'elements',
    'groups',
    'channels',
    'sourceStride',
    'sourceOffset',
    'resultStride',
    'resultOffset',
    'accumulate',
  ],
});

/** Copies (or adds) `rows` rows of `source` to `result`. */
export function copy(rows: number, source: View, result: View, accumulate: boolean): Dispatch {
  const elements = rows * source.channels;
  const { groups, workgroups } = elementGrid(elements);
  return dispatch(
    copyKernel,
    {
      elements,
      groups,
      channels: source.channels,
      sourceStride: source.stride,
      sourceOffset: source.offset,
      resultStride: result.stride,
      resultOffset: result.offset,
      accumulate: accumulate ? 1 : 0,
    },
    [source.tensor, result.tensor],
    workgroups,
    { bytes: 8 * elements },
  );
}
