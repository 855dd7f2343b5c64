import { choicesOf, pathCount, pathsOverSizes, type Choice } from '../../../core/architecture/supernet.ts';
import type { Failure } from '../../../core/failure.ts';
import type { ShippedId } from '../../../core/search/recipe.ts';
import { startWeightSharing, type WeightSharingHandle } from '../../../workers/weight-sharing-client.ts';
import type { SharingQuestion } from '../../../workers/weight-sharing.ts';
import { agreement, sampleSize, trainings, type Agreement, type Compared } from './ranking.ts';

export const lastBeat = 4;

/** How well the cheap errors foretell those trained alone, and how well one training more does. */
interface Foretold {
  readonly cheap: Agreement | null;
  readonly again: Agreement | null;
}

function foretold(compared: readonly Compared[]): Foretold {
  const alone = compared.map((one) => one.alone);
  return {
    cheap: agreement(
      compared.map(({ cheap }) => cheap),
      alone,
    ),
    again: agreement(
      compared.map(({ again }) => again),
      alone,
    ),
  };
}

/** The lesson: five beats, and what the engine has measured for them so far. Each beat computes what it shows, once. */
export class WeightsState {
  beat = $state(0);
  /** Images that the training under way has seen. */
  images = $state(0);
  /** What is being computed. */
  doing = $state<SharingQuestion['kind'] | 'preparing' | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Error of every path with shared weights, as far as evaluated, by number. */
  shared = $state.raw<readonly { readonly parameters: number; readonly error: number }[]>([]);
  paths = $state.raw<readonly Compared[]>([]);
  children = $state.raw<readonly Compared[]>([]);
  /** The path that was clicked, its place in `paths`. */
  picked = $state<number | null>(null);
  /** The paths that are trained alone, by number, once all are evaluated; in order of size. */
  sampled: readonly number[];
  sharedTells: Foretold;
  inheritedTells: Foretold;
  readonly dataset: ShippedId = 'digits';
  readonly seed: number;
  readonly #handle: WeightSharingHandle;
  #reached = -1;
  #done = -1;
  #disposed = false;

  constructor(seed: number, handle: WeightSharingHandle = startWeightSharing()) {
    this.seed = seed;
    this.#handle = handle;
    this.sampled = $derived(
      this.shared.length < pathCount
        ? []
        : pathsOverSizes(
            this.shared.map(({ parameters }) => parameters),
            sampleSize,
          ),
    );
    this.sharedTells = $derived(foretold(this.paths));
    this.inheritedTells = $derived(foretold(this.children));
  }

  /** What stands at every position of the path that is shown beside the supernet; another one every batch. */
  get drawn(): readonly Choice[] {
    // Not the engine's own draws, which are a hundred a second: a stand-in that can be followed.
    return choicesOf((Math.floor(this.images / 200) * 73) % pathCount);
  }

  goTo(beat: number): void {
    this.beat = Math.max(0, Math.min(lastBeat, beat));
    this.#reached = Math.max(this.#reached, this.beat);
    void this.#catchUp();
  }

  /** Computes what the beats reached so far show, one after the other. */
  async #catchUp(): Promise<void> {
    if (this.doing !== null || this.failure) return;
    this.doing = 'preparing';
    while (this.#done < this.#reached && !this.failure && !this.#disposed) {
      const beat = this.#done + 1;
      const did = await this.#compute(beat);
      if (did) this.#done = beat;
    }
    this.doing = null;
  }

  async #compute(beat: number): Promise<boolean> {
    switch (beat) {
      case 0: {
        const ready = await this.#handle.prepare(this.dataset, this.seed);
        if (!ready.ok) return this.#fail(ready.reason);
        return (await this.#ask({ kind: 'supernet' })) !== null;
      }
      case 1:
        for (let path = this.shared.length; path < pathCount; path++) {
          const found = await this.#ask({ kind: 'shared', path });
          if (!found) return false;
          this.shared = [...this.shared, found];
        }
        return true;
      case 2:
        for (const path of this.sampled.slice(this.paths.length)) {
          const alone = await this.#alone((time) => ({ kind: 'alone', path, time }));
          if (!alone) return false;
          const { parameters, error } = this.shared[path]!;
          this.paths = [...this.paths, { parameters, cheap: error, ...alone }];
        }
        return true;
      case 3: {
        if (!(await this.#ask({ kind: 'parent' }))) return false;
        for (let index = this.children.length; index < sampleSize; index++) {
          const child = await this.#ask({ kind: 'child', index });
          const alone = child && (await this.#alone((time) => ({ kind: 'childAlone', index, time })));
          if (!child || !alone) return false;
          const { parameters, error } = child;
          this.children = [...this.children, { parameters, cheap: error, ...alone }];
        }
        return true;
      }
      default:
        return true;
    }
  }

  /** The error of one training alone, and the mean of those after it. */
  async #alone(question: (time: number) => SharingQuestion) {
    const errors: number[] = [];
    for (let time = 0; time < trainings; time++) {
      const found = await this.#ask(question(time));
      if (!found) return null;
      errors.push(found.error);
    }
    const [again, ...rest] = errors;
    return { again: again!, alone: rest.reduce((sum, error) => sum + error, 0) / rest.length };
  }

  async #ask(question: SharingQuestion) {
    this.doing = question.kind;
    this.images = 0;
    const found = await this.#handle.ask(question, (images) => (this.images = images));
    if (this.#disposed) return null;
    if (found.ok) return found.value;
    this.#fail(found.reason);
    return null;
  }

  #fail(reason: Failure): false {
    if (!this.#disposed) this.failure = reason;
    return false;
  }

  /** After a failure: goes on where it stopped. */
  again(): void {
    this.failure = null;
    void this.#catchUp();
  }

  dispose(): void {
    this.#disposed = true;
    this.#handle.dispose();
  }
}
