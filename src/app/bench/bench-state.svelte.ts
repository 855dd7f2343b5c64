/* eslint-disable max-lines -- one small state machine; its parts share nearly all of its fields. */
import { nodesById } from '../../core/architecture/graph.ts';
import { layoutOf, type Weights } from '../../core/architecture/weights.ts';
import type { Architecture, NodeId } from '../../core/architecture/types.ts';
import { forwardImage, type FeatureMaps } from '../../core/architecture/forward.ts';
import { provenance, resolveSelections } from '../../core/morphisms/provenance.ts';
import type { Morphism, OperatorKind } from '../../core/morphisms/morphism.ts';
import { fail, type Result } from '../../core/result.ts';
import type { DatasetId } from '../../core/search/recipe.ts';
import { factsOf } from '../../datasets/catalog.ts';
import { toyClasses } from '../../datasets/toys.ts';
import type {
  Broken,
  DistillReading,
  LearnReading,
  Opened,
  Subject,
  Transformed,
} from '../../engine/bench/bench.ts';
import type { BreakKind } from '../../engine/bench/breaks.ts';
import type { ChannelHistogram } from '../../engine/bench/histogram.ts';
import type { BenchReady, BenchSource } from '../../workers/bench.ts';
import { type BenchHandle, callback, siteBase, startBench } from '../../workers/clients.ts';
import { isTooMany, layBoards } from './board/lay-boards.ts';
import type { Board } from './board/layout.ts';
import { ledgerOf, momentsOf, weightsAt } from './board/landing.ts';
import { type Motion, type Story, tell } from './board/story.ts';
import { betKey, Bets, type Hands } from './bets.svelte.ts';
import { outcomeOf } from './facts.ts';
import { noisyDrawing } from './drawings.ts';
import { networkCase, toyCase, type Variant, variantsOf } from './subjects.ts';
import { bench as words } from './words.ts';

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
const seeds = [1, 2, 3] as const;
/** Random drawings that look for the worst. */
export const randomDrawings = 400;

/** What lies on the bench and how far one is with it. Views only read it and call its methods; lessons may too. */
export class BenchState {
  operator = $state<OperatorKind>('widen');
  variant = $state<Variant>('zero');
  beat = $state<Beat>(1);
  network = $state.raw<RunNetwork | null>(null);
  /** The generator of all chance on the bench. */
  seed = $state(1);
  ready = $state.raw<BenchReady | null>(null);
  opened = $state.raw<Opened | null>(null);
  transformed = $state.raw<Transformed | null>(null);
  problem = $state('');
  /** Another operator or network is being put on the bench. */
  choosing = $state(false);
  readonly bets = new Bets();
  /** ms into the transformation. */
  time = $state(0);
  playing = $state(false);
  /** Check image that is shown one by one. */
  shown = $state(0);
  mode = $state<'inference' | 'training'>('inference');
  /** Largest difference at moments of the transformation, measured. */
  trace = $state.raw<readonly { readonly time: number; readonly max: number; readonly alike: number }[]>([]);
  /** What an inserted block gets, channel by channel. */
  histograms = $state.raw<readonly ChannelHistogram[]>([]);
  distillation = $state.raw<readonly DistillReading[]>([]);
  distilled = $state.raw<Subject | null>(null);
  distilling = $state(false);
  /** The distilled child after ordinary training, as every child of a search gets. */
  trainedOn = $state.raw<Transformed['inference'] | null>(null);
  trainingOn = $state(false);
  broken = $state.raw<Broken | null>(null);
  brokenKinds = $state.raw<readonly Broken[]>([]);
  learning = $state.raw<readonly LearnReading[]>([]);
  training = $state(false);
  /** uint8 pixels on the pad; null until something is drawn. */
  drawing = $state.raw<Uint8Array<ArrayBuffer> | null>(null);
  drawn = $state.raw<{ readonly parent: Float32Array; readonly child: Float32Array } | null>(null);
  worst = $state.raw<{ readonly image: Uint8Array<ArrayBuffer>; readonly max: number } | null>(null);
  /** The beat's pictures as tables instead. */
  table = $state(false);
  /** Numbers too many for the stage are printed all the same; the board is scrolled. */
  zoomed = $state(false);
  /** Cells an equation's symbol names; null: none. */
  highlight = $state.raw<((motion: Motion) => boolean) | null>(null);
  #handle: BenchHandle | null = null;
  #turn = 0;
  #drawTurn = 0;

