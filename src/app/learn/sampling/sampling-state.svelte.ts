import type { Architecture } from '../../../core/architecture/types.ts';
import type { DensityRecord } from '../../../core/search/events.ts';
import type { ShippedId } from '../../../core/search/recipe.ts';
import { areRare, densityOf, relativeChances, type TwoStage } from '../../../core/search/two-stage.ts';
import { startSampling, type SamplingHandle } from '../../../workers/sampling-client.ts';
import type { ManyDraws } from '../../../workers/sampling.ts';
import { shareOf } from './rows.ts';

export const wanted = 1000;
export const lastBeat = 4;

/** The sampling lesson: its sliders, and what core's density, weights and draws make of them. */
export class SamplingState {
  beat = $state(0);
  count = $state(10);
  factor = $state(1);
  proposals = $state(40);
  accepted = $state(4);
  uniform = $state(false);
  seed = 42;
  /** Parameters of the population. */
  sizes = $state.raw<readonly number[]>([]);
  drawn = $state.raw<TwoStage | null>(null);
  many = $state.raw<ManyDraws | null>(null);
  drawing = $state(false);
  /** The density by the sliders, also while drawing evenly. */
  density: DensityRecord;
  /** Chance of each member in one draw, times their number. */
  chances: readonly number[];
  rare: { readonly density: number; readonly uniform: number } | null;
  #turn = 0;
  #dataset: ShippedId;
  #handle: SamplingHandle;
  // Each kind of question has its own turn: a newer one of the same kind makes an older answer stale, no other does.
  #populations = 0;
  #draws = 0;
  #manys = 0;

  constructor(dataset: ShippedId, seed: number, handle: SamplingHandle = startSampling()) {
    this.#dataset = dataset;
    this.#handle = handle;
    this.seed = seed;
    this.density = $derived(densityOf(this.sizes, { bandwidthFactor: this.factor, uniform: false }));
    this.chances = $derived(
      this.uniform ? this.sizes.map(() => 1) : relativeChances(this.density, this.sizes),
    );
    this.rare = $derived(
      this.many
        ? {
            density: shareOf(areRare(this.sizes, this.many.density)),
            uniform: shareOf(areRare(this.sizes, this.many.uniform)),
          }
        : null,
    );
    void this.populate();
  }

  get dataset(): ShippedId {
    return this.#dataset;
  }

  /** Bandwidth in decades; null where there is no density. */
  get bandwidth(): number | null {
    return this.density.kind === 'kde' ? this.density.bandwidths[0]! : null;
  }

  /** A population made here of `count` networks. */
  async populate(): Promise<void> {
    await this.#take(this.#handle.populate(this.#dataset, this.count, this.seed));
  }

  /** The networks of a run instead. */
  async use(architectures: readonly Architecture[]): Promise<void> {
    await this.#take(this.#handle.take(architectures, this.seed));
  }

  async #take(sizes: Promise<readonly number[]>): Promise<void> {
    const population = ++this.#populations;
    this.#manys++;
    this.drawing = false;
    const found = await sizes;
    if (population !== this.#populations) return;
    this.sizes = found;
    this.many = null;
    await this.#draw();
    if (population === this.#populations) this.#drawManyIfShown();
  }

  #drawManyIfShown(): void {
    if (this.beat >= 3 && !this.many && !this.drawing && this.sizes.length > 0) void this.drawMany();
  }

  /** Another generation from the same population. */
  async generation(): Promise<void> {
    this.#turn++;
    this.beat = Math.max(this.beat, 2);
    await this.#draw();
  }

  /** The present generation again, with what the sliders say now. */
  async #draw(): Promise<void> {
    const { proposals, accepted, factor, uniform } = this;
    const options = { proposals, accepted: Math.min(accepted, proposals), bandwidthFactor: factor, uniform };
    const draw = ++this.#draws;
    const drawn = await this.#handle.generation(options, this.seed, this.#turn);
    if (draw === this.#draws) this.drawn = drawn;
  }

  redraw(): void {
    void this.#draw();
  }

  async drawMany(): Promise<void> {
    this.beat = Math.max(this.beat, 3);
    const many = ++this.#manys;
    this.many = null;
    this.drawing = true;
    const { proposals, accepted, factor } = this;
    const options = { proposals, accepted: Math.min(accepted, proposals), bandwidthFactor: factor };
    const show = (part: ManyDraws) => {
      if (many === this.#manys) this.many = part;
    };
    const all = await this.#handle.many(options, this.seed, wanted, show);
    if (many !== this.#manys) return;
    if (all) this.many = all;
    this.drawing = false;
  }

  /** A slider was let go. */
  drawAgain(): void {
    this.redraw();
    if (this.beat >= 3) void this.drawMany();
  }

  goTo(beat: number): void {
    this.beat = Math.min(lastBeat, Math.max(0, beat));
    const even = this.beat === lastBeat;
    if (even !== this.uniform) this.setUniform(even);
    this.#drawManyIfShown();
  }

  setUniform(uniform: boolean): void {
    this.uniform = uniform;
    if (this.sizes.length > 0) this.redraw();
  }

  dispose(): void {
    this.#populations++;
    this.#draws++;
    this.#manys++;
    this.#handle.dispose();
  }
}
