import { layoutOf, type Weights } from '../../../core/architecture/weights.ts';
import type { Architecture } from '../../../core/architecture/types.ts';
import { forwardImage, type FeatureMaps } from '../../../core/architecture/forward.ts';
import { provenance, resolveSelections } from '../../../core/morphisms/provenance.ts';
import type { Morphism, OperatorKind } from '../../../core/morphisms/morphism.ts';
import { fail, type Result } from '../../../core/result.ts';
import type { DatasetId } from '../../../core/search/recipe.ts';
import { factsOf } from '../../../datasets/catalog.ts';
import { classNamesOf } from '../../model/datasets.ts';
import type { Measured, Opened, Subject, Transformed } from '../../../engine/workbench/results.ts';
import type { ChannelHistogram } from '../../../engine/workbench/histogram.ts';
import type { WorkbenchReady, WorkbenchSource } from '../../../workers/workbench.ts';
import { siteBase } from '../../../workers/site-base.ts';
import { WorkerLink } from './worker-link.ts';
import { isTooMany, layBoards } from './board/lay-boards.ts';
import type { Board } from './board/board.ts';
import { ledgerOf, weightsAt } from './board/landing.ts';
import { type Motion, type Timeline, buildTimeline } from './board/timeline.ts';
import { isPresenting } from '../present.svelte.ts';
import { betKey, Bets, type Hands } from './bets.svelte.ts';
import { outcomeOf } from './answers.ts';
import { LambdaControl } from './lambda-control.svelte.ts';
import { Pad } from './pad.svelte.ts';
import { Playhead } from './playhead.svelte.ts';
import { networkCase, toyCase, type Variant, variantsOf } from './subjects.ts';
import { traceOf, type TracePoint } from './trace.ts';
import { Trials } from './trials.svelte.ts';
import { texts } from '../../text/texts.ts';

export type Beat = 1 | 2 | 3 | 4 | 5;

/** A network of the page's run that can be put on the bench. */
export interface RunNetwork {
  readonly id: number;
  readonly architecture: Architecture;
  readonly dataset: DatasetId;
  readonly seed: number;
  readonly images: number;
  readonly weights: () => Promise<Weights | null>;
}

export interface BenchChoice {
  readonly operator: OperatorKind;
  readonly variant: Variant;
  readonly network: RunNetwork | null;
}

/** Channels whose inputs are drawn. */
const shownHistograms = 2;

