import { dispatch, elementGrid, kernel, type Dispatch, type View } from './kernel.ts';

export const gatherKernel = kernel({
  name: 'gather',
  source: 'gather',
  flags: [],
  bindings: ['read', 'read', 'read', 'write', 'write'],
  fields: ['elements', 'groups', 'batch', 'height', 'width', 'channels', 'resultStride', 'resultOffset'],
});

/** The step's batch of images, augmented and normalised, into `result`. */
export function gather(batch: number, height: number, width: number, result: View): Dispatch {
  const elements = batch * height * width * result.channels;
  const { groups, workgroups } = elementGrid(elements);
  return dispatch(
    gatherKernel,
    {
      elements,
      groups,
      batch,
      height,
      width,
      channels: result.channels,
      resultStride: result.stride,
      resultOffset: result.offset,
    },
    ['images', 'table', 'indices', 'state', result.tensor],
    workgroups,
    { bytes: 5 * elements },
  );
}

/** One entry of the index list: [image, (down + 128) | (right + 128) << 8 | mirrored << 16]. */
export function packIndices(
  indices: Uint32Array,
  shifts: Int8Array | null,
  flips: Uint8Array | null,
): Uint32Array<ArrayBuffer> {
  const packed = new Uint32Array(indices.length * 2);
  for (let i = 0; i < indices.length; i++) {
    const down = (shifts?.[2 * i] ?? 0) + 128;
    const right = (shifts?.[2 * i + 1] ?? 0) + 128;
    packed[2 * i] = indices[i]!;
    packed[2 * i + 1] = down | (right << 8) | ((flips?.[i] ?? 0) << 16);
  }
  return packed;
}
