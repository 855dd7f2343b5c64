import type { Weights } from '../../core/architecture/weights.ts';
import type { AfterSearch } from '../../core/run-file/after-search.ts';
import { thinCurve, type RunFinished } from '../../core/run-file/finished.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { LearningPoint, NetworkId } from '../../core/search/events.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import type { FinishBudget } from '../../engine/finish.ts';
import { openRunStore } from '../../storage/runs.ts';
import { startFinish, type FinishHandle } from '../../workers/finish-client.ts';
import { texts } from '../text/texts.ts';
import { keepAfter } from './after-search.ts';
import type { AskedId } from './ask.ts';
import { finishedId } from './finished-ask.ts';
import { withEntries } from './maps.ts';
import type { RunLog } from './run-log.svelte.ts';
import type { TestErrors } from './test-errors.svelte.ts';

export interface FinishPlan {
  readonly start: RunFinished['start'];
  /** Of each network. */
  readonly budget: FinishBudget;
  readonly augment: Recipe['augment'];
}

/** What finishing needs of the run whose networks they are. */
export interface FinisherRun {
  readonly recipe: Recipe;
  readonly runId: string | null;
  readonly log: RunLog;
  readonly tests: TestErrors;
  readonly ask: { forget(id: AskedId): Promise<void> };
  /** What was measured after the search so far. */
  readonly measured: AfterSearch;
  readonly sideRuns: {
    readonly finished: {
      list: readonly RunFinished[];
      weights: ReadonlyMap<NetworkId, Weights>;
      shown: boolean;
    };
  };
  weightsOf(id: NetworkId): Promise<Weights | null>;
}

/** One network in training. */
export interface Course {
  readonly network: NetworkId;
  readonly plan: FinishPlan;
  /** Null until the budget is known in images. */
  readonly images: number | null;
  readonly curve: readonly LearningPoint[];
}

/**
 * Finishes the training of networks of a run, one after the other, in a worker of its own. What is finished is kept with
 * the run; what is stopped, and what a reload ends, is lost.
 */
export class Finisher {
  course = $state.raw<Course | null>(null);
  /** Those that follow. */
  waiting = $state.raw<readonly NetworkId[]>([]);
  /** The device is tested and all images are there. */
  ready = $state(false);
  paused = $state(false);
  /** All images are seen: statistics are estimated anew and the test images asked. */
  readonly testing: boolean;
  /** Estimated from its speed so far; null before the first images. */
  secondsLeft = $state<number | null>(null);
  failure = $state('');
  /** It could not be written to the browser's storage, or has no place there. */
  unkept = $state(false);
  readonly #run: FinisherRun;
  #handle: FinishHandle | null = null;
  /** When, and after how many images, its speed is measured from. */
  #since = 0;
  #from = 0;

  constructor(run: FinisherRun) {
    this.#run = run;
    this.testing = $derived(
      this.course?.images != null && (this.course.curve.at(-1)?.images ?? 0) >= this.course.images,
    );
  }

  /** Gives every one of `networks` the same. Ends with the first that fails. */
  async start(networks: readonly NetworkId[], plan: FinishPlan): Promise<void> {
    this.stop();
    this.failure = '';
    this.ready = false;
    const handle = startFinish();
    this.#handle = handle;
    addEventListener('beforeunload', warn);
    for (const [index, network] of networks.entries()) {
      this.waiting = networks.slice(index + 1);
      this.course = { network, plan, images: null, curve: [] };
      this.secondsLeft = null;
      const done = await this.#finish(handle, network, plan, index === 0);
      if (this.#handle !== handle) return;
      if (!done.ok) {
        this.failure = texts.describeFailure(done.reason);
        break;
      }
    }
    this.stop();
  }

  pause(): void {
    this.paused = true;
    void this.#handle?.pause();
  }

  resume(): void {
    this.paused = false;
    this.#since = 0;
    void this.#handle?.resume();
  }

  /** Drops what is in training and what waits; what was finished before stays. */
  stop(): void {
    removeEventListener('beforeunload', warn);
    this.#handle?.dispose();
    this.#handle = null;
    this.course = null;
    this.waiting = [];
    this.paused = false;
  }

  async #finish(
    handle: FinishHandle,
    network: NetworkId,
    plan: FinishPlan,
    isFirst: boolean,
  ): Promise<Result<null>> {
    const { recipe, log, tests } = this.#run;
    const known = log.whole?.networks.get(network);
    const found = await this.#run.weightsOf(network);
    if (!known || !found) return fail({ code: 'weights-missing', network });
    const ready = isFirst ? await handle.prepare(recipe.dataset, recipe.backend) : ok(null);
    if (!ready.ok) return ready;
    const isMine = () => this.#handle === handle;
    if (!isMine()) return ok(null);
    this.ready = true;
    const randomName = `${recipe.seed}/retrain/${network}`;
    const { architecture, ownImages, inheritedImages } = known;
    const { batch, rate, weightDecay } = recipe;
    const testErrorBefore = tests.known.get(network) ?? null;
    const done = await handle.finish(
      {
        ...{ architecture, found, randomName, testErrorBefore },
        imagesBefore: ownImages + inheritedImages,
        ...{ start: plan.start, budget: plan.budget, augment: plan.augment },
        recipe: { batch, rate, weightDecay },
      },
      (images) => {
        if (isMine()) this.course = { ...this.course!, images };
      },
      (point) => {
        if (isMine()) this.#advance(point);
      },
    );
    if (!isMine() || !done.ok) return done.ok ? ok(null) : done;
    const { settings, learning, weights, trainImages, testImages, testError, seconds, date } = done.value;
    tests.keep(network, done.value.testErrorBefore);
    await this.#keep(
      {
        ...{ network, start: plan.start, ...settings, images: learning.images, randomName, seconds },
        ...{ curve: thinCurve(this.course?.curve ?? []), trainImages, testImages },
        ...{ testErrorBefore: done.value.testErrorBefore, testError, date },
      },
      weights,
    );
    return ok(null);
  }

  #advance(point: LearningPoint): void {
    const course = this.course!;
    this.course = { ...course, curve: [...course.curve, point] };
    const now = performance.now();
    // The first images after a start or a pause say nothing about the speed.
    if (this.#since === 0 || course.curve.length === 0) {
      this.#since = now;
      this.#from = point.images;
      return;
    }
    const speed = (point.images - this.#from) / (now - this.#since);
    this.secondsLeft = speed > 0 ? ((course.images ?? 0) - point.images) / speed / 1000 : null;
  }

  async #keep(finished: RunFinished, weights: Weights): Promise<void> {
    const { runId, ask, sideRuns } = this.#run;
    const store = runId === null ? null : await openRunStore();
    const kept = store?.ok ? await store.value.saveFinished(runId!, finished.network, weights) : null;
    if (store?.ok) store.value.close();
    this.unkept = !kept?.ok;
    await ask.forget(finishedId(finished.network));
    const beside = sideRuns.finished;
    // Before the page says that it is done: who leaves then is to find it again.
    if (runId !== null)
      await keepAfter(runId, { ...this.#run.measured, finished: [...beside.list, finished] });
    beside.weights = withEntries(beside.weights, [[finished.network, weights]]);
    beside.list = [...beside.list, finished];
    beside.shown = true;
  }
}

/** The browser asks before it leaves a page whose training would be lost. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
