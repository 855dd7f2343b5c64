import type { LearningPoint } from '../core/search/events.ts';
import type { TrainingHooks } from './engine.ts';

/** Points of a curve, at least, from which an exponent is read. [ours] */
const fewestPoints = 16;

/**
 * How fast a network still learns: its validation cross-entropy is taken to fall as images to the power of minus the
 * exponent. That of the training loss is read from its means over the second and the last quarter of a training (power
 * laws of learning curves: Hestness et al. 2017, "Deep learning scaling is predictable, empirically"); of a network that
 * has come to know its training images by heart, only the training loss's share of the validation loss can still fall.
 * [ours]
 */
export class LearningCurve {
  readonly #images: number;
  readonly #points: LearningPoint[] = [];

  /** `images` of the whole training. */
  constructor(images: number) {
    this.#images = images;
  }

  /** `hooks`, with the curve listening. */
  watching(hooks: TrainingHooks): TrainingHooks {
    return {
      ...hooks,
      onProgress: (point) => {
        this.#points.push(point);
        hooks.onProgress?.(point);
      },
    };
  }

  /**
   * Not below 0; null where the curve has too few points. `validationLoss`: mean cross-entropy of the network that
   * training gave.
   */
  exponent(validationLoss: number): number | null {
    if (this.#points.length < fewestPoints) return null;
    const early = this.#mean(0.25, 0.5);
    const late = this.#mean(0.75, 1);
    // The windows' middles are at 3/8 and 7/8 of the training. Rounded, so that a log stays readable.
    const slope = Math.log(early / Math.max(late, 1e-6)) / Math.log(7 / 3);
    const exponent = slope * Math.min(1, late / Math.max(validationLoss, 1e-6));
    return Number.isFinite(exponent) ? Math.max(0, Math.round(1000 * exponent) / 1000) : null;
  }

  #mean(from: number, to: number): number {
    const inside = this.#points.filter(
      ({ images }) => images > from * this.#images && images <= to * this.#images,
    );
    return inside.reduce((sum, { loss }) => sum + loss, 0) / inside.length;
  }
}
