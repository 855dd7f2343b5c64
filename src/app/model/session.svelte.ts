import type { RunView } from '../../core/run-file/view.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import { presetRecipe } from '../../core/search/presets.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import type { Architecture } from '../../core/architecture/types.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { SearchStatus } from '../../workers/protocol.ts';
import { startSearch, type SearchHandle } from '../../workers/clients.ts';
import { EventBatch } from './event-batch.ts';
import { SideRuns } from './side-runs.svelte.ts';
import { Computer } from './computer.svelte.ts';
import { TestErrors } from './test-errors.svelte.ts';
import { SessionAsk } from './network-ask.ts';
import { OwnSets } from './own-sets.svelte.ts';
import { Overlays } from './overlays.svelte.ts';
import { nameOf } from './run-name.ts';
import { Notices } from './notices.svelte.ts';
import { Page } from './page.svelte.ts';
import { drawEvery, type StepUnit } from './pace.ts';
import type { Origin, Source } from './source.ts';
import { Playback } from './playback.svelte.ts';
import { RunLog } from './run-log.svelte.ts';
import { milestoneViews } from './milestone-view.ts';
import { signalEvents } from './signal.ts';
import { setAside } from './offer-undo.ts';
import { WatchPace } from './watch-pace.ts';
import { WarmSearch } from './warm-search.ts';
import { reportStatus } from './status-notices.ts';
import { header } from '../text/en/page.ts';

const noWeights: ReadonlyMap<NetworkId, Weights> = new Map();

/** One run on the page: one event log, and every view of it. Talks to workers only through clients.ts. */
export class Session {
  readonly log = new RunLog();
  readonly page = new Page();
  readonly notices = new Notices();
  readonly playback: Playback;
  readonly beside = new SideRuns();
  readonly computer = new Computer();
  readonly own = new OwnSets();
  /** Other runs, opened together with this one. */
  readonly overlays = new Overlays();
  readonly ask = new SessionAsk(this);
  readonly tests = new TestErrors(this.ask);
  /** Nothing was trained yet: the sizes of the starting networks are known at most. */
  untouched: boolean;
  /** What the next (or present) run is made of. */
  recipe = $state.raw<Recipe>({} as Recipe);
  name = $state(header.noRun);
  note = $state('');
  source = $state<Source>('none');
  origin = $state.raw<Origin | null>(null);
  /** Weights that came with a file or the recording. */
  weights = $state.raw<ReadonlyMap<NetworkId, Weights>>(noWeights);
  status = $state.raw<SearchStatus | null>(null);
  /** Play was pressed and not Pause: what the user wants, also while the backend is still tested. */
  wanted = $state(false);
  runId = $state<string | null>(null);
  handle = $state.raw<SearchHandle | null>(null);
  view: RunView | null;
  /** `view` as it was at its last milestone: for what does not show proposals, learning curves or time. */
  milestoneView: RunView | null;
  finished: boolean;
  live: boolean;
  running: boolean;
  preparing: boolean;
  motion: boolean;
  #batch: EventBatch;
  #watch = new WatchPace();
  #warm: WarmSearch | null = null;
  #startingNetwork: Architecture | undefined;
  /** The next events are the whole log, not its continuation. */
  #whole = false;

