import { type Board, type Group, meet, type Placed } from './board.ts';
import {
  appears,
  ease,
  flightAt,
  type Motion,
  type OriginKind,
  progressOf,
  type Timeline,
} from './timeline.ts';

/** A frame round a group of numbers, of their origin, moving with them. */
export interface Frame extends Placed {
  readonly kind: OriginKind | 'broken';
  readonly opacity: number;
  /** Its numbers are on their way: it lies over the others. */
  readonly flying: boolean;
  readonly motions: readonly Motion[];
}

/** A group of the parent on its way out. */
export interface Going {
  readonly group: Group;
  readonly opacity: number;
  readonly hatched: boolean;
}

/** Which origin a mixed group's frame shows, first match first. */
const priority: readonly OriginKind[] = [
  'identity',
  'he',
  'factor',
  'divided',
  'measured',
  'repeated',
  'one',
];

export const keyOf = ({ node }: Group, { tensor, index }: Group['cells'][number]): string =>
  `${node}/${tensor}/${index}`;

function originOf(motions: readonly Motion[]): OriginKind {
  const kinds = new Set(motions.map(({ kind }) => kind));
  const first = priority.find((one) => kinds.has(one));
  return first ?? (kinds.has('zero') && !kinds.has('copied') ? 'zero' : 'copied');
}

/** The child's groups that are there at `time` (ms), each where its first number is. */
export function framesAt(
  { groups }: Board,
  byKey: ReadonlyMap<string, Motion>,
  time: number,
  isBroken: (key: string) => boolean,
): readonly Frame[] {
  return groups.flatMap((group) => {
    const motions = group.cells.flatMap((cell) => byKey.get(keyOf(group, cell)) ?? []);
    const first = motions[0];
    if (!first) return [];
    const arrived = Math.max(...motions.map((motion) => progressOf(motion, time)));
    if (arrived === 0 && appears(first)) return [];
    const p = ease(progressOf(first, time));
    const at = flightAt(first, p);
    return [
      {
        group,
        kind: motions.some(({ key }) => isBroken(key))
          ? ('broken' as const)
          : arrived > 0
            ? originOf(motions)
            : ('copied' as const),
        x: at.x - (first.to.x - group.x),
        y: at.y - (first.to.y - group.y),
        flying: first.path !== 'none' && first.from !== null && p > 0 && p < 1,
        opacity: first.from === null ? Math.min(1, arrived * 2) : 1,
        motions,
      },
    ];
  });
}

/** Places of groups that the parent has not: empty until something lands, and where nothing else lies at the moment. */
export function emptyPlaces({ groups }: Board, frames: readonly Frame[]): readonly Group[] {
  const there = new Set(frames.map(({ group }) => group.key));
  return groups.filter(
    (group) =>
      !there.has(group.key) && !frames.some((frame) => meet(frame, { x: group.x, y: group.y, group }, 1)),
  );
}

/** The parent's groups that no child has, until they are gone. */
export function goingAt(
  { groups }: Board,
  byKey: ReadonlyMap<string, Motion>,
  { stops }: Timeline,
  time: number,
): readonly Going[] {
  return groups.flatMap((group) => {
    const motion = group.cells.map((cell) => byKey.get(`gone/${keyOf(group, cell)}`)).find((one) => one);
    const p = motion ? progressOf(motion, time) : 1;
    if (p >= 1) return [];
    return [{ group, opacity: 1 - p, hatched: p > 0 || (stops[0]?.id === 'count' && time > 300) }];
  });
}
