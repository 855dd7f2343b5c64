import { networkCost } from '../core/architecture/cost.ts';
import type { Architecture } from '../core/architecture/types.ts';
import { adoptWeights, type Weights } from '../core/architecture/weights.ts';
import type {
  LearningPoint,
  NetworkId,
  ProposalId,
  SearchEvent,
  SearchEventBody,
} from '../core/search/events.ts';
import { applyEvents } from '../core/search/fold.ts';
import { jobsAhead, jobsOf, type Job } from '../core/search/jobs.ts';
import {
  begin,
  compete,
  evaluatedEvent,
  failedEvent,
  isOver,
  propose,
  sift,
  weightsNeeded,
  withMeasured,
  type Seed,
} from '../core/search/loop.ts';
import type { Problem } from '../core/search/problem.ts';
import type { TaskFacts } from '../core/search/bounds.ts';
import type { Recipe } from '../core/search/recipe.ts';
import { networkOf, type SearchState } from '../core/search/state.ts';
import { readFailure, type Failure } from '../core/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { TrainedNetwork, TrainingJob } from './protocol.ts';

/** What the runner needs of the world; the search worker gives it real workers and IndexedDB, tests give it theirs. */
export interface RunnerWorld {
  readonly problem: Problem;
  readonly train: (
    job: TrainingJob,
    onProgress: (point: LearningPoint) => void,
  ) => Promise<Result<TrainedNetwork>>;
  /** Median seconds of a forward pass; null where it could not be measured. */
  readonly measure: (architecture: Architecture) => Promise<number | null>;
  /** Called with every event as it happens; `evaluated` comes after its weights were kept. */
  readonly log: (event: SearchEvent) => void;
  readonly keepWeights: (network: NetworkId, weights: KeptWeights) => Promise<void>;
  readonly findWeights: (network: NetworkId) => Promise<KeptWeights | null>;
  /** Called where weights were found nowhere and a network had to be trained once more. */
  readonly trainedAgain?: (network: NetworkId) => void;
  /** Wall-clock seconds since the run began, pauses excluded. */
  readonly seconds: () => number;
  /** Settles when the run may go on: at once unless paused. */
  readonly gate: () => Promise<void>;
}

/** A network's weights: those evaluated, and those that children inherit; null where they are the same. */
export interface KeptWeights {
  readonly evaluated: Weights;
  readonly raw: Weights | null;
}

const keptOf = ({ weights, rawWeights }: TrainedNetwork): KeptWeights => ({
  evaluated: weights,
  raw: rawWeights,
});

const curvePoints = 40;

/** A training that has begun; the curve is held back until its network is in the log. */
interface Training {
  readonly result: Promise<Result<TrainedNetwork> | null>;
  onPoint: (point: LearningPoint) => void;
  readonly held: LearningPoint[];
}

/**
 * The lightest, so that something is seen soon; then longest processing time first (Graham 1969): a generation ends
 * with its last child, so a large one must not start last. Work is estimated as multiply-adds times images; results do
 * not depend on the order.
 */
export function inTrainingOrder(jobs: readonly Job[]): readonly Job[] {
  const work = new Map(
    jobs.map((job) => [job, networkCost(job.architecture).multiplyAdds * job.ownImages] as const),
  );
  const heaviest = [...jobs].sort((a, b) => work.get(b)! - work.get(a)! || a.network - b.network);
  return [...heaviest.slice(-1), ...heaviest.slice(0, -1)];
}

/** Drives the ask-tell loop of core/search with real training, one generation after the other. */
export class SearchRunner {
  readonly #world: RunnerWorld;
  #state: SearchState;
  #stopped = false;
  #abandoned = false;
  /** Why the last network that failed did. */
  #lastFailure: Failure | null = null;
  /** Weights that a child of this or the next generation may start from. */
  readonly #weights = new Map<NetworkId, KeptWeights>();
  /** Networks of the next generation that train already, where generations overlap. */
  readonly #ahead = new Map<NetworkId, Training>();

  private constructor(world: RunnerWorld, state: SearchState) {
    this.#world = world;
    this.#state = state;
  }

  /** A new run; its first events are logged at once. */
  static begin(recipe: Recipe, facts: TaskFacts, seeds: readonly Seed[], world: RunnerWorld): SearchRunner {
    const bodies = begin(recipe, facts, seeds, world.problem);
    const runner = new SearchRunner(world, applyEvents(null, bodies, world.problem)!);
    for (const body of bodies) world.log({ ...body, seconds: world.seconds() });
    return runner;
  }

  /** Goes on after `events`, the log of a run so far; children that were in training are trained again. */
  static resume(events: readonly SearchEventBody[], world: RunnerWorld): SearchRunner {
    const state = applyEvents(null, events, world.problem);
    if (!state) throw new Error('resume: the log is empty');
    const runner = new SearchRunner(world, state);
    for (const event of events)
      if (event.type === 'failed')
        runner.#lastFailure = readFailure(event.reason) ?? { code: 'exception', detail: event.reason };
    return runner;
  }

  get state(): SearchState {
    return this.#state;
  }

  /** Ends the run at the next possible place; children in training are not waited for. */
  stop(): void {
    this.#stopped = true;
  }

  /** The same, but nothing more is logged: someone else goes on with the run. */
  abandon(): void {
    this.#stopped = true;
    this.#abandoned = true;
  }