  constructor(recipe: Recipe) {
    this.recipe = recipe;
    this.playback = new Playback(
      this.log,
      () => this.live && !this.finished,
      () => this.#watch.keep(this),
    );
    this.view = $derived(this.log.at(this.playback.position));
    const atMilestone = milestoneViews();
    this.milestoneView = $derived(atMilestone(this.view));
    this.untouched = $derived(
      this.log.count === 0 || (!this.wanted && this.log.whole?.imagesSeen === 0 && this.source !== 'file'),
    );
    this.finished = $derived(this.log.whole?.finished != null);
    this.live = $derived(this.source === 'live');
    this.running = $derived(
      this.playback.moving || (this.wanted && this.live && !this.finished && this.status?.kind !== 'failed'),
    );
    this.preparing = $derived(this.handle !== null && this.status?.kind === 'preparing');
    this.motion = $derived(
      !this.page.reducedMotion &&
        (this.playback.following || this.playback.moving) &&
        (this.playback.speed === 'watch' || this.playback.speed === 'normal'),
    );
    this.#batch = new EventBatch(
      (events) => this.#take(events),
      () => drawEvery[this.playback.speed],
    );
  }

  /** Starts the workers and tests the backend, so that Play answers at once. */
  prepare(
    options: { resume?: string; fork?: { events: readonly SearchEvent[]; origin: string } } = {},
  ): void {
    if (this.status?.kind === 'failed') return this.retry();
    if (this.handle) return;
    const given = this.#startingNetwork;
    if (Object.keys(options).length === 0 && !given && this.#adoptWarm()) return;
    this.status = { kind: 'preparing' };
    this.handle = startSearch(this.recipe, {
      name: nameOf(this.name, this.recipe),
      ...this.#listeners(),
      ...(given === undefined ? {} : { startingNetwork: given }),
      ...(options.resume === undefined ? {} : { resume: options.resume }),
      ...(options.fork === undefined
        ? {}
        : { fork: { ...options.fork, weights: [...this.weights.entries()] } }),
    });
  }

  /** Prepares a search of one's own while a recording plays; the backend and its speed are known sooner. */
  warm(recipe: Recipe): void {
    if (this.#warm || this.handle) return;
    this.#warm = new WarmSearch(recipe, nameOf('', recipe), (status) => this.computer.measured(status));
  }

  #adoptWarm(): boolean {
    const warm = this.#warm;
    this.#warm = null;
    this.handle = warm?.adopt(this.recipe, this.#listeners()) ?? null;
    return this.handle !== null;
  }

  #listeners() {
    return {
      onEvents: (first: number, events: readonly SearchEvent[]) => this.#receive(first, events),
      onStatus: (status: SearchStatus) => this.#setStatus(status),
      onRun: (id: string) => void (this.runId = id),
    };
  }

  /** Tests and measures this computer once more, before anything is trained. */
  measureAgain(): void {
    this.computer.forget();
    if (this.handle) return this.reset(this.recipe, this.name, this.#startingNetwork);
    this.#warm?.dispose();
    this.#warm = null;
    this.warm(this.ownRecipe);
  }

  play(): void {
    if (this.source === 'recording' || this.source === 'file' || this.finished) {
      this.playback.start();
      return;
    }
    this.prepare();
    this.source = 'live';
    this.notices.forgetBackend();
    this.wanted = true;
    if (this.playback.speed === 'watch') this.playback.start();
    else this.playback.follow();
    this.#watch.release();
    this.handle?.play();
  }

  pause(): void {
    this.wanted = false;
    this.playback.stop();
    this.handle?.pause();
  }

  toggle = (): void => (this.running ? this.pause() : this.play());

  /** One unit further: in the log, else in the search. */
  step(unit: StepUnit): void {
    if (this.live && !this.finished && this.playback.position >= this.log.count) {
      this.prepare();
      this.source = 'live';
      this.wanted = false;
      this.playback.follow();
      this.handle?.step(unit === 'generation' ? 'generation' : 'child');
    } else if (this.source === 'none') {
      this.source = 'live';
      this.step(unit);
    } else {
      this.playback.forward(unit);
    }
  }

  /** Back in the log only; a search goes on meanwhile. */
  back = (unit: StepUnit): void => this.playback.back(unit);

  scrub(generation: number): void {
    const last = this.log.whole?.generation ?? 0;
    if (generation >= last) this.toEnd();
    else this.playback.toGeneration(generation);
  }

  toEnd = (): void =>
    this.live || this.finished ? this.playback.follow() : this.playback.to(this.log.count);

  setSpeed(speed: Playback['speed']): void {
    const was = this.playback.speed;
    this.playback.speed = speed;
    if (!this.live || this.finished || !this.wanted) return;
    if (speed === 'watch') this.playback.start();
    else if (was === 'watch') this.play();
  }

  /** Weights of a network of this run, wherever they are; null where they are not in this browser. */
  async weightsOf(id: NetworkId): Promise<Weights | null> {
    const here = this.weights.get(id) ?? (await this.handle?.weights(id));
    return (await import('./stored-weights.ts')).fittingWeights(this, id, here ?? null);
  }

  /** The recipe of a run of one's own: that of the page, unless only a recording was looked at. */
  get ownRecipe(): Recipe {
    return this.source === 'recording' ? presetRecipe(this.recipe.dataset) : this.recipe;
  }

  /** Ends the run at what it has; what was evaluated stays. */
  async stop(): Promise<void> {
    this.wanted = false;
    await this.handle?.stop();
  }

  /** Other settings: they take effect at once where nothing has run, else a new run is laid out and the old set aside. */
  change(recipe: Recipe): void {
    const aside = this.live && !this.untouched ? setAside(this) : null;
    this.reset(recipe);
    aside?.();
  }

  /** After a failure: the search goes on from what was trained, or begins again. */
  retry(): void {
    const { runId, recipe, name, log } = this;
    if (runId === null || !log.whole?.trainedCount) this.reset(recipe, name, this.#startingNetwork);
    else this.resume(runId, [...log.events], name, recipe);
  }

  /** A new, empty run, perhaps with a starting network of one's own; the old one stays in the browser's storage. */
  reset(recipe: Recipe = this.recipe, name: string = header.noRun, startingNetwork?: Architecture): void {
    this.#close();
    this.#startingNetwork = startingNetwork;
    this.recipe = recipe;
    this.name = name;
    this.source = 'none';
    this.prepare();
  }

  /** Shows a log that is not searched here. */
  show(
    source: 'recording' | 'file',
    events: readonly SearchEvent[],
    name: string,
    origin: Origin | null,
  ): void {
    this.#close();
    this.log.replace(events);
    if (this.log.recipe) this.recipe = this.log.recipe;
    this.name = name;
    this.source = source;
    this.origin = origin;
    this.playback.to(0);
  }

  /** Goes on with a run of this browser's storage, perhaps for more generations than it was made for. */
  resume(id: string, events: readonly SearchEvent[], name: string, recipe: Recipe): void {
    this.#close();
    this.recipe = recipe;
    this.name = name;
    this.log.replace(events);
    this.source = 'live';
    this.runId = id;
    this.#whole = true;
    this.prepare({ resume: id });
  }

  /** Searches on, on this computer, from what the page shows now, until `generations`. */
  goOn(generations: number): void {
    const recipe = { ...this.recipe, generations };
    const { runId, name, weights } = this;
    if (this.live && runId && this.playback.following) {
      this.resume(runId, [...this.log.events], name, recipe);
    } else {
      const events = this.log.events.slice(0, this.playback.position);
      this.#close();
      this.weights = weights;
      this.recipe = recipe;
      this.name = name;
      this.source = 'live';
      this.origin = { note: '', device: null, created: '', from: runId ?? name };
      this.#whole = true;
      this.prepare({ fork: { events, origin: runId ?? name } });
    }
    this.play();
  }

  #close(): void {
    this.playback.stop();
    this.handle?.dispose();
    this.handle = null;
    this.beside.clear();
    this.overlays.set([]);
    this.ask.dispose();
    this.#batch.clear();
    this.#whole = false;
    this.notices.forgetRun();
    this.log.clear();
    this.status = null;
    this.wanted = false;
    this.runId = null;
    this.#startingNetwork = undefined;
    this.origin = null;
    this.note = '';
    this.weights = noWeights;
    this.tests.clear();
    this.playback.follow();
    this.page.forgetRun();
  }

  #receive(first: number, events: readonly SearchEvent[]): void {
    // A resumed search sends its log from the start, cut where it goes on: that replaces what is shown.
    if (this.#whole && first === 0) {
      this.#whole = false;
      this.#batch.clear();
      this.log.replace(events);
      return;
    }
    this.#batch.add(events);
  }

  #take(events: readonly SearchEvent[]): void {
    this.log.append(this.log.count, events);
    signalEvents(events, this.log);
    if (events.some((event) => event.type === 'generation')) this.notices.forgetBackend();
    this.#watch.keep(this);
  }

  #setStatus(status: SearchStatus): void {
    if (status.kind === 'finished' || status.kind === 'failed') this.#batch.now();
    if (status.kind === 'failed') this.wanted = false;
    this.status = status;
    if (status.kind === 'ready') this.computer.measured(status);
    reportStatus(status, this);
  }
}
