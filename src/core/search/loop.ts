import type { Architecture } from '../architecture/types.ts';
import { hypervolumeShare } from '../metrics/hypervolume.ts';
import { approximateOperators, type Morphism } from '../morphisms/morphism.ts';
import { writeFailure, type Failure } from '../failure.ts';
import { seeded } from '../random.ts';
import { ok } from '../result.ts';
import { boundsOf, type TaskFacts } from './bounds.ts';
import { effectiveNumber, logWeights } from './density.ts';
import type {
  Closeness,
  DensityRecord,
  NetworkId,
  ProposalId,
  Rejection,
  SearchEventBody,
} from './events.ts';
import { finalistsOf } from './finalists.ts';
import { contenders, nextFront } from './front.ts';
import type { ObjectiveValues } from './objectives.ts';
import type { Problem } from './problem.ts';
import { childrenPerGeneration, generationsOf, hasFinish, imagesBefore } from './budget.ts';
import { inheritsWeights, overlaps, type Recipe } from './recipe.ts';
import { bornIn, networkOf, type SearchState } from './state.ts';
import { strategies } from './strategies/strategies.ts';
import type { Strategy } from './strategy.ts';

/*
 * The search as ask and tell. Every function reads a state and returns events; the caller stamps them with seconds,
 * logs them and folds them (applyEvents) into the next state. One generation:
 *   propose (free) -> withMeasured, where inference time is an objective -> sift -> train jobsOf(state) (jobs.ts) elsewhere,
 *   logging evaluatedEvent or failedEvent as each ends -> compete -> propose ... until isOver.
 * Where generations overlap, the next one's jobs are known while one trains (jobsAhead); the log does not show it.
 * Random choices come from generators named by seed, generation and proposal, so neither the number of workers nor
 * the order in which children finish changes anything.
 */

export interface Seed {
  readonly architecture: Architecture;
  readonly origin: 'trivial' | 'given';
  /** Median seconds of a forward pass; needed where inference time is an objective. */
  readonly inferenceSeconds?: number;
}

/** What training one network gave; the trainer's answer has these fields. */
export interface TrainingResult extends Closeness {
  readonly network: NetworkId;
  readonly objectives: ObjectiveValues;
  readonly ownImages: number;
  readonly forwardEquivalents?: number;
  /** How fast it still learned: engine/learning-curve.ts. */
  readonly learningExponent?: number;
  readonly trainSeconds: number;
  /** Which other device trained it: its own name, or its number; absent for this computer. */
  readonly device?: string;
}

export interface Proposed {
  readonly events: readonly SearchEventBody[];
  /** The candidates' architectures, for measuring what does not follow from them. */
  readonly candidates: readonly { readonly proposal: ProposalId; readonly architecture: Architecture }[];
}

export const strategyOf = (recipe: Recipe): Strategy => strategies[recipe.strategy];

/** The events a run begins with. Its starting networks are then in training: see jobsOf. */
export function begin(
  recipe: Recipe,
  facts: TaskFacts,
  seeds: readonly Seed[],
  problem: Problem,
): readonly SearchEventBody[] {
  if (seeds.length === 0) throw new Error('begin: at least one starting network was expected');
  return [
    { type: 'started', recipe, bounds: boundsOf(recipe, facts) },
    ...seeds.map(({ architecture, origin, inferenceSeconds }, index): SearchEventBody => {
      const cheap = problem.cheap(architecture);
      return {
        type: 'seeded',
        network: index + 1,
        architecture,
        cheap: inferenceSeconds === undefined ? cheap : { ...cheap, inferenceSeconds },
        origin,
      };
    }),
  ];
}

/** True when the budget of generations is used up, or no network is left to go on from. */
export const isOver = (state: SearchState): boolean =>
  state.phase === 'finished' ||
  (state.competed && (state.generation >= generationsOf(state.recipe) || state.population.length === 0));

/** What the last generation may train on as it is: the front, and starting networks that chance may have kept off it. */
function trainedOn(state: SearchState): readonly NetworkId[] {
  const own = strategyOf(state.recipe).trainsOn?.(state);
  if (own) return own;
  const starts = bornIn(state, 0).filter(({ status }) => status === 'evaluated');
  return [...new Set([...state.front, ...starts.map(({ id }) => id)])];
}

function expectPhase(state: SearchState, wanted: SearchState['phase'], what: string): void {
  if (state.phase !== wanted)
    throw new Error(`${what}: the state is in phase ${state.phase} of generation ${state.generation}; \
${what} was expected in phase ${wanted}`);
}

/** Which cap or floor forbids a network with these cheap objectives, if any. */
function overCap(cheap: ObjectiveValues, recipe: Recipe): Rejection | null {
  if ((cheap.parameters ?? 0) < recipe.minParameters) return 'too-few-parameters';
  if ((cheap.parameters ?? 0) > recipe.maxParameters) return 'too-many-parameters';
  if ((cheap.multiplyAdds ?? 0) > recipe.maxMultiplyAdds) return 'too-many-multiply-adds';
  return null;
}

