import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import { lineageOf, type NetworkView, type RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';
import type { BreakKind } from '../../engine/workbench/breaks.ts';
import { picksOf } from '../model/picks.ts';
import { exactText, hypervolumeText, percentText } from '../text/format.ts';
import type { texts } from '../text/texts.ts';
import { agreement, isMisjudged, placed, type Compared } from './weights/ranking.ts';
import type { Deed, Find, Guess, Task } from './lessons.ts';

type Words = (typeof texts)['lessonTasks'];
/** A sentence that is put into words where it is shown. */
export type Say = (words: Words) => string;

/** What came of a try. */
export interface Verdict {
  readonly done: boolean;
  readonly say: Say;
}
/** Which of the three answers to a prediction came true, and by what numbers. */
export interface Outcome {
  readonly answer: number;
  readonly say: Say;
}

interface Alike {
  /** Images that still get the parent's answer. */
  readonly alike: number;
  readonly count: number;
}

/** What lies on the bench, as far as tasks ask for it. */
export interface BenchFacts {
  readonly operator: OperatorKind;
  readonly exact: boolean;
  readonly classes: readonly string[];
  /** The child as inherited: the bet's outcome, images answered right before and after. */
  readonly inherited: Alike & { readonly outcome: number; readonly before: number; readonly after: number };
  readonly broken:
    (Alike & { readonly kind: BreakKind; readonly stuck: { zero: number; of: number } | null }) | null;
  /** The child with its gate turned by hand. */
  readonly turned: Alike | null;
  /** Both networks' numbers for the drawing on the pad. */
  readonly drawn: { readonly parent: ArrayLike<number>; readonly child: ArrayLike<number> } | null;
}

export interface SamplingFacts {
  /** Times the usual bandwidth. */
  readonly factor: number;
  /** Each member's chance, times an even draw. */
  readonly chances: readonly number[];
  /** Shares of children of a rare size, once all are drawn. */
  readonly rare: { readonly density: number; readonly uniform: number } | null;
}

/** The sample of paths, once all of it is trained alone. */
export interface WeightsFacts {
  readonly paths: readonly Compared[];
  /** The one that was clicked, its place in `paths`. */
  readonly picked: number | null;
}

/** All that tasks are checked against. */
export interface Facts {
  readonly view: RunView | null;
  readonly selected: NetworkId | null;
  /** The network that the task starts from. */
  readonly from: NetworkId | null;
  readonly bench: BenchFacts | null;
  readonly sampling: SamplingFacts | null;
  readonly weights: WeightsFacts | null;
}

/** Parameters that the network of `fits` may have. */
export const room = 1000;
/** The largest chance, times an even draw, that `even` accepts. */
export const nearlyEven = 1.4;

const errorOf = ({ objectives }: NetworkView) => objectives.error ?? 1;
const sizeOf = ({ objectives }: NetworkView) => objectives.parameters ?? Infinity;
const evaluated = (view: RunView) =>
  [...view.networks.values()].filter(({ status }) => status === 'evaluated');
const named =
  (network: NetworkView): Say =>
  (words) =>
    words.network(network.id, exactText(sizeOf(network)), percentText(errorOf(network)));

/** What was clicked and what it is held against; null before a click. */
function clicked({ view, selected, from }: Facts) {
  const pick = view && selected !== null && selected !== from ? view.networks.get(selected) : undefined;
  const start = view && from !== null ? view.networks.get(from) : undefined;
  return view && pick?.status === 'evaluated' ? { view, pick, start } : null;
}

const checks: Readonly<Record<Find | Deed, (facts: Facts) => Verdict | null>> = {
  dominator(facts) {
    const found = clicked(facts);
    if (!found?.start) return null;
    const { pick, start } = found;
    if (errorOf(pick) >= errorOf(start))
      return {
        done: false,
        say: (words) =>
          words.dominator.errs(pick.id, percentText(errorOf(pick)), percentText(errorOf(start))),
      };
    if (sizeOf(pick) > sizeOf(start))
      return {
        done: false,
        say: (words) => words.dominator.larger(pick.id, exactText(sizeOf(pick)), exactText(sizeOf(start))),
      };
    return { done: true, say: (words) => words.dominator.right(named(pick)(words), start.id) };
  },
  fits(facts) {
    const found = clicked(facts);
    if (!found) return null;
    const { view, pick } = found;
    if (sizeOf(pick) > room)
      return {
        done: false,
        say: (words) => words.fits.larger(pick.id, exactText(sizeOf(pick)), exactText(room)),
      };
    const least = Math.min(
      ...evaluated(view)
        .filter((one) => sizeOf(one) <= room)
        .map(errorOf),
    );
    if (errorOf(pick) > least)
      return {
        done: false,
        say: (words) => words.fits.errs(pick.id, percentText(errorOf(pick)), percentText(least)),
      };
    return { done: true, say: (words) => words.fits.right(named(pick)(words), exactText(room)) };
  },
  origin(facts) {
    const found = clicked(facts);
    if (!found?.start) return null;
    const { view, pick, start } = found;
    const line = lineageOf(view, start.id);
    const at = line.indexOf(pick);
    if (at < 0) return { done: false, say: (words) => words.origin.stranger(pick.id, start.id) };
    if (pick.parent !== null)
      return { done: false, say: (words) => words.origin.ancestor(pick.id, pick.parent!) };
    return {
      done: true,
      say: (words) => words.origin.right(named(pick)(words), line.length - 1, start.id),
    };
  },
  fewAlike({ bench }) {
    if (!bench?.broken) return null;
    const { alike, count } = bench.broken;
    return alike < count / 2
      ? { done: true, say: (words) => words.fewAlike.right(alike, count) }
      : { done: false, say: (words) => words.fewAlike.wrong(alike, count) };
  },
  deadEnd({ bench }) {
    if (!bench?.broken) return null;
    const { alike, count, stuck } = bench.broken;
    if (alike < count) return { done: false, say: (words) => words.deadEnd.changes(alike, count) };
    if (!stuck || stuck.zero === 0) return { done: false, say: (words) => words.deadEnd.learns };
    return { done: true, say: (words) => words.deadEnd.right(stuck.zero, stuck.of) };
  },
  gate({ bench }) {
    if (!bench?.turned) return null;
    const { alike, count } = bench.turned;
    const changed = count - alike;
    return changed >= count / 10
      ? { done: true, say: (words) => words.gate.right(changed, count) }
      : { done: false, say: (words) => words.gate.wrong(changed, count) };
  },
  differ({ bench }) {
    if (!bench?.drawn) return null;
    const [parent, child] = [bench.drawn.parent, bench.drawn.child].map(
      (numbers) => bench.classes[largest(numbers)] ?? '',
    ) as [string, string];
    return parent === child
      ? { done: false, say: (words) => words.differ.same(parent) }
      : { done: true, say: (words) => words.differ.right(parent, child) };
  },
  exact({ bench }) {
    // The step begins on Remove.
    if (!bench || bench.operator === 'remove') return null;
    const { operator, inherited, exact } = bench;
    return {
      done: exact,
      say: (words) =>
        (exact ? words.exact.right : words.exact.wrong)(operator, inherited.alike, inherited.count),
    };
  },
  even({ sampling }) {
    if (!sampling || sampling.factor === 1 || sampling.chances.length < 2) return null;
    const most = Math.max(...sampling.chances);
    if (most > nearlyEven) return { done: false, say: (words) => words.even.wrong(most.toFixed(1)) };
    const wide = sampling.factor > 1;
    return {
      done: true,
      say: (words) => (wide ? words.even.wide : words.even.narrow)(most.toFixed(1)),
    };
  },
  misjudged({ weights }) {
    const place = weights && weights.picked !== null ? placed(weights.paths)[weights.picked] : undefined;
    if (!place) return null;
    const { cheap, alone, of } = place;
    const done = isMisjudged(place);
    return {
      done,
      say: (words) =>
        done ? words.misjudged.right(cheap, alone, of) : words.misjudged.wrong(cheap, alone, of),
    };
  },
};

/** What the screen says to a task; null while nothing was tried. */
export const check = (what: Find | Deed, facts: Facts): Verdict | null => checks[what](facts);

/** How a prediction came out; null while it is not measured. */
export function outcome(what: Guess, { view, bench, sampling, weights }: Facts): Outcome | null {
  switch (what) {
    case 'area': {
      const areas = view?.generations.flatMap(({ outcome: end }) => end?.hypervolume ?? []) ?? [];
      if (areas.length < 2) return null;
      const changes = areas.slice(1).map((area, i) => area - areas[i]!);
      const rises = changes.filter((change) => change > 0).length;
      const falls = changes.filter((change) => change < 0).length;
      const [first, last] = [areas[0]!, areas.at(-1)!].map(hypervolumeText) as [string, string];
      return {
        answer: falls > 0 ? 0 : rises > 0 ? 1 : 2,
        say: (words) => words.area.told(rises, changes.length, falls, first, last),
      };
    }
    case 'bet': {
      if (!bench) return null;
      const { inherited, exact } = bench;
      return {
        answer: inherited.outcome,
        say: (words) =>
          exact
            ? words.bet.right(inherited.before, inherited.after, inherited.count)
            : words.bet.alike(inherited.alike, inherited.count),
      };
    }
    case 'rare': {
      if (!sampling?.rare) return null;
      const { density, uniform } = sampling.rare;
      const times = density / uniform;
      return {
        answer: !(times >= 1.2) ? 0 : times <= 3 ? 1 : 2,
        say: (words) => words.rare.told(percentText(density), percentText(uniform)),
      };
    }
    case 'pairs': {
      const alone = weights?.paths.map((one) => one.alone) ?? [];
      const [cheap, again] = (['cheap', 'again'] as const).map((key) =>
        agreement(weights?.paths.map((one) => one[key]) ?? [], alone),
      );
      if (!cheap || !again) return null;
      return {
        answer: cheap.pairs < 0.55 ? 0 : cheap.pairs <= 0.85 ? 1 : 2,
        say: (words) => words.pairs.told(percentText(cheap.pairs), percentText(again.pairs)),
      };
    }
    case 'price': {
      const picks = view ? picksOf(view) : null;
      if (!picks) return null;
      const { best, bargain } = picks;
      const times = sizeOf(best) / sizeOf(bargain);
      return {
        answer: times < 1.5 ? 0 : times <= 5 ? 1 : 2,
        say: (words) =>
          words.price.told(named(best)(words), named(bargain)(words), Number(times.toPrecision(2))),
      };
    }
  }
}

/** What a task asks, about the network it starts from where it starts from one. */
export function askOf({ what }: Task, { view, from }: Pick<Facts, 'view' | 'from'>): Say {
  const start = view && from !== null ? view.networks.get(from) : undefined;
  return (words) => words[what].ask(start ? named(start)(words) : '');
}

/** A network that does what a find asks for; null where there is none. */
export function solve(what: Find, view: RunView, from: NetworkId | null): NetworkId | null {
  const facts = { view, from, bench: null, sampling: null, weights: null };
  return evaluated(view).find(({ id }) => check(what, { ...facts, selected: id })?.done)?.id ?? null;
}

/** A path of the sample that is misjudged, its place there: the one farthest off; null where none is. */
export function misjudgedPath(paths: readonly Compared[]): number | null {
  const off = placed(paths).map(({ cheap, alone }) => Math.abs(cheap - alone));
  const worst = largest(off);
  return placed(paths).some(isMisjudged) ? worst : null;
}

/** Where the largest of `numbers` stands. */
function largest(numbers: ArrayLike<number>): number {
  let at = 0;
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[at]!) at = i;
  return at;
}
