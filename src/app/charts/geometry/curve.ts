import type { LearningPoint } from '../../../core/search/events.ts';

/** Range of the losses of some curves, with a little air; [0, 1] when there are none. */
export function lossRange(curves: readonly (readonly LearningPoint[])[]): readonly [number, number] {
  const losses = curves
    .flat()
    .map((point) => point.loss)
    .filter(Number.isFinite);
  if (losses.length === 0) return [0, 1];
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  return high > low ? [low, high] : [low * 0.9, high * 1.1 + 1e-6];
}

/** A learning curve as a small line in `width` x `height` px: left = no image seen, top = its highest loss. */
export function curveLine(
  curve: readonly LearningPoint[],
  images: number,
  width: number,
  height: number,
): string {
  const [low, high] = lossRange([curve]);
  const points = curve
    .filter((point) => Number.isFinite(point.loss))
    .map((point) => {
      const x = (Math.min(point.images, images) / Math.max(1, images)) * width;
      const y = 2 + (1 - (point.loss - low) / (high - low)) * (height - 6);
      return `${x.toFixed(1)} ${y.toFixed(1)}`;
    });
  return points.length > 0 ? `M${points.join('L')}` : '';
}
