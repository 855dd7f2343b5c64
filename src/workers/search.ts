import type { Weights } from '../core/architecture/weights.ts';
import type { Architecture } from '../core/architecture/types.ts';
import type { TaskFacts } from '../core/search/bounds.ts';
import type { NetworkId, SearchEvent } from '../core/search/events.ts';
import { resumable } from '../core/search/fold.ts';
import type { Seed } from '../core/search/loop.ts';
import { isOwnId, type OwnId, type Recipe } from '../core/search/recipe.ts';
import { proposalProblem } from '../core/search/proposal-problem.ts';
import { startingNetworksOf } from '../core/search/spaces.ts';
import { exception, type Failure } from '../core/failure.ts';
import { fail, ok, orFailure, type Result } from '../core/result.ts';
import { factsOf } from '../datasets/catalog.ts';
import { statedDataset } from '../datasets/stated.ts';
import type { BackendReport } from '../engine/engine.ts';
import { connectTrainer } from './connect-trainer.ts';
import { EventOutbox } from './event-outbox.ts';
import { PauseGate } from './pause-gate.ts';
import { InferenceTimes } from './inference-times.ts';
import type { SearchApi, SearchListener, SearchRequest } from './protocol.ts';
import { RunKeeper } from './run-keeper.ts';
import { siteData } from './site-data.ts';
import { SearchDevices } from './lending/search-devices.ts';
import { SearchRunner, type RunnerWorld } from './search-runner.ts';
import { Stopwatch } from './stopwatch.ts';
import { TrainerPool } from './trainer-pool.ts';
import { lockRun, type RunLock } from '../storage/run-lock.ts';
import { holdSets } from '../storage/set-lock.ts';

/**
 * Trainers by default, at most: one on a GPU (they would share it); else all cores but one, which the page and the rest of
 * the computer have. Of two cores both: drawing needs a fraction of one, and half a computer would stand idle.
 */
function defaultWorkers(report: BackendReport): number {
  if (report.kind === 'webgpu' || report.kind === 'webgl') return 1;
  const cores = navigator.hardwareConcurrency || 2;
  return cores <= 2 ? cores : cores - 1;
}

function taskOf(recipe: Recipe): TaskFacts {
  const { height, width, channels, classes } = factsOf(recipe.dataset);
  const second = recipe.secondDataset ? { secondClasses: factsOf(recipe.secondDataset).classes.length } : {};
  return { height, width, channels, classes: classes.length, ...second };
}

/** A run's log so far, with what may change when it goes on: its budget and where it runs. */
function withRecipe(events: readonly SearchEvent[], recipe: Recipe): readonly SearchEvent[] {
  const { generations, maxSeconds, backend, workers } = recipe;
  return events
    .filter(({ type }) => type !== 'finished')
    .map((event) =>
      event.type === 'started'
        ? { ...event, recipe: { ...event.recipe, generations, maxSeconds, backend, workers } }
        : event,
    );
}

/** One search: its trainers, its log and its storage. The loop itself is core/search; the training is elsewhere. */
export class Search implements SearchApi {
  readonly #gate = new PauseGate();
  readonly #stopwatch = new Stopwatch();
  readonly #devices = new SearchDevices();
  #pool: TrainerPool | null = null;
  #runner: SearchRunner | null = null;
  #keeper: RunKeeper | null = null;
  #outbox: EventOutbox | null = null;
  #report: SearchListener['status'] = () => {};
  #stepUnit: 'generation' | 'child' | null = null;
  #running = false;
  #lock: RunLock | null = null;
  /** Sets of own pictures that it learns from. */
  #ownSets: readonly OwnId[] = [];
  /** Another tab has the run. */
  #isGone = false;

