import type { Architecture } from '../../core/architecture/types.ts';
import type { AfterSearch } from '../../core/run-file/after-search.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import { presetRecipe } from '../../core/search/presets.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import type { SearchStatus } from '../../workers/protocol.ts';
import type { PageState } from './address.ts';
import { Computer } from './computer.svelte.ts';
import { inEffectRoot } from './in-effect-root.svelte.ts';
import { LiveRun, type LiveRunOptions } from './live-run.svelte.ts';
import { firstNotice, Notices, type Notice } from './notices.svelte.ts';
import { OwnSets } from './own-sets.svelte.ts';
import type { Speed, StepUnit } from './pace.ts';
import { Page, type Drawer } from './page.svelte.ts';
import { Replay, type ReplayOptions } from './replay.svelte.ts';
import type { Run } from './run.svelte.ts';
import { nameOf } from './run-name.ts';
import { WarmSearch } from './warm-search.ts';
import { texts, withTexts } from '../text/texts.ts';

type SearchOptions = Omit<LiveRunOptions, 'speed' | 'onstatus' | 'takeWarm'>;

/** A search that has trained something can be offered back. */
const offerable = (run: Run | null): Run | null => (run?.live && !run.untouched ? run : null);

/** The page and the run on it. Another run is another object: what belonged to the old one goes with it. */
export class Session {
  readonly page = new Page();
  /** What is said of the page itself; what is said of a run lies with the run. */
  readonly notices = new Notices();
  readonly computer = new Computer();
  readonly own = new OwnSets();
  run: Run = $state.raw(null!);
  /** The first page is open: until a run is laid out on the page, whoever lays it. */
  home = $state(false);
  /** A run left for the first page; it goes on, and can be returned to, until another one begins. */
  left: Run | null = $state.raw(null);
  /** Whoever started something there has lost the control that was in focus. */
  leftHome = false;
  /** What the state bar shows. */
  notice: Notice | null = $derived(firstNotice(this.notices, this.run.notices));
  /** Charts move from one state to the next. */
  motion: boolean = $derived(
    !this.page.reducedMotion &&
      (this.run.playback.following || this.run.playback.moving) &&
      (this.page.speed === 'watch' || this.page.speed === 'normal'),
  );
  #warm: WarmSearch | null = null;

  constructor(recipe: Recipe) {
    this.run = this.#search({ recipe, name: texts.header.noRun, beginning: { from: 'nothing' } });
  }

  /** What is known of the computer that the run on the page was searched on. */
  get backend() {
    const { run, computer } = this;
    return run.isReplay && run.origin ? (run.origin.device?.backend ?? null) : computer.backend;
  }

  /** The recipe of a run of one's own: that of the page, unless only a recording was looked at. */
  get ownRecipe(): Recipe {
    const { kind, recipe } = this.run;
    return kind === 'recording' ? presetRecipe(recipe.dataset) : recipe;
  }

  dismiss({ key }: Notice): void {
    this.notices.dismiss(key);
    this.run.notices.dismiss(key);
  }

  /** Looks where an address says. */
  look(state: PageState): void {
    const { page } = this;
    const { selection } = this.run;
    page.restore(state);
    selection.selected = state.selected;
    // A phone has its row below the plot; a tablet would show the network nowhere.
    selection.sheet = state.selected !== null && page.width >= 600;
    selection.compared = state.compared;
  }

  /** Starts the workers and tests the backend, so that Play answers at once; after a failure once more. */
  prepare(): void {
    this.#revive();
    if (this.run instanceof LiveRun) this.run.prepare();
  }

