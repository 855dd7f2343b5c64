import { listText } from '../../text/format.ts';
import { texts } from '../../text/texts.ts';
import { scaleOf } from '../../../core/compare/scale.ts';
import { logDensity } from '../../../core/search/density.ts';
import type { DensityRecord } from '../../../core/search/events.ts';
import type { ProposedChild } from '../../../core/search/two-stage.ts';

export type Domain = readonly [low: number, high: number];

/** The axis of all three rows: the members' sizes and room for what three operators make of them. */
export function axisOf(sizes: readonly number[]): Domain {
  if (sizes.length === 0) return [100, 10_000];
  return [Math.min(...sizes) / 1.8, Math.max(...sizes) * 6];
}

export function logScale(domain: Domain, range: readonly [number, number]): (value: number) => number {
  const scale = scaleOf(domain, range, 'log');
  return (value) => scale(Math.min(domain[1], Math.max(domain[0], value)));
}

/** The density on `count` equal steps of the axis, as shares of its peak; empty where there is none. */
export function densityShares(density: DensityRecord, [low, high]: Domain, count: number): readonly number[] {
  if (density.kind === 'uniform') return [];
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const logs = Array.from({ length: count + 1 }, (_, i) =>
    logDensity(density, [from + ((to - from) * i) / count]),
  );
  const top = Math.max(...logs);
  return logs.map((log) => Math.exp(log - top));
}

/** Heights of marks that stand on each other where they would overlap: 0 lowest. */
export function stacked(xs: readonly number[], apart: number): readonly number[] {
  const placed: { x: number; level: number }[] = [];
  return xs.map((x) => {
    const near = placed.filter((other) => Math.abs(other.x - x) < apart).map(({ level }) => level);
    let level = 0;
    while (near.includes(level)) level++;
    placed.push({ x, level });
    return level;
  });
}

/** `xs` moved as little as it takes to stand `apart` from each other within `range`; order kept. */
export function spread(xs: readonly number[], apart: number, [low, high]: Domain): readonly number[] {
  const order = xs.map((_, i) => i).sort((a, b) => xs[a]! - xs[b]!);
  const gap = Math.min(apart, (high - low) / Math.max(1, xs.length - 1));
  const at = order.map((i) => Math.min(high, Math.max(low, xs[i]!)));
  for (let i = 1; i < at.length; i++) at[i] = Math.max(at[i]!, at[i - 1]! + gap);
  const over = (at.at(-1) ?? 0) - high;
  if (over > 0) {
    at[at.length - 1] = high;
    for (let i = at.length - 2; i >= 0; i--) at[i] = Math.min(at[i]!, at[i + 1]! - gap);
  }
  const result: number[] = [];
  order.forEach((index, place) => (result[index] = at[place]!));
  return result;
}

/** How many of `sizes` fall into each of `count` equal bins of the log axis; outside counts at the end. */
export function histogram(sizes: readonly number[], [low, high]: Domain, count: number): readonly number[] {
  const bins = Array.from({ length: count }, () => 0);
  for (const size of sizes) {
    const share = Math.log(size / low) / Math.log(high / low);
    bins[Math.min(count - 1, Math.max(0, Math.floor(share * count)))]! += 1;
  }
  return bins;
}

/** Which bars get a number beside them: the tallest first, none nearer than `apart`. */
export function labelled(
  xs: readonly number[],
  values: readonly number[],
  apart: number,
): ReadonlySet<number> {
  const order = values.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  const chosen: number[] = [];
  for (const i of order) if (chosen.every((j) => Math.abs(xs[i]! - xs[j]!) >= apart)) chosen.push(i);
  return new Set(chosen);
}

export const shareOf = (flags: readonly boolean[]): number =>
  flags.length === 0 ? 0 : flags.filter(Boolean).length / flags.length;

/** A line from a parent at the top down to a child, leaving and arriving straight. */
export const fall = (x0: number, y0: number, x1: number, y1: number): string => {
  const middle = (y0 + y1) / 2;
  return `M${x0.toFixed(1)} ${y0}C${x0.toFixed(1)} ${middle} ${x1.toFixed(1)} ${middle} ${x1.toFixed(1)} ${y1}`;
};

export const operatorsText = (child: ProposedChild): string =>
  listText(child.operators.map((operator) => texts.operators[operator]));
