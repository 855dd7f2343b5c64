import { type CellPlace, type Group, meet, type Placed } from './board.ts';

/** A number on its way to its group. */
export interface Flight {
  readonly from: CellPlace | null;
  readonly to: CellPlace;
  readonly group: Group;
}

/** The channel that a group makes, or reads; a dense row has only the one it reads. What has none comes last. */
function channelOf({ kind, input, output }: Group, by: 'makes' | 'reads'): number {
  const channel = by === 'reads' || kind === 'dense' ? input : output;
  return channel < 0 ? Infinity : channel;
}

/**
 * Which numbers fly together: all, where no two groups meet on their straight ways; else channel after channel, as when
 * a block's columns become rows.
 */
export function wavesOf<Item extends Flight>(
  items: readonly Item[],
  by: 'makes' | 'reads' = 'makes',
): readonly (readonly Item[])[] {
  const journeys = new Map<string, Placed>();
  for (const { from, to, group } of items) {
    if (!from || journeys.has(group.key)) continue;
    const [dx, dy] = [(from.x - to.x) / 2, (from.y - to.y) / 2];
    journeys.set(group.key, { x: group.x + dx, y: group.y + dy, group });
  }
  const all = [...journeys.values()];
  if (!all.some((a, i) => all.slice(i + 1).some((b) => meet(a, b, 2))))
    return items.length > 0 ? [items] : [];
  const lanes = new Map<number, Item[]>();
  for (const item of items) {
    const channel = channelOf(item.group, by);
    lanes.set(channel, [...(lanes.get(channel) ?? []), item]);
  }
  return [...lanes].sort(([a], [b]) => a - b).map(([, lane]) => lane);
}
