import type { Architecture, NodeId } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Engine, Network, Taught, TrainingHooks, TrainingSchedule } from './engine.ts';

/** Forward passes that one image of training costs: its own, and a backward pass of about two. */
const passesPerTrainedImage = 3;

/**
 * An engine whose networks count what they compute, in forward passes of one image: training and distillation,
 * calibration, re-estimation, comparison. Evaluation on the validation images, which every search does alike, is free.
 */
export class MeteredEngine {
  passes = 0;
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** As Engine.network. */
  network(architecture: Architecture, weights: Weights): Network {
    const network = this.#engine.network(architecture, weights);
    const seen = (images: number, times = 1) => (this.passes += images * times);
    return {
      architecture,
      weights: () => network.weights(),
      setWeights: (values) => network.setWeights(values),
      average: () => network.average(),
      train(data: ImageSet, schedule: TrainingSchedule, hooks?: TrainingHooks, second?: ImageSet) {
        seen(schedule.images, passesPerTrainedImage);
        return network.train(data, schedule, hooks, second);
      },
      distill(
        data: ImageSet,
        teacher: Float32Array,
        affected: readonly NodeId[],
        schedule: TrainingSchedule,
        hooks?: TrainingHooks,
        second?: Taught,
      ) {
        seen(schedule.images, passesPerTrainedImage);
        return network.distill(data, teacher, affected, schedule, hooks, second);
      },
      reestimate(data: ImageSet, images: number, task?: number) {
        seen(Math.min(images, data.count));
        return network.reestimate(data, images, task);
      },
      logits(data: ImageSet, start: number, count: number, task?: number) {
        seen(count);
        return network.logits(data, start, count, task);
      },
      evaluate: (data, task) => network.evaluate(data, task),
      preactivationStatistics(data: ImageSet, count: number, blocks: readonly NodeId[], task?: number) {
        seen(Math.min(count, data.count));
        return network.preactivationStatistics(data, count, blocks, task);
      },
      dispose: () => network.dispose(),
    };
  }

  purge(): void {
    this.#engine.purge();
  }
}