/** What lies on the bench and how far one is with it. Views only read it and call its methods; lessons may too. */
export class WorkbenchState {
  operator = $state<OperatorKind>('widen');
  variant = $state<Variant>('zero');
  beat = $state<Beat>(1);
  network = $state.raw<RunNetwork | null>(null);
  /** The generator of all chance on the bench. */
  seed = $state(1);
  ready = $state.raw<WorkbenchReady | null>(null);
  opened = $state.raw<Opened | null>(null);
  transformed = $state.raw<Transformed | null>(null);
  problem = $state('');
  /** Another operator or network is being put on the bench. */
  choosing = $state(false);
  /** Next was asked for before a bet was placed. */
  betFirst = $state(false);
  readonly bets = new Bets();
  readonly playhead = new Playhead(() => this.timeline);
  readonly #link = new WorkerLink();
  readonly trials = new Trials(this.#link, this);
  readonly pad = new Pad(this.#link, this);
  readonly lambdaControl = new LambdaControl(this);
  /** Check image that is shown one by one. */
  shown = $state(0);
  mode = $state<'inference' | 'training'>('inference');
  /** Largest difference at moments of the transformation, measured. */
  trace = $state.raw<readonly TracePoint[]>([]);
  /** What an inserted block gets, channel by channel. */
  histograms = $state.raw<readonly ChannelHistogram[]>([]);
  /** The beat's pictures as tables instead. */
  table = $state(false);
  /** Numbers too many for the stage are printed all the same; the board is scrolled. */
  zoomed = $state(false);
  /** Cells an equation's symbol names; null: none. */
  highlight = $state.raw<((motion: Motion) => boolean) | null>(null);

  tooMany: boolean;
  boards: { readonly parent: Board; readonly child: Board } | null;
  timeline: Timeline | null;
  classes: readonly string[];
  key: string;
  bet: number | null;
  hands: Hands | null;
  /** Next does not pass the bet before it is placed; before a class the teacher may. */
  waitsForBet: boolean;
  rounding: number;
  /** The last moment of the transformation at which something had landed: maps change then only. */
  landed: number;
  /** Feature maps of the image shown, of the parent and of the child as far as it has landed. */
  maps: { readonly parent: FeatureMaps; readonly child: FeatureMaps } | null;

  constructor() {
    this.tooMany = $derived(this.transformed !== null && isTooMany(this.transformed.step));
    this.boards = $derived(
      this.transformed ? layBoards(this.transformed.step, !this.tooMany || this.zoomed) : null,
    );
    this.timeline = $derived(this.#buildTimeline());
    this.classes = $derived(
      this.network ? classNamesOf(factsOf(this.network.dataset)) : texts.workbench.toyClasses,
    );
    this.key = $derived(betKey(this.operator, this.variant, this.network?.id ?? null));
    this.bet = $derived(this.bets.all[this.key]?.answer ?? null);
    this.hands = $derived(this.bets.hands[this.key] ?? null);
    this.waitsForBet = $derived(this.beat === 2 && this.bet === null && !isPresenting());
    this.landed = $derived.by(() => {
      const ends = this.timeline?.stops.map(({ end }) => end) ?? [];
      // A large network's maps take tens of milliseconds: they change once, at the end.
      const moments = this.tooMany ? ends.slice(-1) : ends;
      return moments.filter((end) => end <= this.playhead.time).at(-1) ?? 0;
    });
    this.maps = $derived.by(() => this.#mapsOf());
    this.rounding = $derived(Math.max(1e-5, 8 * (this.ready?.report.selfTest.maxDifference ?? 0)));
  }

  /** Starts the worker; fails with a sentence in `problem`. */
  async start(): Promise<void> {
    this.#link.open();
    const ready = await this.#link.call((api) => api.prepare(siteBase()));
    if (ready.ok) this.ready = ready.value;
    else this.problem = texts.workbench.failed(texts.describeFailure(ready.reason));
  }

  dispose(): void {
    this.#link.dispose();
  }

  /** Puts an operator and a network on the bench; the beat stays unless it is given. */
  async choose({ operator, variant, network }: BenchChoice, beat?: Beat): Promise<void> {
    const variants = variantsOf(operator);
    this.operator = operator;
    this.variant = variants.find((one) => one === variant) ?? variants[0] ?? null;
    this.network = network;
    const turn = this.#link.nextTurn();
    this.problem = '';
    this.#clear();
    if (beat) this.beat = beat;
    // What lies on the bench is of the operator before until this one's has come: it must not be drawn as this one's.
    this.choosing = true;
    await this.#put(turn);
    if (!this.#link.isStale(turn)) this.choosing = false;
  }

  async #put(turn: number): Promise<void> {
    if (!this.ready) await this.start();
    if (!this.ready || this.#link.isStale(turn)) return;
    const prepared = await this.#prepare();
    if (this.#link.isStale(turn)) return;
    if (!prepared.ok) {
      [this.opened, this.transformed] = [null, null];
      this.problem = prepared.reason;
      return;
    }
    const { source, morphism } = prepared.value;
    const opened = await this.#link.call((api) => api.open(source));
    const transformed = opened.ok
      ? await this.#link.call((api) => api.transform(morphism, this.seed))
      : opened;
    if (this.#link.isStale(turn)) return;
    if (!opened.ok || !transformed.ok) {
      this.problem = transformed.ok ? '' : texts.describeFailure(transformed.reason);
      return;
    }
    this.opened = opened.value;
    this.transformed = transformed.value;
    this.choosing = false;
    this.enter(this.beat);
  }

  go(beat: Beat): void {
    this.beat = beat;
    this.enter(beat);
  }

  next(): void {
    if (this.waitsForBet) this.betFirst = true;
    else if (this.beat === 3 && this.timeline && !this.playhead.isAtEnd)
      this.playhead.rest(this.timeline.duration);
    else this.go(this.beat === 5 ? 1 : ((this.beat + 1) as Beat));
  }

  back(): void {
    if (this.beat > 1) this.go((this.beat - 1) as Beat);
  }

  /** What a beat needs is computed when it is entered. */
  enter(beat: Beat): void {
    this.betFirst = false;
    if (this.choosing || !this.transformed || !this.timeline) return;
    this.lambdaControl.close();
    if (beat === 3) {
      this.playhead.begin();
      void this.#measureTrace();
      void this.#measureInput();
    } else this.playhead.rest(beat > 3 ? this.timeline.duration : 0);
    if (beat < 4) return;
    const { trials, transformed } = this;
    if (beat === 4) {
      this.bets.settle(this.key, outcomeOf(this.opened!, this.transformed!));
      if (!transformed.exact && trials.distillation.length === 0) void this.distil();
      void this.pad.findWorst();
    } else {
      void trials.measureBreaks();
      trials.broken = null;
      if (!transformed.exact && !trials.distilled && !trials.distilling) void this.distil();
    }
  }

  async distil(): Promise<void> {
    await this.trials.distil();
    if (this.beat === 5) await this.trials.measureBreaks();
  }

  /** The child that is compared with the parent: broken, distilled so far, or as inherited. */
  get child(): Subject | null {
    const { transformed, beat, trials } = this;
    if (!transformed) return null;
    if (beat === 5 && trials.broken) return trials.broken;
    if (beat >= 4 && trials.distilled) return trials.distilled;
    return { architecture: transformed.step.child, weights: transformed.weights };
  }

  /** What was measured of that child. */
  get measured(): Transformed['inference'] | null {
    const { transformed, beat, trials, mode } = this;
    if (!transformed) return null;
    if (beat === 3 && this.lambdaControl.mixed) return this.lambdaControl.mixed;
    if (beat === 5 && trials.broken) return trials.broken;
    const last = trials.distillation.at(-1);
    if (beat >= 4 && last && !transformed.exact && mode === 'inference') return last;
    return mode === 'training' && beat === 4 ? transformed.training : transformed.inference;
  }

  /** The parent's answers that `measured` is held against: those of the same mode, and of the same activation. */
  get compared(): Opened['answers'] {
    const { transformed, opened, beat, trials, mode } = this;
    if (beat === 5 && trials.broken?.tanh) return trials.broken.tanh.answers;
    return beat === 4 && mode === 'training' ? transformed!.training.parent : opened!.answers;
  }

  #mapsOf(): WorkbenchState['maps'] {
    const { opened, transformed, timeline, landed, beat, child } = this;
    if (!opened || !transformed || !timeline || !child) return null;
    const image = this.imageOf(this.shown);
    const broken = beat === 5 ? this.trials.broken : null;
    const landing = () => weightsAt(timeline, transformed.weights, transformed.step, landed);
    const own = beat < 4 ? { architecture: child.architecture, weights: landing() } : child;
    const parent = broken?.tanh ?? opened;
    const activation = broken?.tanh ? 'tanh' : 'relu';
    return {
      parent: forwardImage(parent.architecture, parent.weights, image, opened.epsilon, activation),
      child: forwardImage(own.architecture, own.weights, image, opened.epsilon, activation),
    };
  }

  /** Check image `index` as the network takes it. */
  imageOf(index: number): Float32Array {
    const { check } = this.opened!;
    const size = check.height * check.width * check.channels;
    return Float32Array.from(
      check.images.subarray(index * size, (index + 1) * size),
      (byte, i) => (byte / 255 - check.mean[i % check.channels]!) / check.deviation[i % check.channels]!,
    );
  }

  pixelsOf(index: number): Uint8Array<ArrayBuffer> {
    const { check } = this.opened!;
    const size = check.height * check.width * check.channels;
    return check.images.slice(index * size, (index + 1) * size);
  }

  /** What the trace says at `time`; null before anything was measured. */
  traceAt(time: number): { readonly max: number; readonly alike: number } | null {
    return this.trace.filter((point) => point.time <= time + 1).at(-1) ?? null;
  }

  stop(): void {
    this.#link.stop();
  }

  get ledger() {
    return this.timeline ? ledgerOf(this.timeline) : [];
  }

  /** Measures any network against the parent. */
  measure(subject: Subject): Promise<Measured | null> {
    return this.#link.ask((api) => api.measure(subject));
  }

  #buildTimeline(): Timeline | null {
    const { opened, transformed, boards } = this;
    if (!opened || !transformed || !boards) return null;
    const { step } = transformed;
    const selections = resolveSelections(step.map, layoutOf(step.parent), opened.weights);
    return buildTimeline({
      step,
      provenance: provenance(step.parent, step.child, step.map, selections),
      parentWeights: opened.weights,
      childWeights: transformed.weights,
      ...boards,
    });
  }

  async #prepare(): Promise<Result<{ source: WorkbenchSource; morphism: Morphism }, string>> {
    const { network, operator, variant } = this;
    if (!network) {
      const { toy, morphism } = toyCase(operator, variant);
      return { ok: true, value: { source: { kind: 'toy', toy }, morphism } };
    }
    const morphism = networkCase(network.architecture, operator, variant);
    if (!morphism) return fail(texts.workbench.noPlace(network.id));
    const weights = await network.weights();
    if (!weights) return fail(texts.workbench.weightsElsewhere(network.id));
    const subject = { architecture: network.architecture, weights };
    return {
      ok: true,
      value: { source: { kind: 'network', subject, dataset: network.dataset, seed: network.seed }, morphism },
    };
  }

  async #measureTrace(): Promise<void> {
    const { timeline, transformed, opened } = this;
    if (!timeline || !transformed || !opened || this.trace.length > 0) return;
    const measure = (subject: Subject) => this.measure(subject);
    const trace = await traceOf({ timeline, opened, transformed, measure }, this.tooMany);
    if (trace && transformed === this.transformed) this.trace = trace;
  }

  /** What a deepening block will get, on the images that its BN was measured on. */
  async #measureInput(): Promise<void> {
    const morphism = this.transformed?.step.morphism;
    if (morphism?.operator !== 'deepen' || this.histograms.length > 0) return;
    const found = await this.#link.ask((api) => api.histograms(morphism.after, shownHistograms));
    if (found) this.histograms = found;
  }

  #clear(): void {
    this.stop();
    this.trace = [];
    this.histograms = [];
    this.trials.clear();
    this.pad.clear();
    this.zoomed = false;
    this.playhead.rest(0);
    this.highlight = null;
    this.mode = 'inference';
    this.shown = 0;
  }
}
