import { linearTicks, logTicks, scaleOf, type Scale } from '../../../core/compare/scale.ts';
import { objectives, type ObjectiveKey } from '../../../core/search/objectives.ts';
import type { Domain } from './domain.ts';
import { objectiveUnits } from '../../text/format.ts';

/** Objective value to px: linear (or as the domain says) for errors, log for sizes and times; values outside go outside. */
export const objectiveScale = (key: ObjectiveKey, domain: Domain, range: readonly [number, number]): Scale =>
  scaleOf([domain[0], domain[1]], range, domain[2] ?? objectives[key].scale);

/** Ticks in stored units: about `count` on linear, 1-3 (or 1, or 1-2-3-5) per decade on log. */
export function objectiveTicks(key: ObjectiveKey, domain: Domain, count = 5): number[] {
  const { factor } = objectiveUnits[key];
  const [low, high] = [domain[0] * factor, domain[1] * factor];
  if (domain[2] === 'root') return rootTicks(high, count).map((value) => value / factor);
  if (objectives[key].scale === 'linear') return linearTicks(low, high, count).map((value) => value / factor);
  const sets = [[1, 2, 3, 5], [1, 3], [1]].map((steps) => logTicks(low, high, steps));
  const fits = sets.find((set) => set.length <= count + 1) ?? thin(sets[2]!, count);
  return fits.map((value) => value / factor);
}

/** Ticks of an axis with their places in px. */
export const placedTicks = (
  key: ObjectiveKey,
  domain: Domain,
  count: number,
  scale: Scale,
): readonly { readonly value: number; readonly at: number }[] =>
  objectiveTicks(key, domain, count).map((value) => ({ value, at: scale(value) }));

/** Ticks from 0 to `high`, close where the root spreads small values; the roundest stay where there is room for `count`. */
function rootTicks(high: number, count: number): readonly number[] {
  const room = Math.sqrt(high) / (count + 1.5);
  const kept: number[] = [];
  for (const tick of [0, 10, 50, 5, 30, 1, 20, 2, 90, 70]) {
    const apart = kept.every((other) => Math.abs(Math.sqrt(tick) - Math.sqrt(other)) >= room);
    if (tick <= high && apart) kept.push(tick);
  }
  return kept.sort((a, b) => a - b);
}

function thin(values: readonly number[], count: number): readonly number[] {
  const every = Math.ceil(values.length / Math.max(1, count));
  return values.filter((_, i) => i % every === 0);
}
