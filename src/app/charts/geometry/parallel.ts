import type { NetworkView, RunView } from '../../../core/run-file/view.ts';
import type { NetworkId } from '../../../core/search/events.ts';
import { objectives, type ObjectiveKey } from '../../../core/search/objectives.ts';
import type { Brushes } from '../props.ts';
import { wholeDomain, type Domain } from './domain.ts';
import type { Scale } from '../../../core/compare/scale.ts';
import { objectiveScale, objectiveTicks } from './scale.ts';

export interface ParallelAxis {
  readonly key: ObjectiveKey;
  readonly x: number;
  readonly domain: Domain;
  readonly scale: Scale;
  readonly ticks: readonly number[];
}

/** Axes side by side, the better end of each at the bottom. */
export function parallelAxes(
  view: RunView,
  keys: readonly ObjectiveKey[],
  [left, right]: readonly [number, number],
  [top, bottom]: readonly [number, number],
): ParallelAxis[] {
  const ticks = Math.max(1, Math.min(5, Math.floor((bottom - top) / 20)));
  return keys.map((key, i) => {
    const domain = wholeDomain(view, key);
    return {
      key,
      x: keys.length < 2 ? (left + right) / 2 : left + ((right - left) * i) / (keys.length - 1),
      domain,
      scale: objectiveScale(key, domain, [bottom, top]),
      ticks: objectiveTicks(key, domain, ticks),
    };
  });
}

/** The stored value at a height on the axis; the inverse of its scale. */
export function valueAt(axis: ParallelAxis, y: number, [top, bottom]: readonly [number, number]): number {
  const share = Math.min(1, Math.max(0, (bottom - y) / Math.max(1, bottom - top)));
  const [low, high] = axis.domain;
  return objectives[axis.key].scale === 'log'
    ? low * Math.pow(high / low, share)
    : low + (high - low) * share;
}

/** Whether a network lies inside every brush. */
export function passes(network: NetworkView, brushes: Brushes): boolean {
  return (Object.keys(brushes) as ObjectiveKey[]).every((key) => {
    const range = brushes[key];
    const value = network.objectives[key];
    return !range || value === undefined || (value >= range[0] && value <= range[1]);
  });
}

export interface ParallelLine {
  readonly id: NetworkId;
  readonly path: string;
  readonly points: readonly { readonly key: ObjectiveKey; readonly x: number; readonly y: number }[];
  readonly passes: boolean;
}

/** One line a front network, over the axes on which it has a value. */
export function parallelLines(
  view: RunView,
  axes: readonly ParallelAxis[],
  brushes: Brushes,
): ParallelLine[] {
  return view.front.flatMap((id) => {
    const network = view.networks.get(id);
    if (!network) return [];
    const points = axes.flatMap(({ key, x, scale }) => {
      const value = network.objectives[key];
      return value === undefined ? [] : [{ key, x, y: scale(value) }];
    });
    const path = `M${points.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join('L')}`;
    return points.length > 0 ? [{ id, path, points, passes: passes(network, brushes) }] : [];
  });
}
