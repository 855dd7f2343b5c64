import { layoutOf, type TensorName, type Weights } from '../../../../core/architecture/weights.ts';
import type { ChainStep } from '../../../../core/morphisms/catalog.ts';
import { originAt, type TensorProvenance } from '../../../../core/morphisms/provenance.ts';
import type { NodeId } from '../../../../core/architecture/types.ts';
import { type Board, type CellPlace, groupsByCell, placesOf } from './board.ts';
import { type Flight, wavesOf } from './waves.ts';

/** Where a number of the child comes from, as the board draws it; `gone`: a parent's number that no child has. */
export type OriginKind =
  'copied' | 'repeated' | 'divided' | 'zero' | 'one' | 'he' | 'identity' | 'measured' | 'factor' | 'gone';

/** One number on its way from where the weight map says to where the child has it. */
export interface Motion {
  /** "node/tensor/index" in the child; for numbers that go, in the parent, behind "gone/". */
  readonly key: string;
  readonly node: NodeId;
  readonly tensor: TensorName;
  readonly index: number;
  readonly kind: OriginKind;
  /** ms; before `start` it is where it was (or not there), from `end` on where it belongs. */
  readonly start: number;
  readonly end: number;
  readonly from: CellPlace | null;
  readonly to: CellPlace;
  /** The parent's number it is made from, and that number's place in the parent ("node/tensor/index"). */
  readonly before: number | null;
  readonly source: string | null;
  readonly after: number;
  readonly path: 'line' | 'fall' | 'arc' | 'none';
}

export interface Stop {
  readonly id:
    | 'count'
    | 'hatch'
    | 'move'
    | 'arc'
    | 'readers'
    | 'channel'
    | 'copies'
    | 'halves'
    | 'factor'
    | 'gate'
    | 'dock';
  /** 1 for the first channel or filter of its kind; 0 where there is one only. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

export interface Timeline {
  readonly motions: readonly Motion[];
  readonly stops: readonly Stop[];
  readonly duration: number;
}

export interface TimelineInput {
  readonly step: ChainStep;
  readonly provenance: readonly TensorProvenance[];
  readonly parentWeights: Weights;
  readonly childWeights: Weights;
  readonly parent: Board;
  readonly child: Board;
}

interface Item extends Omit<Motion, 'start' | 'end' | 'path'>, Flight {
  /** Channel that the number helps to make; -1 for none. */
  readonly output: number;
  readonly isNew: boolean;
}

const outputAxis: readonly TensorName[] = ['kernel', 'pointwise', 'gamma', 'beta', 'mean', 'variance'];

/** Every number of the child on the board, and every parent's number that goes, in words of the provenance. */
function items(input: TimelineInput): readonly Item[] {
  const { step, provenance, parentWeights, childWeights } = input;
  const [before, after] = [placesOf(input.parent), placesOf(input.child)];
  const groups = groupsByCell(input.child);
  const slots = layoutOf(step.parent).slots;
  const old = new Set(step.parent.nodes.map((node) => node.id));
  const taken = new Set<string>();
  const list: Item[] = [];
  for (const origin of provenance) {
    const { to, from } = origin;
    const slot = from && slots.find((entry) => entry.node === from.node && entry.name === from.name)!;
    for (let index = 0; index < to.length; index++) {
      const found = originAt(origin, index);
      const source = found.kind === 'parent' ? `${found.from.node}/${found.from.name}/${found.index}` : null;
      const repeated = source !== null && taken.has(source);
      if (source) taken.add(source);
      const place = after.get(`${to.node}/${to.name}/${index}`);
      if (!place) continue;
      const number = found.kind === 'parent' && slot ? parentWeights[slot.offset + found.index]! : null;
      list.push({
        key: `${to.node}/${to.name}/${index}`,
        node: to.node,
        tensor: to.name,
        index,
        kind: kindOf(found, repeated, origin.noisy[index] === 1),
        from: source ? (before.get(source) ?? null) : null,
        to: place,
        group: groups.get(`${to.node}/${to.name}/${index}`)!,
        before: number,
        source,
        after: childWeights[to.offset + index]!,
        output: outputAxis.includes(to.name) ? index % to.shape.at(-1)! : -1,
        isNew: !old.has(to.node),
      });
    }
  }
  const goneGroups = groupsByCell(input.parent);
  for (const { node, name, offset, length, shape } of slots) {
    for (let index = 0; index < length; index++) {
      const source = `${node}/${name}/${index}`;
      const place = before.get(source);
      if (!place || taken.has(source)) continue;
      const number = parentWeights[offset + index]!;
      const at = { from: place, to: place, before: number, after: number };
      const output = outputAxis.includes(name) ? index % shape.at(-1)! : -1;
      list.push({
        key: `gone/${source}`,
        node,
        tensor: name,
        index,
        kind: 'gone',
        source,
        ...at,
        group: goneGroups.get(source)!,
        output,
        isNew: false,
      });
    }
  }
  return list;
}

