import type { Item } from './drawing.ts';

/** Round steps that cover [low, high], about `count` of them. */
export function linearTicks(low: number, high: number, count = 6): readonly number[] {
  const rough = (high - low) / count;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((value) => value >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** 1, 2 and 5 times powers of ten within [low, high]. */
export function logTicks(low: number, high: number): readonly number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++)
    for (const factor of [1, 2, 5]) {
      const tick = factor * 10 ** power;
      if (tick >= low && tick <= high) ticks.push(tick);
    }
  return ticks;
}

export interface Scale {
  (value: number): number;
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** Linear map from `domain` to pixels; on the logarithm where `log`. */
export function scaleOf(
  domain: readonly [number, number],
  range: readonly [number, number],
  log = false,
): Scale {
  const on = (value: number) => (log ? Math.log(value) : value);
  const [a, b] = [on(domain[0]), on(domain[1])];
  const scale = (value: number) => range[0] + ((on(value) - a) / (b - a || 1)) * (range[1] - range[0]);
  return Object.assign(scale, { domain, range });
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** "M x y L x y ..." in tenths of a pixel. */
export const polyline = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');

/** Grid lines, numbers and names of two axes. */
export function axisItems(
  x: Scale,
  y: Scale,
  xTicks: readonly { readonly at: number; readonly text: string }[],
  yTicks: readonly { readonly at: number; readonly text: string }[],
  names: { readonly x: string; readonly y: string },
): readonly Item[] {
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  return [
    ...yTicks.flatMap(({ at, text }): Item[] => [
      {
        kind: 'path',
        d: polyline([
          [left, y(at)],
          [right, y(at)],
        ]),
        stroke: 'hair',
        width: 1,
      },
      { kind: 'text', x: left - 8, y: rounded(y(at) + 4), text, tone: 'muted', anchor: 'end' },
    ]),
    ...xTicks.map(({ at, text }): Item => ({
      kind: 'text',
      x: rounded(x(at)),
      y: bottom + 18,
      text,
      tone: 'muted',
      anchor: 'middle',
    })),
    {
      kind: 'path',
      d: polyline([
        [left, bottom],
        [right, bottom],
      ]),
      stroke: 'muted',
      width: 1,
    },
    { kind: 'text', x: right, y: bottom + 36, text: names.x, tone: 'ink', anchor: 'end' },
    { kind: 'text', x: left, y: top - 12, text: names.y, tone: 'ink' },
  ];
}

/** Heights near `wanted`, in its order, at least `gap` apart within [low, high]. */
export function spreadLabels(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = wanted.map((value) => Math.min(high, Math.max(low, value)));
  order.forEach((index, position) => {
    if (position > 0) placed[index] = Math.max(placed[index]!, placed[order[position - 1]!]! + gap);
  });
  for (let position = order.length - 1; position >= 0; position--) {
    const limit = position === order.length - 1 ? high : placed[order[position + 1]!]! - gap;
    placed[order[position]!] = Math.min(placed[order[position]!]!, limit);
  }
  return placed;
}
