import { ticks } from 'd3';
import { objectives, type ObjectiveKey } from '../../../core/search/objectives.ts';
import type { Domain } from './domain.ts';
import { objectiveUnits } from '../../text/format.ts';

export type Scale = (value: number) => number;

/**
 * Objective value to px: linear for errors, log for sizes and times; values outside go outside. Not d3's scales: they
 * bring its interpolation of colours along, a twelfth of what a first visitor waits for.
 */
export function objectiveScale(
  key: ObjectiveKey,
  domain: Domain,
  [from, to]: readonly [number, number],
): Scale {
  const level = objectives[key].scale === 'log' ? Math.log : (value: number) => value;
  const [low, high] = [level(domain[0]), level(domain[1])];
  return (value) =>
    high === low ? (from + to) / 2 : from + ((to - from) * (level(value) - low)) / (high - low);
}

/** Ticks in stored units: about `count` on linear, 1-3 (or 1, or 1-2-3-5) per decade on log. */
export function objectiveTicks(key: ObjectiveKey, domain: Domain, count = 5): number[] {
  const { factor } = objectiveUnits[key];
  const [low, high] = [domain[0] * factor, domain[1] * factor];
  if (objectives[key].scale === 'linear') return ticks(low, high, count).map((value) => value / factor);
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

function logTicks(low: number, high: number, steps: readonly number[]): number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
    for (const step of steps) {
      const value = step * Math.pow(10, power);
      if (value >= low && value <= high) found.push(Number(value.toPrecision(6)));
    }
  return found;
}

function thin(values: number[], count: number): number[] {
  const every = Math.ceil(values.length / Math.max(1, count));
  return values.filter((_, i) => i % every === 0);
}
