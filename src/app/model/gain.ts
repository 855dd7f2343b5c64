import { identityOf } from '../../core/architecture/identity.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import { members } from './picks.ts';

/** How far a front has left its start behind. */
export interface Gain {
  /** The starting network of least error. */
  readonly start: NetworkView;
  readonly starts: number;
  /** Starting networks that are still on the front, as they were. */
  readonly left: number;
  /** Networks on the front that are not. */
  readonly found: number;
  /** The smallest of the front that is at least as accurate as it. */
  readonly smaller: NetworkView | null;
  /** The most accurate of the front that is no larger. */
  readonly better: NetworkView | null;
  /** The most accurate of the front, where it is more accurate than the start, whatever its size. */
  readonly beyond: NetworkView | null;
  /** A network whose layers the search changed, and a starting network that it beats in both: by most, both taken together. */
  readonly beating: { readonly start: NetworkView; readonly network: NetworkView } | null;
  /** Which of these is the headline: one whose layers the search changed, where there is one. */
  readonly head: 'smaller' | 'better' | 'beyond' | 'beating' | null;
  /** What it won was won by training alone: it has the layers of a starting network. */
  readonly onlyTrained: boolean;
}

const startsOf = (view: RunView) => members(view, view.generations[0]?.trained ?? []);

/** The networks of `list` that are no starting network but have the layers of one: they were only trained on. */
export function onlyTrained(view: RunView, list: readonly NetworkView[]): ReadonlySet<number> {
  const starts = startsOf(view);
  const layers = new Set(starts.map(({ architecture }) => identityOf(architecture)));
  const later = list.filter((network) => !starts.some(({ id }) => id === network.id));
  return new Set(
    later.filter(({ architecture }) => layers.has(identityOf(architecture))).map(({ id }) => id),
  );
}

/** The network of the headline, where operators made it. */
export function madeHead({ head, beating, onlyTrained, ...won }: Gain): NetworkView | null {
  if (head === null || onlyTrained) return null;
  return head === 'beating' ? (beating?.network ?? null) : won[head];
}

/** Null where no starting network was evaluated, or errors and parameters are not what the run is about. */
export function gainOverStart(view: RunView): Gain | null {
  const { objectives } = view.recipe;
  if (!objectives.includes('error') || !objectives.includes('parameters')) return null;
  const error = (network: NetworkView) => network.objectives.error ?? Infinity;
  const size = (network: NetworkView) => network.objectives.parameters ?? Infinity;
  const starts = startsOf(view).filter(({ status }) => status === 'evaluated');
  const [start] = starts.toSorted((a, b) => error(a) - error(b) || size(a) - size(b));
  if (!start || view.generation === 0) return null;
  const front = members(view, view.front);
  const [smaller = null] = front
    .filter((network) => error(network) <= error(start) && size(network) < size(start))
    .sort((a, b) => size(a) - size(b));
  const moreAccurate = front
    .filter((network) => error(network) < error(start))
    .sort((a, b) => error(a) - error(b));
  const [beyond = null] = moreAccurate;
  const better = moreAccurate.find((network) => size(network) <= size(start)) ?? null;
  const left = starts.filter(({ onFront }) => onFront).length;
  const won = Object.entries({ smaller, better, beyond }).flatMap(([kind, network]) =>
    network ? [{ kind: kind as 'smaller' | 'better' | 'beyond', network }] : [],
  );
  const trained = onlyTrained(view, front);
  const made = front.filter(({ id, generation }) => generation > 0 && !trained.has(id));
  /** What is left of its errors times what is left of its size: won on both axes. */
  const rest = (won: { readonly start: NetworkView; readonly network: NetworkView }) =>
    (error(won.network) / error(won.start)) * (size(won.network) / size(won.start));
  const [beating = null] = made
    .flatMap((network) =>
      starts
        .filter((one) => size(network) <= size(one) && error(network) < error(one))
        .map((beaten) => ({ start: beaten, network })),
    )
    .sort((a, b) => rest(a) - rest(b));
  const byMaking = won.find(({ network }) => !trained.has(network.id));
  const head = byMaking?.kind ?? (beating ? 'beating' : (won[0]?.kind ?? null));
  return {
    ...{
      start,
      starts: starts.length,
      left,
      found: front.length - left,
      smaller,
      better,
      beyond,
      beating,
      head,
    },
    onlyTrained: !byMaking && !beating && won.length > 0,
  };
}
