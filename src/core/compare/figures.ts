import type { ObjectiveKey } from '../search/objectives.ts';
import { axisItems, polyline, spreadLabels } from './axes.ts';
import { bandOf, type Comparison, type Group } from './comparison.ts';
import { groupLook, type Drawing, type Item } from './drawing.ts';
import { linearTicks, logTicks, scaleOf, type Scale } from './scale.ts';

/** What a figure says; `title` names the data set. */
export interface FigureWords {
  readonly objectives: Readonly<Record<ObjectiveKey, string>>;
  readonly hypervolume: string;
  /** What the curves are drawn over. */
  readonly axes: { readonly curve: string; readonly clock: string };
  readonly titles: {
    readonly hypervolume: (axis: string, title: string) => string;
    readonly attainment: (title: string) => string;
    readonly fronts: (title: string) => string;
  };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below this width the names stand under the plot instead of at the lines' ends. */
const narrow = 560;
const labelHeight = 16;

/** With the number of seeds, where there are several. */
const nameOf = ({ label, runs }: Group): string => (runs.length === 1 ? label : `${label} (${runs.length})`);

/** Room for the names, by their length. */
function frameOf({ width, height }: Size, groups: readonly Group[]) {
  const longest = Math.max(...groups.map((group) => nameOf(group).length));
  const below = width < narrow;
  const right = below ? 12 : Math.min(0.4 * width, 44 + 6.2 * longest);
  const bottom = 46 + (below ? groups.length * labelHeight + 8 : 0);
  return { x: [52, width - right] as const, y: [height - bottom, 34] as const };
}

const short = (value: number): string =>
  value >= 1e6 ? `${value / 1e6}M` : value >= 1000 ? `${value / 1000}k` : String(value);

/** Names at the right end of the lines (or below), apart from each other, each with a piece of its line; `looks` as groupLook numbers them. */
function endLabels(
  groups: readonly Group[],
  heights: readonly number[],
  x: Scale,
  y: Scale,
  size: Size,
  looks: readonly number[] = groups.map((_, index) => index),
): readonly Item[] {
  const below = size.width < narrow;
  const placed = below
    ? groups.map((_, index) => size.height - 12 - (groups.length - 1 - index) * labelHeight)
    : spreadLabels(heights, labelHeight, y.range[1] + 4, y.range[0] - 4);
  const left = below ? x.range[0] : x.range[1] + 10;
  return groups.flatMap((group, index): readonly Item[] => {
    const { tone, dash } = groupLook(looks[index]!);
    const at = placed[index]!;
    return [
      {
        kind: 'path',
        d: polyline([
          [left, at],
          [left + 20, at],
        ]),
        stroke: tone,
        dash,
        width: 2,
      },
      {
        kind: 'text',
        x: left + 26,
        y: Math.round(at + 4),
        text: nameOf(group),
        tone: 'ink',
        strong: looks[index] === 0,
      },
    ];
  });
}

/** A step curve: each value holds until the next x. */
const steps = (points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] =>
  points.flatMap((point, index) =>
    index === 0 ? [point] : [[point[0], points[index - 1]![1]] as const, point],
  );

/**
 * Hypervolume by images seen (or seconds of training): a line is the mean over seeds, its band runs from the lowest to
 * the highest seed; the number of seeds stands behind the name. The axis begins at the lowest value drawn. At least one
 * group must have a curve; those of which only the fronts are known are left out.
 */
export function hypervolumeFigure(
  comparison: Comparison,
  title: string,
  size: Size,
  words: FigureWords,
  by: 'curve' | 'clock' = 'curve',
): Drawing {
  const drawn = comparison.groups
    .map((group, look) => ({ group, look, band: bandOf(group, by) }))
    .filter(({ band }) => band.length > 0);
  const groups = drawn.map(({ group }) => group);
  const all = drawn.flatMap(({ band }) => band);
  const frame = frameOf(size, groups);
  const low = Math.min(...all.map((point) => point.low));
  const high = Math.max(...all.map((point) => point.high));
  const pad = (high - low || 0.01) * 0.05;
  const x = scaleOf([Math.min(...all.map((p) => p.x)), Math.max(...all.map((p) => p.x))], frame.x);
  const y = scaleOf([low - pad, high + pad], frame.y);
  const items = drawn.flatMap(({ band, look }): Item[] => {
    const { tone, dash } = groupLook(look);
    const line = (pick: (point: (typeof band)[number]) => number) =>
      steps(band.map((point) => [x(point.x), y(pick(point))] as const));
    const area = `${polyline([...line((p) => p.high), ...[...line((p) => p.low)].reverse()])}Z`;
    return [
      { kind: 'path', d: area, fill: tone, opacity: drawn.length > 4 ? 0.05 : 0.12 },
      { kind: 'path', d: polyline(line((p) => p.mean)), stroke: tone, dash, width: look === 0 ? 2.5 : 1.75 },
    ];
  });
  const xTicks = linearTicks(...x.domain).map((at) => ({ at, text: by === 'curve' ? short(at) : `${at} s` }));
  const places = linearTicks(...y.domain);
  // As many decimals as tell every tick as it is: 0.925 is not 0.93.
  const digits =
    [2, 3, 4].find((d) => places.every((at) => Math.abs(Number(at.toFixed(d)) - at) < 1e-9)) ?? 5;
  const yTicks = places.map((at) => ({ at, text: at.toFixed(digits) }));
  const names = { x: words.axes[by], y: `${words.hypervolume} · ${title}` };
  const ends = drawn.map(({ band }) => y(band.at(-1)!.mean));
  const looks = drawn.map(({ look }) => look);
  return {
    ...size,
    title: words.titles.hypervolume(names.x, title),
    items: [
      ...axisItems(x, y, xTicks, yTicks, names),
      ...items,
      ...endLabels(groups, ends, x, y, size, looks),
    ],
  };
}

const isError = (key: ObjectiveKey): boolean => key === 'error' || key === 'secondError';

/** Scales of a plot of two objectives: cheap ones on a logarithm, errors from 0. */
function planeOf({ objectives, groups }: Comparison, size: Size, words: FigureWords) {
  const frame = frameOf(size, groups);
  const [kx, ky] = [objectives[0]!, objectives[1]!];
  const values = (key: ObjectiveKey) =>
    groups.flatMap(({ runs }) => runs.flatMap(({ front }) => front.map((each) => each.objectives[key]!)));
  const domain = (key: ObjectiveKey): readonly [number, number] => {
    const all = values(key);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return isError(key) ? [0, Math.min(1, high * 1.05)] : [low / 1.1, high * 1.1];
  };
  const x = scaleOf(domain(kx), frame.x, isError(kx) ? 'linear' : 'log');
  const y = scaleOf(domain(ky), frame.y, isError(ky) ? 'linear' : 'log');
  const ticks = (key: ObjectiveKey, scale: Scale) =>
    isError(key)
      ? linearTicks(...scale.domain).map((at) => ({ at, text: `${Number((100 * at).toFixed(1))} %` }))
      : logTicks(...scale.domain).map((at) => ({ at, text: short(at) }));
  const axes = (title: string) =>
    axisItems(x, y, ticks(kx, x), ticks(ky, y), {
      x: words.objectives[kx],
      y: `${words.objectives[ky]} · ${title}`,
    });
  return { x, y, kx, ky, axes };
}

/** The staircase through corners, from its first corner's x to the right edge. */
const stairs = (
  corners: readonly (readonly [number, number])[],
  x: Scale,
  y: Scale,
): readonly (readonly [number, number])[] => {
  const points = steps(corners.map(([a, b]) => [x(a), y(b)] as const));
  const last = points.at(-1);
  return last ? [...points, [x.range[1], last[1]]] : [];
};

/** What half of each group's runs attain, and faintly what a quarter and three quarters do; two objectives only. */
export function attainmentFigure(
  comparison: Comparison,
  title: string,
  size: Size,
  words: FigureWords,
): Drawing | null {
  if (comparison.objectives.length !== 2) return null;
  const { x, y, axes } = planeOf(comparison, size, words);
  const items = comparison.groups.flatMap(({ surfaces, runs }, index): Item[] => {
    const { tone, dash } = groupLook(index);
    const line = (corners: readonly (readonly [number, number])[]) => polyline(stairs(corners, x, y));
    const faint = runs.length < 2 ? [] : [surfaces!.quarter, surfaces!.threeQuarters];
    return [
      ...faint.map((corners): Item => ({
        kind: 'path',
        d: line(corners),
        stroke: tone,
        width: 1,
        opacity: 0.25,
      })),
      { kind: 'path', d: line(surfaces!.half), stroke: tone, dash, width: index === 0 ? 2.5 : 1.75 },
    ];
  });
  const ends = comparison.groups.map(({ surfaces }) => y(surfaces!.half.at(-1)?.[1] ?? y.domain[1]));
  return {
    ...size,
    title: words.titles.attainment(title),
    items: [...axes(title), ...items, ...endLabels(comparison.groups, ends, x, y, size)],
  };
}

/** Every run's front, dots by group; two objectives only. */
export function frontsFigure(
  comparison: Comparison,
  title: string,
  size: Size,
  words: FigureWords,
): Drawing | null {
  if (comparison.objectives.length !== 2) return null;
  const { x, y, kx, ky, axes } = planeOf(comparison, size, words);
  const items = comparison.groups.flatMap(({ runs }, index) =>
    runs.flatMap(({ front }): Item[] => {
      const { tone, dash } = groupLook(index);
      const corners = front
        .map(({ objectives }) => [objectives[kx]!, objectives[ky]!] as const)
        .sort((a, b) => a[0] - b[0]);
      return [
        { kind: 'path', d: polyline(stairs(corners, x, y)), stroke: tone, dash, width: 1, opacity: 0.5 },
        ...corners.map(([a, b]): Item => ({
          kind: 'dot',
          x: Math.round(x(a) * 10) / 10,
          y: Math.round(y(b) * 10) / 10,
          radius: 3,
          fill: tone,
        })),
      ];
    }),
  );
  const ends = comparison.groups.map(({ runs }) =>
    y(Math.min(...runs.flatMap(({ front }) => front.map(({ objectives }) => objectives[ky]!)))),
  );
  return {
    ...size,
    title: words.titles.fronts(title),
    items: [...axes(title), ...items, ...endLabels(comparison.groups, ends, x, y, size)],
  };
}