function kindOf(origin: ReturnType<typeof originAt>, repeated: boolean, noisy: boolean): OriginKind {
  switch (origin.kind) {
    case 'parent':
      if (Math.abs(origin.factor - 1) > 1e-6) return 'divided';
      return repeated || noisy ? 'repeated' : 'copied';
    case 'constant':
      return origin.value === 0 ? 'zero' : 'one';
    default:
      return origin.kind;
  }
}

/** When the next wave begins, as a share of the time that one takes: the one before is as good as there. */
const apart = 0.85;

const isNorm = (tensor: TensorName) =>
  tensor === 'gamma' || tensor === 'beta' || tensor === 'mean' || tensor === 'variance';

const moved = ({ from, to }: Item) => from !== null && Math.hypot(from.x - to.x, from.y - to.y) > 0.5;

/** Lays one stop after another on the time line. */
class Clock {
  readonly stops: Stop[] = [];
  now = 0;
  stop(id: Stop['id'], length: number, number = 0): Stop {
    const made = { id, number, start: this.now, end: this.now + length };
    this.stops.push(made);
    this.now += length;
    return made;
  }
}

/** The storyboard of one morphism, from its provenance alone: no entry, no motion. Times in ms at normal speed. */
export function buildTimeline(input: TimelineInput): Timeline {
  const all = items(input);
  const { operator } = input.step.morphism;
  const clock = new Clock();
  const motions: Motion[] = [];
  const still = (item: Item, at = 0): Motion => ({ ...item, start: at, end: at, path: 'none' });
  const put = (item: Item, start: number, end: number, path: Motion['path']) =>
    motions.push({ ...item, start, end, path });

  const gone = all.filter(({ kind }) => kind === 'gone');
  const travelling = all.filter((item) => item.kind === 'copied' && moved(item));
  const isMade = (item: Item) =>
    item.isNew ||
    item.kind === 'he' ||
    item.kind === 'identity' ||
    (isNorm(item.tensor) && item.from === null);
  const made = all.filter(
    (item) => item.kind !== 'gone' && item.kind !== 'factor' && item.tensor !== 'lambda' && isMade(item),
  );
  const readers = all.filter((item) => item.kind === 'zero' && !isMade(item));
  const copies = all.filter((item) => item.kind === 'repeated' && !isMade(item));
  const halves = all.filter((item) => item.kind === 'divided');
  const factors = all.filter((item) => item.kind === 'factor');
  const lambdas = all.filter((item) => item.tensor === 'lambda' && item.from === null);

  if (operator === 'prune') clock.stop('count', 600);
  const hatch = gone.length > 0 && operator !== 'separate' ? clock.stop('hatch', 500) : null;
  const arc = operator === 'skip' ? clock.stop('arc', 500) : null;
  const journeys = wavesOf(travelling);
  const move =
    arc ?? (travelling.length > 0 ? clock.stop('move', 500 * (1 + apart * (journeys.length - 1))) : null);
  if (readers.length > 0) {
    const { start } = clock.stop('readers', 600);
    const rows = [...new Set(readers.map(({ node, output }) => `${node}/${output}`))];
    const each = 600 / rows.length;
    for (const item of readers) {
      const at = start + rows.indexOf(`${item.node}/${item.output}`) * each;
      put(item, at, at + Math.min(300, each), 'none');
    }
  }
  const channels = [...new Set(made.map(({ node, output }) => `${node}/${output}`))];
  const window = Math.min(1, 6 / Math.max(1, channels.length));
  channels.forEach((channel, n) => {
    const own = made.filter(({ node, output }) => `${node}/${output}` === channel);
    const kernel = own.filter(({ tensor }) => !isNorm(tensor));
    const norms = own.filter(({ tensor }) => isNorm(tensor));
    const drawn = kernel.some(({ kind }) => kind === 'he');
    const length = window * (drawn ? Math.min(900, 80 * Math.max(9, kernel.length)) : 500);
    const { start } = clock.stop('channel', length + window * 300, n + 1);
    kernel.forEach((item, i) => {
      const at = start + (drawn ? (i * length) / kernel.length : 0);
      put(item, at, at + window * (drawn ? 240 : 400), drawn ? 'fall' : 'none');
    });
    for (const item of norms) put(item, start + length, start + length + window * 300, 'none');
  });
  /** One wave after another takes the stop's time. */
  const inWaves = ({ start, end }: Stop, waves: readonly (readonly Item[])[], path: Motion['path']) =>
    waves.forEach((wave, n) => {
      const each = (end - start) / (apart * (waves.length - 1) + 1);
      const from = start + apart * n * each;
      for (const item of wave) put(item, from, from + each, path);
    });
  for (const [id, list, by] of [
    ['copies', copies, 'makes'],
    ['halves', halves, 'reads'],
  ] as const) {
    if (list.length === 0) continue;
    const waves = wavesOf(list.filter(moved), by);
    const stop = clock.stop(id, 700 * (1 + apart * Math.max(0, waves.length - 1)));
    inWaves(stop, waves, 'arc');
    for (const item of list) if (!moved(item)) put(item, stop.start, stop.start + 700, 'none');
  }
  if (factors.length > 0) {
    const { start, end } = clock.stop('factor', 1500);
    for (const item of factors) put(item, start, end, 'none');
  }
  if (lambdas.length > 0) {
    const { start, end } = clock.stop('gate', 400);
    for (const item of lambdas) put(item, start, end, 'none');
  }
  clock.stop('dock', 400);

  for (const item of gone) {
    const factored = factors.length > 0 ? clock.stops.find(({ id }) => id === 'factor')! : null;
    const at = hatch ?? factored ?? { start: 0, end: 0 };
    put(item, at.start, at.end, 'none');
  }
  if (move) inWaves(move, journeys, 'line');
  const told = new Set(motions.map(({ key }) => key));
  for (const item of all) if (!told.has(item.key)) motions.push(still(item));
  return { motions, stops: clock.stops, duration: clock.now };
}

