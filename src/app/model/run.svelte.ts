import type { Weights } from '../../core/architecture/weights.ts';
import type { AfterSearch } from '../../core/run-file/after-search.ts';
import type { RunDevice } from '../../core/run-file/schema.ts';
import type { RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import { milestoneViews } from './milestone-view.ts';
import { Notices } from './notices.svelte.ts';
import { Overlays } from './overlays.svelte.ts';
import type { Speed, StepUnit } from './pace.ts';
import { Playback } from './playback.svelte.ts';
import { givenName, nameOf } from './run-name.ts';
import { RunAsk } from './run-ask.ts';
import { RunLog } from './run-log.svelte.ts';
import { Selection } from './selection.svelte.ts';
import type { Sent } from './sent.ts';
import { SideRuns } from './side-runs.svelte.ts';
import { TestErrors } from './test-errors.svelte.ts';
import { emptyMap } from './maps.ts';
import { texts } from '../text/texts.ts';

/** What is known of where a run comes from besides its log. */
export interface Origin {
  readonly note: string;
  readonly device: RunDevice | null;
  readonly created: string;
  readonly from: string;
}

export interface RunOptions {
  readonly recipe: Recipe;
  readonly name: string;
  readonly origin?: Origin | null;
  readonly note?: string;
  /** What `result=` said in the address it came by. */
  readonly link?: string;
  readonly sent?: Sent;
  /** Weights that came with a file or the recording. */
  readonly weights?: ReadonlyMap<NetworkId, Weights>;
  readonly finishedWeights?: ReadonlyMap<NetworkId, Weights>;
  /** What was measured after the search when it was kept. */
  readonly measured?: AfterSearch | null;
  /** The speed chosen on the page. */
  readonly speed: () => Speed;
}

/**
 * One run on the page, a search or a replay: one event log, and all that belongs to it. Another run is another object;
 * nothing of this one is ever reset.
 */
export abstract class Run {
  abstract readonly kind: 'live' | 'recording' | 'file';
  /** The user opened it: a file, a link's result, a finished run of this browser's storage. */
  abstract readonly isOwnFile: boolean;
  /** Its id in the browser's storage; null where it is not kept there. */
  abstract readonly runId: string | null;
  /** A search on this computer that has begun. */
  abstract readonly live: boolean;
  /** Nothing was trained yet: the sizes of the starting networks are known at most. */
  abstract readonly untouched: boolean;
  /** The search goes on, or the cursor moves. */
  abstract readonly running: boolean;
  /** The backend is still tested. */
  abstract readonly preparing: boolean;
  /** Play was pressed and not Pause: what the user wants, also while the backend is still tested. */
  abstract readonly wanted: boolean;
  abstract readonly failed: boolean;
  /** Any of its networks can be asked for its weights. */
  abstract readonly keepsWeights: boolean;
  readonly recipe: Recipe;
  readonly origin: Origin | null;
  /** What `result=` said in the address it came by; '' where it came otherwise. */
  readonly link: string;
  /** What came by a link is less than a run; null for all others. */
  readonly sent: Sent | null;
  readonly log = new RunLog();
  readonly playback: Playback;
  readonly selection = new Selection();
  readonly notices = new Notices();
  readonly sideRuns = new SideRuns();
  /** Other runs, opened together with this one. */
  readonly overlays = new Overlays();
  readonly ask = new RunAsk(this);
  readonly tests: TestErrors = new TestErrors(this.ask);
  #given = $state('');
  note = $state('');
  weights = $state.raw<ReadonlyMap<NetworkId, Weights>>(emptyMap());
  /** The run where the page looks. */
  view: RunView | null;
  /** `view` as it was at its last milestone: for what does not show proposals, learning curves or time. */
  milestoneView: RunView | null;
  finished: boolean;

  protected constructor(options: RunOptions) {
    const { recipe, name, origin, note, link, sent, weights, finishedWeights, measured, speed } = options;
    this.recipe = recipe;
    this.link = link ?? '';
    this.sent = sent ?? null;
    this.origin = origin ?? null;
    this.name = name;
    this.note = note ?? '';
    if (weights) this.weights = weights;
    for (const { network, error } of measured?.testErrors ?? []) this.tests.keep(network, error);
    this.sideRuns.transferred = measured?.transfers ?? [];
    this.sideRuns.finished.list = measured?.finished ?? [];
    if (finishedWeights) this.sideRuns.finished.weights = finishedWeights;
    this.playback = new Playback(
      this.log,
      speed,
      () => this.live && !this.finished,
      () => this.cursorMoved(),
    );
    const atMilestone = milestoneViews();
    this.view = $derived(this.log.at(this.playback.position));
    this.milestoneView = $derived(atMilestone(this.view));
    this.finished = $derived(this.log.whole?.finished != null);
  }

  /** The one given by hand; else one that says what it is, in the language that the page is in. */
  get name(): string {
    if (this.#given !== '') return this.#given;
    return this.kind === 'live' ? texts.header.noRun : nameOf('', this.recipe);
  }

  set name(name: string) {
    this.#given = givenName(name, this.recipe);
  }

  abstract play(): void;
  abstract pause(): void;
  /** One unit further: in the log, else in the search. */
  abstract step(unit: StepUnit): void;
  /** Ends the search at what it has; what was evaluated stays. */
  abstract stop(): Promise<void>;
  /** Weights of a network that lie with the run itself. */
  protected abstract weightsHere(id: NetworkId): Promise<Weights | null>;
  protected cursorMoved(): void {}

  /** Nothing is searched here: the log is only played back. */
  get isReplay(): boolean {
    return this.kind !== 'live';
  }

  /** Weights of a network of this run, wherever they are; null where they are not in this browser. */
  async weightsOf(id: NetworkId): Promise<Weights | null> {
    const here = this.weights.get(id) ?? (await this.weightsHere(id));
    return (await import('./stored-weights.ts')).fittingWeights(this, id, here);
  }

  /** The same as its finishing left them; null where its training was not finished, or they are not in this browser. */
  async finishedWeightsOf(id: NetworkId): Promise<Weights | null> {
    return (await import('./stored-weights.ts')).finishedWeights(this, id);
  }

  /** What was measured after the search. */
  get measured(): AfterSearch {
    return {
      testErrors: [...this.tests.known].map(([network, error]) => ({ network, error })),
      transfers: this.sideRuns.transferred,
      finished: this.sideRuns.finished.list,
    };
  }

  /** Back in the log only; a search goes on meanwhile. */
  back(unit: StepUnit): void {
    this.playback.back(unit);
  }

  scrub(generation: number): void {
    const last = this.log.whole?.generation ?? 0;
    if (generation >= last) this.toEnd();
    else this.playback.toGeneration(generation);
  }

  toEnd(): void {
    if (this.live || this.finished) this.playback.follow();
    else this.playback.to(this.log.count);
  }

  /** Ends its workers; what it shows stays readable. */
  dispose(): void {
    this.playback.stop();
    this.sideRuns.dispose();
    this.ask.dispose();
  }
}