  async open(
    request: SearchRequest,
    onEvents: SearchListener['events'],
    onStatus: SearchListener['status'],
  ): Promise<Result<string>> {
    this.#report = onStatus;
    onStatus({ kind: 'preparing' });
    const { dataset, secondDataset } = request.recipe;
    this.#ownSets = [dataset, secondDataset].filter(isOwnId);
    const data = await siteData(request.site, [dataset, secondDataset]);
    if (!data.ok) return this.#refuse(data.reason);
    const before = await this.#openStorage(request);
    if (!before.ok) return this.#refuse(before.reason);
    if (isOwnId(dataset)) this.#keeper!.setDataset(await statedDataset(dataset));
    this.#outbox = new EventOutbox(onEvents);
    const ready = await this.#openTrainers(request);
    if (!ready.ok) return this.#refuse(ready.reason);
    try {
      const opened = await this.#openRun(request, before.value);
      if (!opened.ok) return this.#refuse(opened.reason);
    } catch (error) {
      return this.#refuse(exception(error));
    }
    const { backend, speed } = ready.value;
    onStatus({ kind: 'ready', backend, workers: this.#pool!.size, speed });
    return ok(this.#keeper!.id);
  }

  play(): void {
    this.#stepUnit = null;
    this.#go();
  }

  pause(): void {
    this.#gate.close();
    this.#pool?.pause();
    this.#devices.paused(true);
    this.#stopwatch.stop();
    this.#report({ kind: 'paused' });
  }

  step(unit: 'generation' | 'child'): void {
    this.#stepUnit = unit;
    this.#go();
  }

  async stop(): Promise<void> {
    this.#devices.over();
    this.#runner?.stop();
    this.#pool?.dispose();
    this.#gate.open();
    await this.#outbox?.flush();
  }

  lendDevices(port: MessagePort): void {
    this.#devices.attach(port);
  }

  async weights(network: NetworkId): Promise<Weights | null> {
    return (await this.#keeper?.weights(network))?.evaluated ?? null;
  }

  #hold(lock: RunLock): void {
    this.#lock = lock;
    void lock.lost.then(() => this.#letGo());
  }

  /** Another tab goes on with this run: what was evaluated is stored, nothing more is written. */
  async #letGo(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#devices.over();
    this.#runner?.abandon();
    this.#pool?.dispose();
    this.#gate.open();
    await this.#keeper?.flush();
    this.#lock?.release();
    this.#report({ kind: 'failed', reason: { code: 'run-taken-over' } });
  }

  #refuse(reason: Failure): Result<string> {
    this.#pool?.dispose();
    this.#report({ kind: 'failed', reason });
    return fail(reason);
  }

  /** The log to go on from (empty for a new run), once the store is open. */
  async #openStorage(request: SearchRequest): Promise<Result<readonly SearchEvent[]>> {
    const { resume, fork, recipe, name, takeOver } = request;
    if (resume) {
      const lock = await lockRun(resume, takeOver);
      if (!lock) return fail({ code: 'run-open-elsewhere' });
      this.#hold(lock);
    }
    this.#keeper = await RunKeeper.open(recipe, name, resume, fork?.origin, (failure) =>
      failure === 'conflict' ? void this.#letGo() : this.#report({ kind: 'storage', failure }),
    );
    if (!resume) {
      const lock = await lockRun(this.#keeper.id);
      if (lock) this.#hold(lock);
    }
    if (resume) {
      const stored = await this.#keeper.storedEvents();
      if (!stored) return fail({ code: 'stored-run-unreadable' });
      return ok(withRecipe(stored, recipe));
    }
    if (!fork) return ok([]);
    const events = withRecipe(resumable(fork.events), recipe);
    for (const [network, evaluated] of fork.weights)
      await this.#keeper.keepWeights(network, { evaluated, raw: null });
    await this.#keeper.log(events);
    return ok(events);
  }

  /** As many trainers as there are cores by the browser's account, but no more than together train faster. */
  async #growToMachine(pool: TrainerPool, most: number, one: number): Promise<void> {
    await pool.grow(most);
    if (pool.size > 1) pool.shrink(Math.max(1, Math.round((await pool.speed()) / one)));
  }

