import type { RunView } from '../../../core/run-file/view.ts';
import type { TimelinePoint } from '../props.ts';

/** Hypervolume and joins of every generation that has competed. */
export function timelinePoints(view: RunView): TimelinePoint[] {
  return view.generations.flatMap(({ generation, outcome }) =>
    outcome ? [{ generation, hypervolume: outcome.hypervolume, joined: outcome.joined.length }] : [],
  );
}

export interface Jump {
  readonly generation: number;
  readonly hypervolume: number;
  readonly gain: number;
}

/** The biggest gains, largest first picked, at least `apart` generations from each other; in time order. */
export function biggestJumps(points: readonly TimelinePoint[], count = 4, apart = 2.2): Jump[] {
  const gains = points.slice(1).map((point, i) => ({
    generation: point.generation,
    hypervolume: point.hypervolume,
    gain: point.hypervolume - points[i]!.hypervolume,
  }));
  const chosen: Jump[] = [];
  for (const jump of gains.sort((a, b) => b.gain - a.gain || a.generation - b.generation)) {
    if (chosen.length >= count || jump.gain < 0.0005) break;
    if (chosen.every((other) => Math.abs(other.generation - jump.generation) >= apart)) chosen.push(jump);
  }
  return chosen.sort((a, b) => a.generation - b.generation);
}

/** Earlier generations whose staircases are drawn: at most 3, evenly in time, the first always. */
export function earlierGenerations(last: number): number[] {
  if (last <= 0) return [];
  const third = last / 3;
  return [...new Set([0, Math.round(third), Math.round(2 * third)])].filter(
    (generation) => generation < last,
  );
}