  /**
   * Runs until the budget is used up or stop() is called. `onGeneration` is awaited after each. Fails, without calling
   * the run finished, where no network is left to go on from.
   */
  async run(onGeneration: () => void = () => {}): Promise<Result<null>> {
    while (!this.#stopped) {
      if (this.#state.competed && this.#state.population.length === 0) return fail(this.#extinction());
      if (isOver(this.#state)) return this.#finish('budget');
      if (this.#outOfTime()) return this.#finish('time');
      await this.#generation();
      if (!this.#stopped) onGeneration();
    }
    return this.#finish('stopped');
  }

  #finish(reason: 'budget' | 'time' | 'stopped'): Result<null> {
    if (this.#state.phase !== 'finished' && !this.#abandoned) this.#log({ type: 'finished', reason });
    return ok(null);
  }

  #extinction(): Failure {
    const code = this.#state.generation === 0 ? 'every-start-failed' : 'extinct';
    return { code, cause: this.#lastFailure ?? { code: 'aborted' } };
  }

  async #generation(): Promise<void> {
    if (this.#state.phase === 'propose') {
      await this.#world.gate();
      await this.#propose();
    }
    if (this.#state.phase === 'sift') {
      await this.#world.gate();
      for (const event of sift(this.#state)) this.#log(event);
    }
    const training = inTrainingOrder(jobsOf(this.#state)).map((job) => this.#trainOne(job));
    for (const job of inTrainingOrder(jobsAhead(this.#state, this.#world.problem)))
      if (!this.#ahead.has(job.network)) this.#ahead.set(job.network, this.#begin(job));
    await Promise.all(training);
    if (this.#stopped) return;
    await this.#world.gate();
    this.#log(compete(this.#state));
    const needed = new Set(weightsNeeded(this.#state));
    for (const id of this.#weights.keys()) if (!needed.has(id)) this.#weights.delete(id);
  }

  async #propose(): Promise<void> {
    const { events, candidates } = propose(this.#state, this.#world.problem);
    if (!this.#state.recipe.objectives.includes('inferenceSeconds')) {
      for (const event of events) this.#log(event);
      return;
    }
    const seconds = new Map<ProposalId, number>();
    for (const { proposal, architecture } of candidates) {
      const measured = await this.#world.measure(architecture);
      if (measured !== null) seconds.set(proposal, measured);
    }
    for (const event of withMeasured(events, seconds)) this.#log(event);
  }

  async #trainOne(job: Job): Promise<void> {
    const { network, ownImages } = job;
    const training = this.#ahead.get(network) ?? this.#begin(job);
    this.#ahead.delete(network);
    const onPoint = this.#thinned(job);
    training.held.forEach(onPoint);
    training.onPoint = onPoint;
    const trained = await training.result;
    if (this.#stopped || !trained) return;
    if (!trained.ok) {
      this.#lastFailure = trained.reason;
      return this.#log(failedEvent(network, trained.reason, ownImages));
    }
    const kept = keptOf(trained.value);
    this.#weights.set(network, kept);
    await this.#world.keepWeights(network, kept);
    this.#log(evaluatedEvent(this.#state, trained.value));
  }

  #begin(job: Job): Training {
    const held: LearningPoint[] = [];
    const training: Training = {
      result: this.#train(job, (point) => training.onPoint(point)),
      held,
      onPoint: (point) => held.push(point),
    };
    return training;
  }

  /** Null where the run was stopped before. */
  async #train(job: Job, onPoint: (point: LearningPoint) => void): Promise<Result<TrainedNetwork> | null> {
    const inheritance = await this.#inheritanceOf(job);
    if (this.#stopped) return null;
    const { network, architecture, ownImages, inheritedImages, rates, averaging } = job;
    const { recipe } = this.#state;
    return this.#world.train(
      { network, recipe, inheritance, architecture, ownImages, inheritedImages, rates, averaging },
      onPoint,
    );
  }

  /** At most `curvePoints` points of a learning curve reach the log. */
  #thinned(job: Job): (point: LearningPoint) => void {
    let next = 0;
    return (point) => {
      if (this.#stopped || point.images < next) return;
      next = point.images + job.ownImages / curvePoints;
      this.#log({ type: 'progress', network: job.network, point });
    };
  }

  async #inheritanceOf(job: Job): Promise<TrainingJob['inheritance']> {
    if (!job.inherits || job.parent === null) return null;
    const parent = networkOf(this.#state, job.parent).architecture;
    const kept = await this.#weightsOf(job.parent);
    if (!kept) return null;
    const { evaluated, raw } = kept;
    return { parent, parentWeights: raw ?? evaluated, parentAverage: raw && evaluated, chain: job.chain };
  }

  /** Kept weights; else (a run opened from a file without them) the network is trained again from scratch. */
  async #weightsOf(network: NetworkId): Promise<KeptWeights | null> {
    const { architecture, ownImages, inheritedImages } = networkOf(this.#state, network);
    const known = this.#weights.get(network) ?? (await this.#world.findWeights(network));
    const adopted = known && adoptWeights(architecture, known.evaluated);
    if (known && adopted?.ok) {
      const kept = { ...known, evaluated: adopted.value };
      this.#weights.set(network, kept);
      return kept;
    }
    const again = await this.#world.train(
      {
        network,
        recipe: this.#state.recipe,
        inheritance: null,
        architecture,
        ownImages: ownImages + inheritedImages,
        inheritedImages: 0,
        rates: null,
        averaging: 0,
      },
      () => {},
    );
    if (!again.ok) return null;
    this.#world.trainedAgain?.(network);
    const kept = keptOf(again.value);
    this.#weights.set(network, kept);
    await this.#world.keepWeights(network, kept);
    return kept;
  }

  #outOfTime(): boolean {
    const { maxSeconds } = this.#state.recipe;
    return maxSeconds > 0 && this.#state.phase === 'propose' && this.#world.seconds() >= maxSeconds;
  }

  #log(body: SearchEventBody): void {
    this.#state = applyEvents(this.#state, [body], this.#world.problem)!;
    this.#world.log({ ...body, seconds: this.#world.seconds() });
  }
}
