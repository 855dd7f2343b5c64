import { trivialNetworks } from '../core/architecture/starting-networks.ts';
import { seeded } from '../core/random.ts';
import { ok, type Result } from '../core/result.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Engine, TrainingSchedule } from './engine.ts';
import { initialWeights } from './initial-weights.ts';

/** Fast devices train again until this is over: browsers round the clock to a millisecond, some to 16. */
const leastMilliseconds = 50;
/** Batches that warm a device up: kernels are compiled, memory is taken. */
const warmupBatches = 8;

/** Images per second of training a small fixed network on `data` with `schedule`, warm-up apart. */
export async function trainingSpeed(
  engine: Engine,
  data: ImageSet,
  schedule: TrainingSchedule,
): Promise<Result<number>> {
  const architecture = trivialNetworks(data, data.classes)[2]!;
  const network = engine.network(architecture, initialWeights(architecture, seeded('benchmark')));
  try {
    const warmed = await network.train(data, { ...schedule, images: warmupBatches * schedule.batch });
    if (!warmed.ok) return warmed;
    const began = performance.now();
    for (let images = schedule.images; ; images += schedule.images) {
      const trained = await network.train(data, schedule);
      if (!trained.ok) return trained;
      const lasted = performance.now() - began;
      if (lasted >= leastMilliseconds) return ok((images * 1000) / lasted);
    }
  } finally {
    network.dispose();
  }
}

/** Made-up images of the size of MNIST's, to compare backends before any data set is there. */
function madeUpImages(): ImageSet {
  const [count, height, width, classes] = [64, 28, 28, 10];
  const random = seeded('made-up images');
  return {
    ...{ height, width, channels: 1, classes, count, mean: [0.5], deviation: [0.3] },
    images: Uint8Array.from({ length: count * height * width }, () => Math.floor(256 * random.next())),
    labels: Uint8Array.from({ length: count }, (_, i) => i % classes),
  };
}

/** The same on made-up images, with a schedule of an ordinary child. */
export const comparableSpeed = (engine: Engine): Promise<Result<number>> =>
  trainingSpeed(engine, madeUpImages(), {
    ...{ images: 256, batch: 16, rate: 0.05, warmup: 0, momentum: 0.9, weightDecay: 0 },
    ...{ augment: 'none', randomName: 'speed' },
  });