  /** Prepares a search of one's own while a recording plays; the backend and its speed are known sooner. */
  warm(recipe: Recipe): void {
    if (this.#warm || this.left || (this.run instanceof LiveRun && this.run.prepared)) return;
    this.#warm = this.#startWarm(recipe);
  }

  /** Tests and measures this computer once more, before anything is trained. */
  measureAgain(): void {
    this.computer.forget();
    const { run } = this;
    if (run instanceof LiveRun && run.prepared) return this.#again(run);
    this.#warm?.dispose();
    this.#warm = this.#startWarm(this.ownRecipe);
  }

  play(): void {
    this.#begin();
    this.run.play();
  }

  toggle = (): void => (this.run.running ? this.run.pause() : this.play());

  step(unit: StepUnit): void {
    this.#begin();
    this.run.step(unit);
  }

  setSpeed(speed: Speed): void {
    const was = this.page.speed;
    this.page.speed = speed;
    for (const run of [this.run, this.left]) if (run instanceof LiveRun) run.speedChanged(was);
  }

  /** Other settings: they take effect at once where nothing has run, else a new run is laid out and the old offered back. */
  change(recipe: Recipe): void {
    this.#lay({ recipe, name: texts.header.noRun, beginning: { from: 'nothing' } }, this.run);
  }

  /** The page is put aside: its workers end, so that the run can be gone on with elsewhere; what was trained is stored. */
  leave(): void {
    this.run.dispose();
    this.left?.dispose();
    this.#warm?.dispose();
    this.#warm = null;
  }

  /** After a failure: the search goes on from what was trained (`takeOver`: from another tab), or begins again. */
  retry(takeOver = false): void {
    const { run } = this;
    if (!(run instanceof LiveRun)) return;
    const { runId, recipe, name, log } = run;
    if (runId === null || !log.whole?.trainedCount) this.#again(run);
    else this.resume(runId, [...log.events], name, recipe, null, takeOver);
    if (takeOver) this.play();
  }

  /** A new, empty run, perhaps with a starting network of one's own; the old one stays in the browser's storage. */
  reset(recipe: Recipe, name: string = texts.header.noRun, startingNetwork?: Architecture): void {
    const beginning = { from: 'nothing', ...(startingNetwork && { startingNetwork }) } as const;
    this.#lay({ recipe, name, beginning });
  }

  /** Shows a log that is not searched here; `undo` offers a search that has trained something back. */
  show(options: Omit<ReplayOptions, 'recipe' | 'speed'>, undo = false): Replay {
    const { recipe } = this.run;
    const replay = inEffectRoot(() => new Replay({ ...options, recipe, speed: this.#speed }));
    const isOwn = replay.isOwnFile;
    if (isOwn) this.#leaveHome();
    this.#replace(replay, (isOwn && this.#endLeft()) || (undo ? offerable(this.run) : null));
    return replay;
  }

  /** Goes on with a run of this browser's storage, perhaps for more generations than it was made for. */
  resume(
    id: string,
    events: readonly SearchEvent[],
    name: string,
    recipe: Recipe,
    measured: AfterSearch | null = null,
    takeOver = false,
  ): void {
    this.#lay({ recipe, name, measured, beginning: { from: 'stored', id, events, takeOver } });
  }

  /** Searches on, on this computer, from what the page shows now, until `generations`. */
  goOn(generations: number): void {
    const { runId, name, weights, log, live, playback } = this.run;
    const recipe = { ...this.run.recipe, generations };
    if (live && runId && playback.following) {
      this.resume(runId, [...log.events], name, recipe);
    } else {
      const from = runId ?? name;
      const events = log.events.slice(0, playback.position);
      const origin = { note: '', device: null, created: '', from };
      this.#lay({ recipe, name, origin, weights, beginning: { from: 'log', events, origin: from } });
    }
    this.play();
  }

  /** Opens the first page; a run that has begun, or lies in a file of the user's own, goes on behind it. */
  goHome(): void {
    const { run } = this;
    if (run.live || run.isOwnFile) {
      this.#endLeft();
      this.run = this.#search({ recipe: run.recipe, name: '', beginning: { from: 'nothing' } });
      this.left = run;
    }
    this.home = true;
  }

  /** Back to the run that was left for the first page. */
  comeBack(): void {
    const { left } = this;
    if (!left) return;
    this.#forgetLeft();
    this.#leaveHome();
    this.#replace(left, null);
  }

  #speed = (): Speed => this.page.speed;

  #search(options: SearchOptions): LiveRun {
    return inEffectRoot(
      () =>
        new LiveRun({
          ...options,
          speed: this.#speed,
          onstatus: (status, run) => this.#report(status, run),
          takeWarm: () => {
            const warm = this.#warm;
            this.#warm = null;
            return warm;
          },
        }),
    );
  }

  #startWarm(recipe: Recipe): WarmSearch {
    return new WarmSearch(recipe, nameOf('', recipe), (status) => this.computer.measured(status));
  }

  /** Lays out a search, and prepares it where no other one trains meanwhile. */
  #lay(options: SearchOptions, undo: Run | null = null): void {
    const run = this.#search(options);
    this.#leaveHome();
    this.#replace(run, (run.live && this.#endLeft()) || offerable(undo));
    if (!this.left?.running) run.prepare();
  }

  /** Before the run on the page is played: a search takes the place of the first page and of the run left for it. */
  #begin(): void {
    if (!this.run.finished) this.#revive();
    const { run } = this;
    if (!(run instanceof LiveRun)) return;
    this.notices.forgetBackend();
    if (this.home) this.#leaveHome();
    this.#offer(run, this.#endLeft());
  }

