import type { NodeId } from '../core/architecture/types.ts';
import type { ChannelStatistics } from './engine.ts';

interface Sums {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  readonly variance: Float64Array;
}

/** Statistics of blocks' channels over several batches. */
export class StatisticsSum {
  private readonly sums = new Map<NodeId, Sums>();

  /** Adds one batch, which is `share` of all images: mean and biased variance [channels]. */
  add(id: NodeId, mean: Float32Array, variance: Float32Array, share: number): void {
    const blank = () => new Float64Array(mean.length);
    const sum = this.sums.get(id) ?? { mean: blank(), square: blank(), variance: blank() };
    this.sums.set(id, sum);
    for (let i = 0; i < mean.length; i++) {
      sum.mean[i]! += share * mean[i]!;
      sum.square[i]! += share * mean[i]! ** 2;
      sum.variance[i]! += share * variance[i]!;
    }
  }

  /** 'batch': means over batches of the batches' statistics; 'running': statistics of all the images together. */
  result(mode: 'batch' | 'running'): ReadonlyMap<NodeId, ChannelStatistics> {
    return new Map(
      [...this.sums].map(([id, { mean, square, variance }]) => {
        const between = (i: number) => (mode === 'running' ? Math.max(0, square[i]! - mean[i]! ** 2) : 0);
        return [
          id,
          {
            mean: Float32Array.from(mean),
            variance: Float32Array.from(variance, (v, i) => v + between(i)),
          },
        ];
      }),
    );
  }
}
