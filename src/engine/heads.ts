import type { ImageSet, SearchData } from '../datasets/types.ts';
import type { Network } from './engine.ts';

/** What a child learns from: the data of head 0, and of head 1 where the architecture has one. */
export interface ChildData extends SearchData {
  readonly second?: SearchData;
}

/** The data of every head, by task. */
export const headData = (data: ChildData): readonly SearchData[] =>
  data.second ? [data, data.second] : [data];

/** Images on which BN statistics are re-estimated. [ours] */
export const reestimationImages = 1000;

/** Sets the BN statistics of every head from training images of its own set. */
export async function reestimateHeads(network: Network, data: ChildData): Promise<void> {
  for (const [task, { train }] of headData(data).entries())
    await network.reestimate(train, reestimationImages, task);
}

/** The first `count` images; sets are round-robin over classes, so every prefix is balanced. */
export function prefixOf(data: ImageSet, count: number): ImageSet {
  if (count >= data.count) return data;
  const size = data.height * data.width * data.channels;
  return {
    ...data,
    count,
    images: data.images.subarray(0, count * size),
    labels: data.labels.subarray(0, count),
  };
}