/** Whether a network takes more RAM on a microcontroller than the recipe grants. */
function overDevice(child: Architecture, { maxDeviceBytes }: Recipe, problem: Problem): Rejection | null {
  if (!(maxDeviceBytes > 0)) return null;
  if (!problem.deviceBytes) throw new Error('maxDeviceBytes: the problem does not know deviceBytes');
  return problem.deviceBytes(child) > maxDeviceBytes ? 'too-much-device-memory' : null;
}

/** Whether `generation` is drawn before the one before it has competed: never the first, nor one that ends the run. */
export const isAhead = (recipe: Recipe, generation: number): boolean =>
  overlaps(recipe) && generation > 1 && generation <= recipe.generations;

/** Whom the next generation's parents are drawn from. */
const parentalPopulation = (state: SearchState): readonly NetworkId[] =>
  isAhead(state.recipe, state.generation + 1) ? state.previousPopulation : state.population;

/** How many proposals a strategy without a second stage may make to find its children. [ours] */
const proposalsPerChild = 20;

/**
 * First stage: parents are drawn and children proposed; nothing is trained. Rejected proposals (no legal site, caps,
 * a network that this run has trained or this generation has already proposed) are logged with their reason. In the last
 * generation what may be trained on as it is comes first [ours].
 */
export function propose(state: SearchState, problem: Problem): Proposed {
  expectPhase(state, 'propose', 'propose');
  if (isOver(state)) throw new Error('propose: the run is over');
  const { recipe } = state;
  const strategy = strategyOf(recipe);
  const generation = state.generation + 1;
  const path = `${recipe.seed}/generation/${generation}`;
  const parental = { ...state, population: parentalPopulation(state) };
  const density = strategy.density(parental);
  const limits = {
    // Children of the last generation are near their parents: none comes after them to mend what a chain broke. [ours]
    ...(generation > recipe.generations ? { min: 1, max: 1 } : strategy.chainLength(recipe)),
    exclude: strategy.usesApproximate ? [] : approximateOperators,
  };
  const wanted = childrenPerGeneration(recipe);
  const attempts = strategy.screens ? recipe.proposals : wanted * proposalsPerChild;
  const composed = strategy.compose?.(state, seeded(`${path}/children`));
  const parents =
    composed?.map(({ parent }) => parent) ??
    strategy.parents(parental, density, attempts, seeded(`${path}/parents`));
  const seen = new Set(state.networks.map(({ architecture }) => problem.identity(architecture)));
  const members = parental.population.map((id) => networkOf(state, id).objectives);
  const effectiveParents = effectiveNumber(logWeights(density, members));
  const events: SearchEventBody[] = [{ type: 'generation', generation, density, effectiveParents }];
  const candidates: { proposal: ProposalId; architecture: Architecture }[] = [];

  const asTheyAre = generation > recipe.generations ? trainedOn(state) : [];
  for (const [index, id] of asTheyAre.entries()) {
    const { architecture, objectives: own } = networkOf(state, id);
    const proposal = `${generation}.${index + 1}`;
    const cheap = cheapOf(own);
    events.push({
      type: 'proposed',
      generation,
      proposal,
      parent: id,
      chain: [],
      verdict: 'candidate',
      cheap,
    });
    candidates.push({ proposal, architecture });
  }
  for (const [index, parent] of parents.entries()) {
    if (!strategy.screens && candidates.length >= wanted + asTheyAre.length) break;
    const proposal = `${generation}.${asTheyAre.length + index + 1}`;
    const from = networkOf(state, parent).architecture;
    const drawn = composed
      ? ok<readonly Morphism[]>(composed[index]!.chain)
      : problem.drawChain(from, seeded(`${path}/proposal/${index}`), limits);
    const chain = drawn.ok ? drawn.value : drawn.reason;
    const base = { type: 'proposed', generation, proposal, parent, chain } as const;
    const child = drawn.ok ? problem.applyChain(from, chain) : null;
    if (!child?.ok) {
      events.push({ ...base, verdict: 'rejected', reason: 'no-legal-site' });
      continue;
    }
    const cheap = problem.cheap(child.value);
    const identity = problem.identity(child.value);
    // What is dearest to ask comes last.
    const reason =
      overCap(cheap, recipe) ?? (seen.has(identity) ? 'duplicate' : overDevice(child.value, recipe, problem));
    if (reason) {
      events.push({ ...base, verdict: 'rejected', reason, cheap });
      continue;
    }
    seen.add(identity);
    events.push({ ...base, verdict: 'candidate', cheap });
    candidates.push({ proposal, architecture: child.value });
  }
  return { events, candidates };
}

/** Of `values`, what follows from the architecture or was measured on it, not what training gave. */
function cheapOf({ error: _, secondError: __, ...cheap }: ObjectiveValues): ObjectiveValues {
  return cheap;
}

