import { ticks } from 'd3';

/*
 * Scales and ticks of every plot, on the page and in exported figures. Not d3's scales: they bring its interpolation of
 * colours along, a twelfth of what a first visitor waits for.
 */

export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** What a scale is linear in: the value, its logarithm, or its square root, which shows small values and 0 too. */
export type Curve = 'linear' | 'log' | 'root';

const levels: Readonly<Record<Curve, (value: number) => number>> = {
  linear: (value) => value,
  log: Math.log,
  root: (value) => Math.sqrt(Math.max(0, value)),
};

/**
 * Map from `domain` to px, linear in what `curve` says; values outside go outside. The middle of the range where the
 * domain is a single value.
 */
export function scaleOf(
  domain: readonly [number, number],
  range: readonly [number, number],
  curve: Curve = 'linear',
): Scale {
  const level = levels[curve];
  const [low, high] = [level(domain[0]), level(domain[1])];
  const [from, to] = range;
  const scale = (value: number) =>
    high === low ? (from + to) / 2 : from + ((to - from) * (level(value) - low)) / (high - low);
  return Object.assign(scale, { domain, range });
}

/** Round steps within [low, high], about `count` of them. */
export const linearTicks = (low: number, high: number, count = 6): readonly number[] =>
  low < high ? ticks(low, high, count) : [low];

/** `steps` times powers of ten within [low, high]. */
export function logTicks(low: number, high: number, steps: readonly number[] = [1, 2, 5]): readonly number[] {
  const found: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
    for (const step of steps) {
      const value = step * 10 ** power;
      if (value >= low && value <= high) found.push(Number(value.toPrecision(6)));
    }
  return found;
}

/** [low, high] widened to whole steps of about `count` ticks. */
export function roundDomain(low: number, high: number, count: number): readonly [number, number] {
  const [first = low, second = high] = linearTicks(low, high, count);
  const step = second - first;
  if (!(step > 0)) return [low, high];
  const whole = (value: number, round: (value: number) => number) =>
    Number((round(value / step) * step).toPrecision(12));
  return [whole(low, Math.floor), whole(high, Math.ceil)];
}