/** cubic-bezier(.2, .7, .2, 1), near enough: fast away, soft landing, no overshoot. */
export const ease = (p: number): number => 1 - (1 - p) ** 3;

/** 0 to 1: how far a motion is at `time`. */
export function progressOf({ start, end }: Motion, time: number): number {
  if (time >= end) return 1;
  return time <= start ? 0 : (time - start) / (end - start);
}

/** One number as it is drawn at a moment. */
export interface Sprite {
  readonly motion: Motion;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly value: number;
  readonly opacity: number;
  readonly flying: boolean;
}

/** Not there before its time: made, or a copy beside the number it is made from. */
export const appears = ({ from, kind, path }: Motion): boolean =>
  from === null || (kind === 'divided' && path === 'arc') || kind === 'repeated';

/** Where a number is that has come `p` of its way, 0 to 1. */
export function flightAt({ from, to, path }: Motion, p: number): { readonly x: number; readonly y: number } {
  if (!from) return to;
  const lift = path === 'arc' ? -Math.sin(Math.PI * p) * 34 : 0;
  return { x: from.x + p * (to.x - from.x), y: from.y + p * (to.y - from.y) + lift };
}

/** All numbers at `time` (ms), those in flight last, over the others. `top`: where falling ones come from, px. */
export function spritesAt(timeline: Timeline, time: number, top: number): readonly Sprite[] {
  const sprites: Sprite[] = [];
  for (const motion of timeline.motions) {
    const raw = progressOf(motion, time);
    const p = ease(raw);
    const { from, to, kind, path, before, after } = motion;
    const flying = raw > 0 && raw < 1 && path !== 'none';
    const still = { motion, width: to.width, height: to.height, flying };
    if (kind === 'gone') {
      const opacity = 1 - p;
      if (opacity > 0.02) sprites.push({ ...still, x: to.x, y: to.y, value: after, opacity });
      continue;
    }
    if (appears(motion) && raw === 0) continue;
    const value = before === null || kind === 'repeated' ? after : before + p * (after - before);
    if (path === 'fall') {
      sprites.push({ ...still, x: to.x, y: top + p * (to.y - top), value, opacity: Math.min(1, 3 * p) });
      continue;
    }
    if (!from) {
      sprites.push({ ...still, x: to.x, y: to.y, value, opacity: p });
      continue;
    }
    sprites.push({
      ...still,
      ...flightAt(motion, p),
      width: from.width + p * (to.width - from.width),
      height: from.height + p * (to.height - from.height),
      value,
      opacity: 1,
    });
  }
  return sprites.sort((a, b) => Number(a.flying) - Number(b.flying));
}