/**
 * The events of `propose` with measured inference seconds filled in, before they are logged. A candidate that could
 * not be measured is rejected.
 */
export function withMeasured(
  events: readonly SearchEventBody[],
  seconds: ReadonlyMap<ProposalId, number>,
): readonly SearchEventBody[] {
  return events.map((event) => {
    if (event.type !== 'proposed' || event.verdict !== 'candidate') return event;
    const inferenceSeconds = seconds.get(event.proposal);
    if (inferenceSeconds !== undefined) return { ...event, cheap: { ...event.cheap, inferenceSeconds } };
    return { ...event, verdict: 'rejected', reason: 'not-measured' };
  });
}

/** Second stage: which candidates are trained. Empty when the generation has no candidate; compete comes next then. */
export function sift(state: SearchState): readonly SearchEventBody[] {
  expectPhase(state, 'sift', 'sift');
  const { candidates, recipe, generation } = state;
  if (recipe.objectives.includes('inferenceSeconds')) {
    const missing = candidates.find(({ cheap }) => cheap.inferenceSeconds === undefined);
    if (missing)
      throw new Error(`sift: inference time of ${missing.proposal} was expected; see withMeasured`);
  }
  const density: DensityRecord = state.density ?? { kind: 'uniform', reason: 'no density recorded' };
  const random = seeded(`${recipe.seed}/generation/${generation}/sift`);
  if (generation > recipe.generations) return siftFinish(state);
  const drawn = strategyOf(recipe).accept(density, candidates, childrenPerGeneration(recipe), random, state);
  const cheap = candidates.map((candidate) => candidate.cheap);
  const effectiveCandidates = effectiveNumber(logWeights(density, cheap));
  return drawn.map(({ index, probability }, order) => ({
    type: 'accepted',
    generation,
    proposal: candidates[index]!.proposal,
    network: state.networks.length + order + 1,
    probability,
    effectiveCandidates,
  }));
}

/** Those of the last generation that get images, each its own. */
function siftFinish(state: SearchState): readonly SearchEventBody[] {
  const finalists = strategyOf(state.recipe).finalists?.(state) ?? finalistsOf(state);
  return finalists.map(({ proposal, images }, order) => ({
    type: 'accepted',
    generation: state.generation,
    proposal,
    network: state.networks.length + order + 1,
    probability: 1,
    images,
  }));
}

/** The event of a trained and evaluated network. */
export function evaluatedEvent(state: SearchState, result: TrainingResult): SearchEventBody {
  const record = networkOf(state, result.network);
  return {
    type: 'evaluated',
    network: result.network,
    objectives: result.objectives,
    ownImages: result.ownImages,
    inheritedImages: imagesBefore(state, record),
    ...(result.forwardEquivalents === undefined ? {} : { forwardEquivalents: result.forwardEquivalents }),
    ...(result.learningExponent === undefined ? {} : { learningExponent: result.learningExponent }),
    trainSeconds: result.trainSeconds,
    ...(result.distillation ? { distillation: result.distillation } : {}),
    ...(result.agreement ? { agreement: result.agreement } : {}),
    ...(result.device === undefined ? {} : { device: result.device }),
  };
}

/** The event of a network whose training failed (diverged, out of memory): the search goes on without it. */
export const failedEvent = (network: NetworkId, reason: Failure, images: number): SearchEventBody => ({
  type: 'failed',
  network,
  reason: writeFailure(reason),
  images,
});

/** Who joined the front, who left it, who was dominated at once; the next population and the hypervolume. */
export function compete(state: SearchState): SearchEventBody {
  const empty = state.phase === 'sift' && state.candidates.length === 0;
  if (!empty) expectPhase(state, 'train', 'compete');
  const born = bornIn(state, state.generation);
  const waiting = born.filter(({ status }) => status === 'training').map(({ id }) => id);
  if (waiting.length > 0) throw new Error(`compete: results of ${waiting.join(', ')} were expected first`);
  const front = nextFront(state);
  const now = new Set(front);
  const before = new Set(state.front);
  return {
    type: 'competed',
    generation: state.generation,
    joined: front.filter((id) => !before.has(id)),
    left: state.front.filter((id) => !now.has(id)),
    dominated: contenders(state, [])
      .map(({ id }) => id)
      .filter((id) => !now.has(id)),
    population: strategyOf(state.recipe).selectSurvivors(state),
    front,
    hypervolume: hypervolumeShare(
      front.map((id) => networkOf(state, id).objectives),
      state.bounds,
    ),
  };
}

/** Ids whose weights a later child may start from. The others' need not be kept for the search's sake. */
export const weightsNeeded = (state: SearchState): readonly NetworkId[] =>
  inheritsWeights[state.recipe.strategy]
    ? [
        ...new Set([
          ...state.population,
          ...parentalPopulation(state),
          ...(hasFinish(state.recipe) ? trainedOn(state) : state.front),
        ]),
      ]
    : [];
