import type {
  Broken,
  DistillReading,
  LearnReading,
  Subject,
  Transformed,
} from '../../../engine/workbench/results.ts';
import type { BreakKind } from '../../../engine/workbench/breaks.ts';
import { callback } from '../../../workers/clients.ts';
import type { WorkerLink } from './worker-link.ts';

const seeds = [1, 2, 3] as const;

/** What is done to the child after it was made: distilled, trained, broken, trained against others. */
export class Trials {
  distillation = $state.raw<readonly DistillReading[]>([]);
  distilled = $state.raw<Subject | null>(null);
  distilling = $state(false);
  /** The distilled child after ordinary training, as every child of a search gets. */
  trainedOn = $state.raw<Transformed['inference'] | null>(null);
  trainingOn = $state(false);
  broken = $state.raw<Broken | null>(null);
  brokenKinds = $state.raw<readonly Broken[]>([]);
  /** Those that were switched on, in this order: what the others do is not told before. */
  tried = $state.raw<readonly Broken[]>([]);
  learning = $state.raw<readonly LearnReading[]>([]);
  training = $state(false);
  #link: WorkerLink;
  #bench: { readonly transformed: Transformed | null; readonly seed: number };

  constructor(link: WorkerLink, bench: { readonly transformed: Transformed | null; readonly seed: number }) {
    this.#link = link;
    this.#bench = bench;
  }

  clear(): void {
    this.distillation = [];
    this.distilled = null;
    this.distilling = false;
    this.trainedOn = null;
    this.trainingOn = false;
    this.broken = null;
    this.brokenKinds = [];
    this.tried = [];
    this.learning = [];
    this.training = false;
  }

  async distil(): Promise<void> {
    const { transformed, seed } = this.#bench;
    if (!transformed || transformed.exact || this.distilling) return;
    const { step, weights } = transformed;
    const { turn } = this.#link;
    this.distillation = [{ images: 0, ...transformed.inference }];
    this.distilled = null;
    this.distilling = true;
    const distilled = await this.#link.ask((api) =>
      api.distill(
        { step, weights },
        seed,
        callback((reading: DistillReading) => {
          if (!this.#link.isStale(turn)) this.distillation = [...this.distillation, reading];
        }),
      ),
    );
    if (this.#link.isStale(turn)) return;
    this.distilling = false;
    if (distilled) this.distilled = distilled;
  }

  /** Ordinary training of the distilled child. */
  async trainOn(): Promise<void> {
    const { distilled } = this;
    if (!distilled || this.trainingOn) return;
    const { turn } = this.#link;
    this.trainingOn = true;
    const trained = await this.#link.ask((api) => api.train(distilled, this.#bench.seed));
    if (this.#link.isStale(turn)) return;
    this.trainingOn = false;
    if (trained) this.trainedOn = trained;
  }

  /** Switches one break on, or off where it is on already. */
  async toggleBreak(kind: BreakKind): Promise<void> {
    if (this.broken?.kind === kind) return this.repair();
    const known = this.brokenKinds.find((broken) => broken.kind === kind) ?? (await this.#break(kind));
    if (known) {
      this.broken = known;
      if (!this.tried.includes(known)) this.tried = [...this.tried, known];
    }
    this.#forgetBrokenArm();
  }

  repair(): void {
    this.broken = null;
    this.#forgetBrokenArm();
  }

  async measureBreaks(): Promise<void> {
    for (const kind of this.#bench.transformed?.breaks ?? [])
      if (!this.brokenKinds.some((broken) => broken.kind === kind)) await this.#break(kind);
  }

  /** Short runs of the inherited child, the broken one and one from scratch, three seeds each. */
  async train(): Promise<void> {
    const { transformed } = this.#bench;
    if (!transformed || this.training) return;
    const inherited = this.distilled ?? {
      architecture: transformed.step.child,
      weights: transformed.weights,
    };
    const broken =
      this.broken && !this.broken.tanh
        ? { architecture: this.broken.architecture, weights: this.broken.weights }
        : undefined;
    const { turn } = this.#link;
    this.learning = [];
    this.training = true;
    await this.#link.ask((api) =>
      api.learn(
        broken ? { inherited, broken } : { inherited },
        seeds,
        callback((reading: LearnReading) => {
          if (!this.#link.isStale(turn)) this.learning = [...this.learning, reading];
        }),
      ),
    );
    if (!this.#link.isStale(turn)) this.training = false;
  }

  async #break(kind: BreakKind): Promise<Broken | null> {
    const { transformed, seed } = this.#bench;
    if (!transformed) return null;
    const { step } = transformed;
    const weights =
      kind === 'forget-statistics' && this.distilled ? this.distilled.weights : transformed.weights;
    const broken = await this.#link.ask((api) => api.breakIt(kind, { step, weights }, seed));
    if (broken) this.brokenKinds = [...this.brokenKinds, broken];
    return broken;
  }

  #forgetBrokenArm(): void {
    this.learning = this.learning.filter(({ arm }) => arm !== 'broken');
  }
}
