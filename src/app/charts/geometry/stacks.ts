import type { NetworkId } from '../../../core/search/events.ts';
import type { PlotPoint } from './trade-off.ts';

/** Marks at the same place, to half a px, by each one's id: the one that is seen first; none where a mark is alone. */
export type Stacks = ReadonlyMap<NetworkId, readonly PlotPoint[]>;

/** The marks that lie on each other. `points`: those that lie above others first. */
export function stacksOf(points: readonly PlotPoint[]): Stacks {
  const places = new Map<number, PlotPoint[]>();
  for (const point of points) {
    if (point.role === 'training') continue;
    const place = Math.round(2 * point.x) * 65_536 + Math.round(2 * point.y);
    const there = places.get(place);
    if (there) there.push(point);
    else places.set(place, [point]);
  }
  const stacks = new Map<NetworkId, readonly PlotPoint[]>();
  for (const stack of places.values())
    if (stack.length > 1) for (const { id } of stack) stacks.set(id, stack);
  return stacks;
}

/** What a click on `id` selects: it, or of equal marks the one after the one that is selected. */
export function nextOf(stacks: Stacks, id: NetworkId, selected: NetworkId | null): NetworkId {
  const stack = stacks.get(id);
  const at = stack?.findIndex((point) => point.id === selected) ?? -1;
  return stack && at >= 0 ? stack[(at + 1) % stack.length]!.id : id;
}
