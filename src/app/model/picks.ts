import { uselessError } from '../../core/search/objectives.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';

/** Front members by size, the smallest first (by the first cheap objective of the recipe). */
export function frontBySize(view: RunView): readonly NetworkView[] {
  const cheap =
    view.recipe.objectives.find((key) => key !== 'error' && key !== 'secondError') ?? 'parameters';
  return members(view, view.front).sort((a, b) => (a.objectives[cheap] ?? 0) - (b.objectives[cheap] ?? 0));
}

export function members(view: Pick<RunView, 'networks'>, ids: readonly NetworkId[]): NetworkView[] {
  return ids.flatMap((id) => view.networks.get(id) ?? []);
}

export interface Picks {
  /** The smallest with an error below one half, where there is one: what hardly learned is no find. */
  readonly smallest: NetworkView;
  /** The smallest whose error is within 2 points of the lowest. */
  readonly bargain: NetworkView;
  readonly best: NetworkView;
}

/** Three members of the front worth a name; null while no network is evaluated. */
export function picksOf(view: RunView): Picks | null {
  const front = members(view, view.front).filter((network) => network.objectives.error !== undefined);
  const size = (network: NetworkView) => network.objectives.parameters ?? Infinity;
  const error = (network: NetworkView) => network.objectives.error ?? 1;
  const bySize = front.toSorted((a, b) => size(a) - size(b));
  const smallest = bySize.find((network) => error(network) < uselessError) ?? bySize[0];
  const best = front.toSorted((a, b) => error(a) - error(b) || size(a) - size(b))[0];
  if (!smallest || !best) return null;
  const bargain = front
    .filter((network) => error(network) <= error(best) + 0.02)
    .reduce((a, b) => (size(b) < size(a) ? b : a), best);
  return { smallest, bargain, best };
}

export type PickName = keyof Picks | 'only' | 'useful' | 'between';

/** Each pick once, by size: a bargain that is also an end keeps the end's name; 'only' where one network is both ends. */
export function namedPicks(
  { smallest, bargain, best }: Picks,
  { networks, front }: Pick<RunView, 'networks' | 'front'>,
): readonly { readonly name: PickName; readonly network: NetworkView }[] {
  const size = (network: NetworkView | undefined) => network?.objectives.parameters ?? Infinity;
  const isSmallest = front.every((id) => size(networks.get(id)) >= size(smallest));
  if (smallest.id === best.id && isSmallest) return [{ name: 'only', network: best }];
  if (smallest.id === best.id) return [{ name: 'best', network: best }];
  const isBargain = bargain.id !== smallest.id && bargain.id !== best.id;
  const between = isBargain
    ? { name: 'bargain' as const, network: bargain }
    : middleOf({ smallest, bargain, best }, networks, members({ networks }, front));
  return [
    { name: isSmallest ? 'smallest' : 'useful', network: smallest },
    ...(between ? [between] : []),
    { name: 'best', network: best },
  ];
}

type Networks = RunView['networks'];

/** Operators between a starting network and this one. */
function operatorsTo(networks: Networks, network: NetworkView): number {
  const parent = network.parent === null ? undefined : networks.get(network.parent);
  return network.chain.length + (parent ? operatorsTo(networks, parent) : 0);
}

/**
 * Where the bargain is an end of the front: of the members between the ends the one nearest to the middle size, by ratio;
 * of those that operators led to, where there are any.
 */
function middleOf(
  { smallest, best }: Picks,
  networks: Networks,
  front: readonly NetworkView[],
): { readonly name: 'between'; readonly network: NetworkView } | null {
  const size = ({ objectives }: NetworkView) => Math.max(1, objectives.parameters ?? 1);
  const off = (network: NetworkView) =>
    Math.abs(Math.log(size(network) ** 2 / (size(smallest) * size(best))));
  const between = front
    .filter((network) => size(network) > size(smallest) && size(network) < size(best))
    .sort((a, b) => off(a) - off(b));
  const made = between.find((network) => operatorsTo(networks, network) > 0);
  const middle = made ?? between[0];
  return middle ? { name: 'between', network: middle } : null;
}

/** More than this share of wrong answers is no fun to draw for. */
const drawableError = 0.15;

/** The two that answer a drawing: the smallest that answers well (else the smallest of all), and the most accurate. */
export function drawPair<T extends { readonly objectives: NetworkView['objectives'] }>(
  front: readonly T[],
): { readonly small: T; readonly best: T; readonly isSmallest: boolean } | null {
  const bySize = front.toSorted((a, b) => (a.objectives.parameters ?? 0) - (b.objectives.parameters ?? 0));
  const smallest = bySize[0];
  if (!smallest) return null;
  const error = (one: T) => one.objectives.error ?? 1;
  const best = bySize.reduce((a, b) => (error(b) < error(a) ? b : a));
  const small = bySize.find((one) => error(one) <= drawableError) ?? smallest;
  return { small, best, isSmallest: small === smallest };
}

/** Of the front the one with most operators along its line of ancestors: the one whose growth tells most. */
export function mostGrown(view: RunView): NetworkView | null {
  const front = frontBySize(view);
  return front.reduce<NetworkView | null>(
    (a, b) => (a === null || operatorsTo(view.networks, b) > operatorsTo(view.networks, a) ? b : a),
    null,
  );
}
