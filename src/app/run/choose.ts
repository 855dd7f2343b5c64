import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import type { ObjectiveKey } from '../../core/search/objectives.ts';
import { objectives } from '../../core/search/objectives.ts';
import { members } from '../model/picks.ts';

export type Weighting = Readonly<Partial<Record<ObjectiveKey, number>>>;

interface Scaled {
  readonly network: NetworkView;
  /** 0 (best of the front) to 1 (worst of the front) in every objective. */
  readonly values: readonly number[];
}

function scaled(view: RunView, keys: readonly ObjectiveKey[]): readonly Scaled[] {
  const front = members(view, view.front).filter((network) =>
    keys.every((key) => network.objectives[key] !== undefined),
  );
  const columns = keys.map((key) => {
    const raw = front.map((network) => network.objectives[key]!);
    const values =
      objectives[key].scale === 'log' ? raw.map((value) => Math.log10(Math.max(value, 1e-12))) : raw;
    const low = Math.min(...values);
    const high = Math.max(...values);
    return values.map((value) => (high > low ? (value - low) / (high - low) : 0));
  });
  return front.map((network, index) => ({ network, values: columns.map((column) => column[index]!) }));
}

/**
 * The front's member with the least weighted distance to the front's ideal point (weighted Chebyshev, so that
 * members of a concave part can be found too), each objective scaled to the front's own range; ties by the sum.
 */
export function bestByWeights(
  view: RunView,
  keys: readonly ObjectiveKey[],
  weights: Weighting,
): NetworkView | null {
  let best: { network: NetworkView; worst: number; sum: number } | null = null;
  for (const { network, values } of scaled(view, keys)) {
    const parts = values.map((value, index) => value * (weights[keys[index]!] ?? 1));
    const worst = Math.max(...parts);
    const sum = parts.reduce((a, b) => a + b, 0);
    if (!best || worst < best.worst - 1e-12 || (Math.abs(worst - best.worst) <= 1e-12 && sum < best.sum))
      best = { network, worst, sum };
  }
  return best?.network ?? null;
}

/**
 * The knee of the front in two objectives: the member farthest below the line between its two ends (Das 1999),
 * each objective scaled to the front's own range. Null where no member lies below that line.
 */
export function kneeOf(view: RunView, x: ObjectiveKey, y: ObjectiveKey): NetworkView | null {
  const points = scaled(view, [x, y]).toSorted((a, b) => a.values[0]! - b.values[0]!);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return null;
  const [x0, y0] = [first.values[0]!, first.values[1]!];
  const [x1, y1] = [last.values[0]!, last.values[1]!];
  let best: NetworkView | null = null;
  let farthest = 1e-9;
  for (const { network, values } of points) {
    const below = (y0 - values[1]!) * (x1 - x0) - (y0 - y1) * (values[0]! - x0);
    if (below > farthest) {
      farthest = below;
      best = network;
    }
  }
  return best;
}