  async #openTrainers(
    request: SearchRequest,
  ): Promise<Result<{ readonly backend: BackendReport; readonly speed: Result<number> }>> {
    const { recipe, site } = request;
    // What is chosen by measuring is chosen once: trainers on different backends would not agree.
    let { backend } = recipe;
    const poolOf = (count: number) =>
      new TrainerPool({
        count,
        spawn: connectTrainer,
        prepare: (trainer) => trainer.prepare({ ...recipe, backend }, site),
        onRestart: (reason, job) => this.#report({ kind: 'trainer-restarted', reason, network: job.network }),
      });
    this.#pool = poolOf(1);
    const report = await this.#pool.prepare();
    if (!report.ok) return report;
    backend = report.value.kind;
    this.#keeper!.setDevice(report.value);
    const trainer = this.#pool.any();
    const speed = trainer ? await orFailure(trainer.benchmark()) : fail({ code: 'no-trainer-left' } as const);
    if (speed.ok) this.#pool.knowSpeed(speed.value);
    if (recipe.workers > 0) await this.#pool.grow(recipe.workers);
    else if (speed.ok) await this.#growToMachine(this.#pool, defaultWorkers(report.value), speed.value);
    this.#devices.open({ recipe, backend, site, pool: this.#pool });
    return ok({ backend: report.value, speed });
  }

  async #openRun(request: SearchRequest, before: readonly SearchEvent[]): Promise<Result<null>> {
    const times = new InferenceTimes(() => this.#pool!.any());
    const world: RunnerWorld = {
      problem: proposalProblem(request.recipe.space),
      train: async (job, onProgress) => {
        const trained = await this.#pool!.train(job, onProgress);
        this.#devices.trained(trained);
        return trained;
      },
      measure: (architecture) => times.measure(architecture),
      log: (event) => this.#logged(event),
      keepWeights: (network, weights) => this.#keeper!.keepWeights(network, weights),
      findWeights: (network) => this.#keeper!.weights(network),
      trainedAgain: (network) => this.#report({ kind: 'trained-again', network }),
      seconds: () => this.#stopwatch.seconds(),
      gate: () => this.#gate.passed(),
    };
    if (before.length > 0) {
      this.#stopwatch.set(before.at(-1)!.seconds);
      this.#outbox!.add(before);
      this.#runner = SearchRunner.resume(before, world);
    } else {
      const seeds = await this.#seeds(request, times);
      if (!seeds.ok) return seeds;
      this.#runner = SearchRunner.begin(request.recipe, taskOf(request.recipe), seeds.value, world);
    }
    return ok(null);
  }

  async #seeds(request: SearchRequest, times: InferenceTimes): Promise<Result<readonly Seed[]>> {
    const { recipe, startingNetwork } = request;
    const trivial = startingNetworksOf(recipe, taskOf(recipe));
    const all: { architecture: Architecture; origin: Seed['origin'] }[] = [
      ...(startingNetwork ? [{ architecture: startingNetwork, origin: 'given' as const }] : []),
      ...trivial.map((architecture) => ({ architecture, origin: 'trivial' as const })),
    ];
    if (!recipe.objectives.includes('inferenceSeconds')) return ok(all);
    const seeds: Seed[] = [];
    for (const seed of all) {
      const inferenceSeconds = await times.measure(seed.architecture);
      if (inferenceSeconds === null) return fail({ code: 'inference-time-not-measured' });
      seeds.push({ ...seed, inferenceSeconds });
    }
    return ok(seeds);
  }

  #logged(event: SearchEvent): void {
    this.#outbox!.add([event]);
    void this.#keeper!.log([event]);
    if (event.type === 'competed') this.#devices.news(this.#runner!.state);
    const stepped =
      (this.#stepUnit === 'child' && (event.type === 'evaluated' || event.type === 'failed')) ||
      (this.#stepUnit !== null && event.type === 'competed');
    if (stepped) this.pause();
  }

  #go(): void {
    if (!this.#runner) return;
    this.#stopwatch.start();
    this.#pool!.resume();
    this.#devices.paused(false);
    this.#gate.open();
    this.#report({ kind: 'running' });
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    const release = holdSets(this.#ownSets);
    try {
      const ended = await this.#runner!.run();
      this.#stopwatch.stop();
      if (this.#isGone) return;
      await this.#outbox!.flush();
      await this.#keeper!.flush();
      this.#report(ended.ok ? { kind: 'finished' } : { kind: 'failed', reason: ended.reason });
    } catch (error) {
      this.#report({ kind: 'failed', reason: exception(error) });
    } finally {
      release();
    }
    this.#devices.over();
    this.#pool?.dispose();
  }
}
