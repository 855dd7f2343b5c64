import { hypervolumeShare } from '../metrics/hypervolume.ts';
import {
  isByHand,
  type Competed,
  type NetworkId,
  type SearchEvent,
  type SearchEventBody,
} from '../search/events.ts';
import { applyEvents, StateFold } from '../search/fold.ts';
import { frontOf } from '../search/front.ts';
import { propose, sift } from '../search/loop.ts';
import { inheritsWeights } from '../search/recipe.ts';
import { networkProblem } from '../search/network-problem.ts';
import type { Problem } from '../search/problem.ts';
import { networkOf, type SearchState } from '../search/state.ts';

export type ClaimKey = 'fronts' | 'hypervolume' | 'costs' | 'images' | 'draws';

/** One thing a run says, recomputed from its log: a tick or a cross. */
export interface Claim {
  readonly key: ClaimKey;
  readonly holds: boolean;
  /** How many times it was checked. */
  readonly checked: number;
  /** What was found where it does not hold. */
  readonly detail: string;
}

/** Relative difference that rounding in another engine's log and exp may make. */
const tolerance = 1e-9;
const near = (a: number, b: number) => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));

class Tally {
  readonly #counts = new Map<ClaimKey, { checked: number; detail: string }>();

  check(key: ClaimKey, holds: boolean, detail: () => string): void {
    const entry = this.#counts.get(key) ?? { checked: 0, detail: '' };
    entry.checked++;
    if (!holds && entry.detail === '') entry.detail = detail();
    this.#counts.set(key, entry);
  }

  claims(): readonly Claim[] {
    return [...this.#counts].map(([key, entry]) => ({ key, holds: entry.detail === '', ...entry }));
  }
}

function checkOutcome(tally: Tally, state: SearchState, event: Competed): void {
  const evaluated = state.networks.filter(({ status }) => status === 'evaluated');
  const front = frontOf(state, evaluated);
  const claimed = [...event.front].sort((a, b) => a - b);
  tally.check(
    'fronts',
    claimed.join() === front.join(),
    () =>
      `generation ${event.generation}: the front is ${front.join(', ')}, the file says ${claimed.join(', ')}`,
  );
  const share = hypervolumeShare(
    front.map((id) => networkOf(state, id).objectives),
    state.bounds,
  );
  tally.check(
    'hypervolume',
    near(share, event.hypervolume),
    () =>
      `generation ${event.generation}: ${share.toFixed(6)}, the file says ${event.hypervolume.toFixed(6)}`,
  );
}

function checkCosts(tally: Tally, state: SearchState, id: NetworkId, problem: Problem): void {
  const { architecture, objectives } = networkOf(state, id);
  for (const [key, value] of Object.entries(problem.cheap(architecture))) {
    const claimed = objectives[key as keyof typeof objectives];
    tally.check(
      'costs',
      claimed === value,
      () => `network ${id}: ${key} is ${value}, the file says ${claimed}`,
    );
  }
}

function checkImages(
  tally: Tally,
  state: SearchState,
  event: Extract<SearchEventBody, { type: 'evaluated' }>,
): void {
  const { parent } = networkOf(state, event.network);
  const inherits = parent !== null && inheritsWeights[state.recipe.strategy];
  const from = inherits ? networkOf(state, parent) : null;
  const images = from ? from.ownImages + from.inheritedImages : 0;
  tally.check(
    'images',
    images === event.inheritedImages,
    () => `network ${event.network} inherits ${images} images, the file says ${event.inheritedImages}`,
  );
}

const name = (event: SearchEventBody): string => {
  switch (event.type) {
    case 'proposed':
      return JSON.stringify([event.proposal, event.parent, event.chain, event.verdict]);
    case 'accepted':
      return JSON.stringify([event.proposal, event.network]);
    default:
      return '';
  }
};

/** The seed decides every draw, so the log's proposals and acceptances can be made again. */
function checkDraws(
  tally: Tally,
  before: SearchState,
  claimed: readonly SearchEventBody[],
  problem: Problem,
): void {
  const generation = before.generation + 1;
  const differ = (again: readonly SearchEventBody[], type: 'proposed' | 'accepted') => {
    const [a, b] = [again, claimed].map((events) => events.filter((event) => event.type === type).map(name));
    return a!.join() !== b!.join();
  };
  try {
    const measured = before.recipe.objectives.includes('inferenceSeconds');
    const proposed = propose(before, problem).events;
    const made = measured || !differ(proposed, 'proposed');
    const proposals = claimed.filter(({ type }) => type === 'generation' || type === 'proposed');
    const drawn = !differ(sift(applyEvents(before, proposals, problem)!), 'accepted');
    tally.check(
      'draws',
      made && drawn,
      () =>
        `generation ${generation}: the seed gives other children, unless another version of the program drew them`,
    );
  } catch (error) {
    tally.check('draws', false, () => `generation ${generation}: ${String(error)}`);
  }
}

/**
 * Recomputes from the log alone what a run says of itself: fronts and hypervolume of every generation, the cheap
 * objectives of every network, inherited images, and (from the seed) every draw; what was chosen by hand was not
 * drawn. Validation errors cannot be
 * recomputed from a log; with weights the page evaluates them itself. The log must fold (see check.ts).
 * Yields the share of the log done after each generation, so that a page can do it in pieces.
 */
export function* verifySteps(
  events: readonly SearchEvent[],
  problem: Problem = networkProblem,
): Generator<number, readonly Claim[]> {
  const tally = new Tally();
  const fold = new StateFold(problem);
  let before: SearchState | null = null;
  let generation: SearchEventBody[] = [];
  for (const [index, event] of events.entries()) {
    const { state: known } = fold;
    if (event.type === 'generation') {
      before = isByHand(event.density) || !known ? null : { ...known, networks: [...known.networks] };
      generation = [];
    }
    if (event.type === 'generation' || event.type === 'proposed' || event.type === 'accepted')
      generation.push(event);
    if (event.type === 'competed' && known) {
      checkOutcome(tally, known, event);
      if (before) checkDraws(tally, before, generation, problem);
      before = null;
    }
    fold.apply(event);
    const state = fold.state!;
    if (event.type === 'evaluated') checkImages(tally, state, event);
    if (event.type === 'accepted' || event.type === 'seeded')
      checkCosts(tally, state, event.network, problem);
    if (event.type === 'competed') yield (index + 1) / events.length;
  }
  return tally.claims();
}

/** All of verifySteps at once. */
export function verifyRun(
  events: readonly SearchEvent[],
  problem: Problem = networkProblem,
): readonly Claim[] {
  const steps = verifySteps(events, problem);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