  /** Another run takes the place of the first page. */
  #leaveHome(): void {
    this.leftHome = this.home;
    this.home = false;
  }

  /** Ends the run that was left for the first page; gives it where it can be offered back. */
  #endLeft(): Run | null {
    const { left } = this;
    if (!left) return null;
    const offered = offerable(left);
    left.dispose();
    this.#forgetLeft();
    return offered;
  }

  #forgetLeft(): void {
    this.left = null;
    this.notices.dismiss('left');
  }

  /** The same search from its beginning. */
  #again({ recipe, name, beginning }: LiveRun): void {
    this.reset(recipe, name, beginning.from === 'nothing' ? beginning.startingNetwork : undefined);
  }

  #revive(): void {
    if (this.run.failed) this.retry();
  }

  /** `run` comes on the page, and offers `old` back. */
  #replace(run: Run, old: Run | null): void {
    // The same images: what was measured on them still holds. A run that comes back has its own.
    const imagesOf = ({ recipe }: Run) => recipe.dataset + recipe.seed;
    if (run.sideRuns.imported.length === 0 && imagesOf(run) === imagesOf(this.run))
      run.sideRuns.imported = this.run.sideRuns.imported;
    this.run.dispose();
    this.run = run;
    this.#offer(run, old);
  }

  /** The state bar of `run` offers `old` back. */
  #offer(run: Run, old: Run | null): void {
    if (old)
      run.notices.say(
        'aside',
        texts.states.setAside,
        { label: texts.states.bringBack, run: () => this.#bringBack(old) },
        'info',
      );
  }

  #bringBack({ runId, log: { events }, name, recipe }: Run): void {
    if (runId) this.resume(runId, events, name, recipe);
    else this.show({ kind: 'file', events, name });
  }

  #report(status: SearchStatus, run: LiveRun): void {
    const { page } = this;
    if (status.kind === 'ready') this.computer.measured(status);
    const generation = run.log.whole?.generation ?? 0;
    const actions = {
      open: (drawer: Drawer) => (page.drawer = drawer),
      showLog: () => (page.tab = 'log'),
      retry: () => this.retry(),
      takeOver: () => this.retry(true),
      useWebgpu: () => this.reset({ ...run.recipe, backend: 'webgpu' }, run.name),
    };
    // What is told of a search, and its words, are more than the first page needs.
    void withTexts('run', import('./status-notices.ts')).then(({ reportStatus }) =>
      reportStatus(status, run.notices, generation, actions),
    );
  }
}
