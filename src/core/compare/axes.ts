import type { Item } from './drawing.ts';
import type { Scale } from './scale.ts';

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
