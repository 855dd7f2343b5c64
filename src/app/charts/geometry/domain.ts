import type { RunView } from '../../../core/run-file/view.ts';
import { objectives, uselessError, type ObjectiveKey } from '../../../core/search/objectives.ts';

/** A plot's range; `root` where it is drawn on the square root, from 0. */
export type Domain = readonly [low: number, high: number, curve?: 'root'];

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

/** The next step times a power of ten, outwards: a range that grows rarely. Finer where the scale is linear. */
function round(value: number, up: boolean, scale: 'linear' | 'log'): number {
  const steps =
    scale === 'log' ? [1, 1.5, 2, 3, 5, 7, 10] : [1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10];
  const power = Math.pow(10, Math.floor(Math.log10(value)));
  const share = value / power;
  const fits = up
    ? steps.find((step) => step >= share - 1e-9)
    : steps.findLast((step) => step <= share + 1e-9);
  return (fits ?? 1) * power;
}

/** A value this many times the next one below it would squeeze all others into the lower two fifths of a linear plot. */
const alone = 2.5;

/** The largest value of `values` that is not far above all the others; one may be, of six and more two, or a sixth. */
function largestTogether(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => b - a);
  if (sorted.length < 4) return sorted[0]!;
  const most = sorted.length < 6 ? 1 : Math.max(2, Math.floor(sorted.length / 6));
  for (let left = most; left > 0; left--) if (sorted[left - 1]! > alone * sorted[left]!) return sorted[left]!;
  return sorted[0]!;
}

/**
 * Range that the networks need in one objective. Of a costly one over the front and the starting networks only,
 * so that one child that learned nothing does not squeeze the plot; with room for what a search usually adds to
 * its starting networks, so that the plot hardly ever has to move.
 */
function needed(view: RunView, key: ObjectiveKey, whole: boolean): Domain | null {
  const { costly, scale } = objectives[key];
  let low = Infinity;
  const highs: number[] = [];
  for (const network of view.networks.values()) {
    const start = network.parent === null;
    const value = network.objectives[key];
    if (value === undefined || !Number.isFinite(value) || (costly && !network.onFront && !start)) continue;
    low = Math.min(low, value * (start && costly ? 0.45 : 0.85));
    highs.push(value * (start && !costly ? 5 : 1.03));
  }
  if (highs.length === 0) return null;
  const high = whole || scale === 'log' ? highs.reduce((a, b) => Math.max(a, b)) : largestTogether(highs);
  return [low, Math.max(low, high)];
}

/**
 * The ranges of a whole log, for views of its earlier states: so a plot stands still while it is scrubbed. Fixed ones
 * stand still while the run goes on too; near ones are as the networks need.
 */
export function plotDomains(
  whole: RunView,
  keys: readonly ObjectiveKey[],
  range: 'fixed' | 'near',
): Partial<Record<ObjectiveKey, Domain>> {
  const domainOf = range === 'fixed' ? fixedDomain : plotDomain;
  return Object.fromEntries(keys.map((key) => [key, domainOf(whole, key)]));
}

/** Errors up to one half (of many classes: to chance) on a root scale, on which 5 % is a third of the height. */
function fixedDomain(view: RunView, key: ObjectiveKey): Domain {
  const bound = view.bounds.find((item) => item.objective === key);
  if (!bound || !objectives[key].costly) return plotDomain(view, key);
  return [0, bound.high > 0.95 ? bound.high : Math.min(uselessError, bound.high), 'root'];
}

/**
 * Plot range of an objective: the run's own bounds with air where they are a tight range (sizes, up to four
 * decades); else what the networks need, rounded outwards to few steps. An error that stands far above all others
 * lies outside, for a mark at the edge.
 */
export const plotDomain = (view: RunView, key: ObjectiveKey): Domain => rangeOf(view, key, false);

/** As plotDomain, with every network of the front inside. */
export const wholeDomain = (view: RunView, key: ObjectiveKey): Domain => rangeOf(view, key, true);

function rangeOf(view: RunView, key: ObjectiveKey, whole: boolean): Domain {
  const { scale } = objectives[key];
  const bound = view.bounds.find((item) => item.objective === key);
  if (bound && scale === 'log' && bound.low > 0 && bound.high <= bound.low * 10_000)
    return withAir([bound.low, bound.high], scale);
  const seen = needed(view, key, whole);
  if (!seen) {
    if (!bound) return scale === 'log' ? [1, 1000] : [0, 1];
    return withAir([positive(bound.low, scale, bound.high), bound.high], scale);
  }
  const low = seen[0] > 0 ? round(seen[0], false, scale) : 0;
  const high = seen[1] > 0 ? round(seen[1], true, scale) : 1;
  if (scale === 'log') return withAir([positive(low, scale, high), high > low ? high : low * 10], scale);
  // On a wide linear range the lowest mark needs room below it; in steps of 2 points.
  const lowest = Math.floor((seen[0] / 0.85 - 0.08 * (high - low)) * 50) / 50;
  return [Math.max(0, Math.min(low, lowest)), high > low ? high : low + 1];
}

function positive(low: number, scale: 'linear' | 'log', high: number): number {
  return scale === 'log' && low <= 0 ? high / 1e4 : low;
}