  tooMany: boolean;
  boards: { readonly parent: Board; readonly child: Board } | null;
  story: Story | null;
  classes: readonly string[];
  key: string;
  bet: number | null;
  hands: Hands | null;
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
    this.story = $derived(this.#tell());
    this.classes = $derived(this.network ? factsOf(this.network.dataset).classes : toyClasses);
    this.key = $derived(betKey(this.operator, this.variant, this.network?.id ?? null));
    this.bet = $derived(this.bets.all[this.key]?.answer ?? null);
    this.hands = $derived(this.bets.hands[this.key] ?? null);
    this.landed = $derived.by(() => {
      const ends = this.story?.stops.map(({ end }) => end) ?? [];
      // A large network's maps take tens of milliseconds: they change once, at the end.
      const moments = this.tooMany ? ends.slice(-1) : ends;
      return moments.filter((end) => end <= this.time).at(-1) ?? 0;
    });
    this.maps = $derived.by(() => this.#mapsOf());
    this.rounding = $derived(Math.max(1e-5, 8 * (this.ready?.report.selfTest.maxDifference ?? 0)));
  }

  /** Starts the worker; fails with a sentence in `problem`. */
  async start(): Promise<void> {
    this.#handle ??= startBench();
    const ready = await this.#call((api) => api.prepare(siteBase()));
    if (ready.ok) this.ready = ready.value;
    else this.problem = words.failed(ready.reason);
  }

  dispose(): void {
    this.#turn++;
    this.#handle?.dispose();
    this.#handle = null;
  }

  /** Puts an operator and a network on the bench; the beat stays unless it is given. */
  async choose({ operator, variant, network }: BenchChoice, beat?: Beat): Promise<void> {
    const variants = variantsOf(operator);
    this.operator = operator;
    this.variant = variants.find((one) => one === variant) ?? variants[0] ?? null;
    this.network = network;
    const turn = ++this.#turn;
    this.problem = '';
    this.#clear();
    if (beat) this.beat = beat;
    // What lies on the bench is of the operator before until this one's has come: it must not be drawn as this one's.
    this.choosing = true;
    await this.#put(turn);
    if (turn === this.#turn) this.choosing = false;
  }

  async #put(turn: number): Promise<void> {
    if (!this.ready) await this.start();
    if (!this.ready || turn !== this.#turn) return;
    const prepared = await this.#prepare();
    if (turn !== this.#turn) return;
    if (!prepared.ok) {
      this.opened = null;
      this.transformed = null;
      this.problem = prepared.reason;
      return;
    }
    const { source, morphism } = prepared.value;
    const opened = await this.#call((api) => api.open(source));
    const transformed = opened.ok ? await this.#call((api) => api.transform(morphism, this.seed)) : opened;
    if (turn !== this.#turn) return;
    if (!opened.ok || !transformed.ok) {
      this.problem = transformed.ok ? '' : transformed.reason;
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
    if (this.beat === 3 && this.story && this.time < this.story.duration) {
      this.time = this.story.duration;
      this.playing = false;
      return;
    }
    this.go(this.beat === 5 ? 1 : ((this.beat + 1) as Beat));
  }

  back(): void {
    if (this.beat > 1) this.go((this.beat - 1) as Beat);
  }

  /** What a beat needs is computed when it is entered. */
  enter(beat: Beat): void {
    if (this.choosing || !this.transformed || !this.story) return;
    if (beat === 3) {
      this.time = 0;
      this.playing = !this.reducedMotion;
      void this.#measureTrace();
      void this.#measureInput();
    } else {
      this.playing = false;
      this.time = beat > 3 ? this.story.duration : 0;
    }
    if (beat === 4) {
      this.bets.settle(this.key, outcomeOf(this));
      if (!this.transformed.exact && this.distillation.length === 0) void this.distil();
      void this.findWorst();
    }
    if (beat === 5) {
      void this.#measureBreaks();
      this.broken = null;
      if (!this.transformed.exact && !this.distilled && !this.distilling) void this.distil();
    }
  }

  get reducedMotion(): boolean {
    return (
      matchMedia('(prefers-reduced-motion: reduce)').matches ||
      document.documentElement.dataset['motion'] === 'off'
    );
  }

  /** The child that is compared with the parent: broken, distilled so far, or as inherited. */
  get child(): Subject | null {
    const { transformed } = this;
    if (!transformed) return null;
    if (this.beat === 5 && this.broken) return this.broken;
    if (this.beat >= 4 && this.distilled) return this.distilled;
    return { architecture: transformed.step.child, weights: transformed.weights };
  }

  /** What was measured of that child. */
  get measured(): Transformed['inference'] | null {
    const { transformed } = this;
    if (!transformed) return null;
    if (this.beat === 5 && this.broken) return this.broken;
    const last = this.distillation.at(-1);
    if (this.beat >= 4 && last && !transformed.exact && this.mode === 'inference') return last;
    return this.mode === 'training' && this.beat === 4 ? transformed.training : transformed.inference;
  }

  #mapsOf(): BenchState['maps'] {
    const { opened, transformed, story, landed } = this;
    if (!opened || !transformed || !story) return null;
    const image = this.imageOf(this.shown);
    const broken = this.beat === 5 ? this.broken : null;
    const own = broken ?? {
      architecture: transformed.step.child,
      weights: weightsAt(story, transformed.weights, transformed.step, landed),
    };
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

  /** Moves the transformation on; stops at its end. */
  tick(ms: number): void {
    if (!this.story || !this.playing) return;
    this.time = Math.min(this.story.duration, this.time + ms);
    if (this.time >= this.story.duration) this.playing = false;
  }

  scrub(time: number): void {
    this.playing = false;
    this.time = Math.max(0, Math.min(this.story?.duration ?? 0, time));
  }

  /** One frame on or back; with reduced motion from stop to stop. */
  frame(direction: 1 | -1): void {
    const { story } = this;
    if (!story) return;
    if (!this.reducedMotion) return this.scrub(this.time + direction * 80);
    const ends = [0, ...story.stops.map(({ end }) => end)];
    const next =
      direction > 0
        ? ends.find((end) => end > this.time + 1)
        : ends.filter((end) => end < this.time - 1).at(-1);
    this.scrub(next ?? this.time);
  }

  togglePlay(): void {
    if (!this.story) return;
    if (this.time >= this.story.duration) this.time = 0;
    this.playing = !this.playing;
  }

  /** What the trace says at `time`; null before anything was measured. */
  traceAt(time: number): { readonly max: number; readonly alike: number } | null {
    return this.trace.filter((point) => point.time <= time + 1).at(-1) ?? null;
  }

  async distil(): Promise<void> {
    const { transformed } = this;
    if (!transformed || transformed.exact || this.distilling) return;
    const turn = this.#turn;
    this.distillation = [{ images: 0, ...transformed.inference }];
    this.distilled = null;
    this.distilling = true;
    const result = await this.#call((api) =>
      api.distill(
        { step: transformed.step, weights: transformed.weights },
        this.seed,
        callback((reading: DistillReading) => {
          if (turn === this.#turn) this.distillation = [...this.distillation, reading];
        }),
      ),
    );
    if (turn !== this.#turn) return;
    this.distilling = false;
    if (result.ok) this.distilled = result.value;
    if (this.beat === 5) void this.#measureBreaks();
  }

  /** Ordinary training of the distilled child. */
  async trainOn(): Promise<void> {
    const { distilled } = this;
    if (!distilled || this.trainingOn) return;
    const turn = this.#turn;
    this.trainingOn = true;
    const result = await this.#call((api) => api.train(distilled, this.seed));
    if (turn !== this.#turn) return;
    this.trainingOn = false;
    if (result.ok) this.trainedOn = result.value;
  }

  /** Switches one break on, or off where it is on already. */
  async toggleBreak(kind: BreakKind): Promise<void> {
    if (this.broken?.kind === kind) return this.repair();
    const known = this.brokenKinds.find((broken) => broken.kind === kind) ?? (await this.#break(kind));
    if (known) this.broken = known;
    this.learning = this.learning.filter(({ arm }) => arm !== 'broken');
  }

  repair(): void {
    this.broken = null;
    this.learning = this.learning.filter(({ arm }) => arm !== 'broken');
  }

  /** Short runs of the inherited child, the broken one and one from scratch, three seeds each. */
  async train(): Promise<void> {
    const { transformed } = this;
    if (!transformed || this.training) return;
    const inherited = this.distilled ?? {
      architecture: transformed.step.child,
      weights: transformed.weights,
    };
    const broken =
      this.broken && !this.broken.tanh
        ? { architecture: this.broken.architecture, weights: this.broken.weights }
        : undefined;
    const turn = this.#turn;
    this.learning = [];
    this.training = true;
    await this.#call((api) =>
      api.learn(
        broken ? { inherited, broken } : { inherited },
        seeds,
        callback((reading: LearnReading) => {
          if (turn === this.#turn) this.learning = [...this.learning, reading];
        }),
      ),
    );
    if (turn === this.#turn) this.training = false;
  }

  stop(): void {
    void this.#handle?.api.stop();
  }

  /** Both networks' answer to what is on the pad. */
  async draw(pixels: Uint8Array<ArrayBuffer> | null): Promise<void> {
    this.drawing = pixels;
    const turn = ++this.#drawTurn;
    const { child } = this;
    if (!pixels || !child) {
      this.drawn = null;
      return;
    }
    const answered = await this.#call((api) => api.predict(plain(child), pixels));
    if (turn !== this.#drawTurn || !answered.ok || !answered.value.child) return;
    this.drawn = { parent: answered.value.parent, child: answered.value.child };
  }

  /** Random drawings, and the one that the two networks differ on most. */
  async findWorst(): Promise<void> {
    const { opened, child } = this;
    if (!opened || !child || opened.check.channels !== 1) return;
    const turn = this.#turn;
    const size = opened.check.height * opened.check.width;
    const images = new Uint8Array(randomDrawings * size);
    for (let n = 0; n < randomDrawings; n++) {
      images.set(noisyDrawing(opened.check.width, opened.check.height, n), n * size);
    }
    const answered = await this.#call((api) => api.predict(plain(child), images));
    if (turn !== this.#turn || !answered.ok || !answered.value.child) return;
    const { parent, child: other } = answered.value;
    const count = parent.length / randomDrawings;
    let [at, max] = [0, 0];
    for (let i = 0; i < parent.length; i++) {
      const difference = Math.abs(parent[i]! - other[i]!);
      if (difference > max) [at, max] = [Math.floor(i / count), difference];
    }
    this.worst = { image: images.slice(at * size, (at + 1) * size), max };
  }

  get ledger() {
    return this.story ? ledgerOf(this.story) : [];
  }

  /** Largest difference and agreement with the mix at `lambda`; for the slider of an additive skip. */
  async atLambda(lambda: number): Promise<{ readonly max: number; readonly alike: number } | null> {
    const { transformed } = this;
    if (!transformed) return null;
    const weights = transformed.weights.slice();
    for (const slot of layoutOf(transformed.step.child).slots)
      if (slot.name === 'lambda' && !nodesById(transformed.step.parent).has(slot.node))
        weights[slot.offset] = lambda;
    const found = await this.#call((api) => api.measure({ architecture: transformed.step.child, weights }));
    return found.ok ? found.value.difference : null;
  }

  /** Measures any network against the parent. */
  async measure(subject: Subject) {
    const found = await this.#call((api) => api.measure(subject));
    return found.ok ? found.value : null;
  }

  #tell(): Story | null {
    const { opened, transformed, boards } = this;
    if (!opened || !transformed || !boards) return null;
    const { step } = transformed;
    const selections = resolveSelections(step.map, layoutOf(step.parent), opened.weights);
    return tell({
      step,
      provenance: provenance(step.parent, step.child, step.map, selections),
      parentWeights: opened.weights,
      childWeights: transformed.weights,
      ...boards,
    });
  }

  async #prepare(): Promise<Result<{ source: BenchSource; morphism: Morphism }>> {
    const { network, operator, variant } = this;
    if (!network) {
      const { toy, morphism } = toyCase(operator, variant);
      return { ok: true, value: { source: { kind: 'toy', toy }, morphism } };
    }
    const morphism = networkCase(network.architecture, operator, variant);
    if (!morphism) return fail(`There is no place for this operator in #${network.id}.`);
    const weights = await network.weights();
    if (!weights) return fail(`The weights of #${network.id} are not in this browser.`);
    const subject = { architecture: network.architecture, weights };
    return {
      ok: true,
      value: { source: { kind: 'network', subject, dataset: network.dataset, seed: network.seed }, morphism },
    };
  }

  async #measureTrace(): Promise<void> {
    const { story, transformed } = this;
    if (!story || !transformed || this.trace.length > 0) return;
    const turn = this.#turn;
    const { step, weights, inference } = transformed;
    const final = { time: story.duration, max: inference.difference.max, alike: inference.difference.alike };
    if (step.morphism.operator === 'separate') {
      this.trace = [...(await this.#separateTrace(step.morphism.block)), final];
      return;
    }
    // Only a widened network is a whole one in every frame; elsewhere the child runs once it is docked.
    if (step.morphism.operator !== 'widen' || step.morphism.variant !== 'zero') {
      this.trace = [final];
      return;
    }
    const points = [];
    for (const time of momentsOf(story, this.tooMany ? 6 : Infinity)) {
      const found = await this.measure({
        architecture: step.child,
        weights: weightsAt(story, weights, step, time),
      });
      if (turn !== this.#turn) return;
      if (found) points.push({ time, max: found.difference.max, alike: found.difference.alike });
    }
    this.trace = [...points, final];
  }

  /** What a deepening block will get, on the images that its BN was measured on. */
  async #measureInput(): Promise<void> {
    const morphism = this.transformed?.step.morphism;
    if (morphism?.operator !== 'deepen' || this.histograms.length > 0) return;
    const turn = this.#turn;
    const found = await this.#call((api) => api.histograms(morphism.after, shownHistograms));
    if (turn === this.#turn && found.ok) this.histograms = found.value;
  }

  /** Separating half-way: the parent with the first channels' kernels replaced by their rank-1 products. */
  async #separateTrace(block: NodeId) {
    const { opened, transformed, story } = this;
    const { step, weights } = transformed!;
    const slotOf = (architecture: Architecture, name: string) =>
      layoutOf(architecture).slots.find((slot) => slot.node === block && slot.name === name)!;
    const kernel = slotOf(step.parent, 'kernel');
    const [depthwise, pointwise] = [slotOf(step.child, 'depthwise'), slotOf(step.child, 'pointwise')];
    const [size, , inputs, filters] = kernel.shape as [number, number, number, number];
    const channels = Math.min(2, inputs);
    const half = opened!.weights.slice();
    const points = [{ time: 0, max: 0, alike: opened!.answers.count }];
    for (let c = 0; c < channels && channels === inputs; c++) {
      for (let tap = 0; tap < size * size; tap++)
        for (let o = 0; o < filters; o++)
          half[kernel.offset + (tap * inputs + c) * filters + o] =
            weights[depthwise.offset + tap * inputs + c]! * weights[pointwise.offset + c * filters + o]!;
      const found = await this.measure({ architecture: step.parent, weights: half });
      if (!found) break;
      const { max, alike } = found.difference;
      points.push({ time: (story!.duration * (c + 1)) / channels - 1, max, alike });
    }
    return points;
  }

  async #break(kind: BreakKind): Promise<Broken | null> {
    const { transformed } = this;
    if (!transformed) return null;
    const turn = this.#turn;
    const { step, weights } = transformed;
    const distilled = kind === 'forget-statistics' && this.distilled ? this.distilled.weights : weights;
    const broken = await this.#call((api) => api.breakIt(kind, { step, weights: distilled }, this.seed));
    if (turn !== this.#turn || !broken.ok) return null;
    this.brokenKinds = [...this.brokenKinds, broken.value];
    return broken.value;
  }

  async #measureBreaks(): Promise<void> {
    for (const kind of this.transformed?.breaks ?? [])
      if (!this.brokenKinds.some((broken) => broken.kind === kind)) await this.#break(kind);
  }

  #clear(): void {
    this.stop();
    this.trace = [];
    this.histograms = [];
    this.distillation = [];
    this.distilled = null;
    this.distilling = false;
    this.trainedOn = null;
    this.trainingOn = false;
    this.broken = null;
    this.brokenKinds = [];
    this.learning = [];
    this.training = false;
    this.drawing = null;
    this.drawn = null;
    this.worst = null;
    this.zoomed = false;
    this.time = 0;
    this.playing = false;
    this.highlight = null;
    this.mode = 'inference';
    this.shown = 0;
  }

  async #call<T>(use: (api: BenchHandle['api']) => Promise<Result<T>>): Promise<Result<T>> {
    if (!this.#handle) return fail('the bench is closed');
    try {
      return await use(this.#handle.api);
    } catch (error) {
      return fail(error instanceof Error ? error.message : String(error));
    }
  }
}

const plain = ({ architecture, weights }: Subject): Subject => ({ architecture, weights });
