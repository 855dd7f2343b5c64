import type { RunView } from '../../../core/run-file/view.ts';
import { objectives, type ObjectiveKey } from '../../../core/search/objectives.ts';

export type Domain = readonly [low: number, high: number];

const air = 0.05;

/** `domain` with 5 % air at both ends, in the scale's own measure. */
export function withAir([low, high]: Domain, scale: 'linear' | 'log'): Domain {
  if (scale === 'log') {
    const step = Math.pow(high / low, air);
    return [low / step, high * step];
  }
  const step = (high - low) * air;
  return [low - step, high + step];
}

/** The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten, outwards: a range that grows in rare steps. */
function round(value: number, up: boolean): number {
  const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
  const power = Math.pow(10, Math.floor(Math.log10(value)));
  const share = value / power;
  const fits = up
    ? steps.find((step) => step >= share - 1e-9)
    : steps.findLast((step) => step <= share + 1e-9);
  return (fits ?? 1) * power;
}

/** Values of every evaluated network in one objective. */
function extent(view: RunView, key: ObjectiveKey): Domain | null {
  let low = Infinity;
  let high = -Infinity;
  for (const network of view.networks.values()) {
    const value = network.objectives[key];
    if (value === undefined || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}

/**
 * Plot range of an objective. The run's own bounds with air; where the run's data fill less than half of
 * them, the data's range rounded outwards to few steps, so that the plot is used and still hardly ever moves.
 */
export function plotDomain(view: RunView, key: ObjectiveKey): Domain {
  const { scale } = objectives[key];
  const bound = view.bounds.find((item) => item.objective === key);
  const seen = extent(view, key);
  if (!seen)
    return bound
      ? withAir([positive(bound.low, scale, bound.high), bound.high], scale)
      : [scale === 'log' ? 1 : 0, scale === 'log' ? 1000 : 1];
  const measure = scale === 'log' ? Math.log : (value: number) => value;
  if (bound && (scale === 'linear' || bound.low > 0)) {
    const inside = seen[0] >= bound.low && seen[1] <= bound.high;
    const filled = (measure(seen[1]) - measure(seen[0])) / (measure(bound.high) - measure(bound.low));
    if (inside && filled >= 0.5) return withAir([bound.low, bound.high], scale);
  }
  const low = seen[0] > 0 ? round(seen[0] * (scale === 'linear' ? 0.85 : 0.95), false) : 0;
  const high = seen[1] > 0 ? round(seen[1] * 1.03, true) : 1;
  if (scale === 'log') return withAir([positive(low, scale, high), high > low ? high : low * 10], scale);
  return [low, high > low ? high : low + 1];
}

function positive(low: number, scale: 'linear' | 'log', high: number): number {
  return scale === 'log' && low <= 0 ? high / 1e4 : low;
}
