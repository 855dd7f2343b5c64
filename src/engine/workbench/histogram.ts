import { networkCost } from '../../core/architecture/cost.ts';
import { outputOf } from '../../core/architecture/forward.ts';
import { shapesOf } from '../../core/architecture/shapes.ts';
import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { ImageSet } from '../../datasets/types.ts';
import { pixelTable, plainImages } from '../batches.ts';
import { batchNormEpsilon } from '../engine.ts';
import { calibrationImages } from '../inherit.ts';

/** The values of one channel of a node, over all pixels of `images` images. */
export interface ChannelHistogram {
  readonly images: number;
  /** Values that are exactly 0, and all values. */
  readonly zeros: number;
  readonly total: number;
  readonly least: number;
  /** Values of more than 0 in equal bins from 0 to `top`, the largest value. */
  readonly counts: readonly number[];
  readonly top: number;
  readonly mean: number;
  readonly variance: number;
}

const bins = 24;
/** Multiply-adds that plain loops may take; larger networks are shown on fewer images. */
const affordable = 2e8;

/**
 * What each channel of `node` puts out on the first images of `calibration`: those that BN statistics of an inserted
 * block are measured on, or fewer where the network is large. At most `most` channels.
 */
export function histogramsOf(
  architecture: Architecture,
  weights: Weights,
  node: NodeId,
  calibration: ImageSet,
  most: number,
): readonly ChannelHistogram[] {
  const fits = Math.max(1, Math.floor(affordable / networkCost(architecture).multiplyAdds));
  const images = Math.min(calibrationImages, calibration.count, fits);
  const { channels } = shapesOf(architecture).get(node)!;
  const table = pixelTable(calibration);
  const maps = Array.from({ length: images }, (_, i) =>
    outputOf(node, architecture, weights, plainImages(calibration, table, i, 1), batchNormEpsilon),
  );
  return Array.from({ length: Math.min(channels, most) }, (_, channel) => {
    const values = maps.flatMap((map) => Array.from(map.filter((_, i) => i % channels === channel)));
    return { images, ...summary(values) };
  });
}

function summary(values: readonly number[]): Omit<ChannelHistogram, 'images'> {
  let [sum, squares, top, zeros, least] = [0, 0, 0, 0, Infinity];
  for (const value of values) {
    sum += value;
    squares += value * value;
    top = Math.max(top, value);
    least = Math.min(least, value);
    if (value === 0) zeros++;
  }
  const mean = sum / values.length;
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values)
    if (value > 0) counts[Math.min(bins - 1, Math.floor((value / top) * bins))]! += 1;
  return {
    zeros,
    total: values.length,
    least,
    counts,
    top,
    mean,
    variance: squares / values.length - mean * mean,
  };
}
