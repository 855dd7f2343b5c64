import { layoutOf, type Weights } from '../core/architecture/weights.ts';
import type { ChainStep } from '../core/morphisms/catalog.ts';
import { inheritWeights, setMeasured } from '../core/morphisms/resolve.ts';
import type { Random } from '../core/random.ts';
import type { ImageSet } from '../datasets/types.ts';
import { batchNormEpsilon, type Engine } from './engine.ts';
import { refitLayers } from './refit.ts';

/** Images whose activations set the BN statistics of inserted blocks. [ours] */
export const calibrationImages = 250;

/**
 * The weights of a chain's last child: each step's weight map carried out, layers that an approximate step names fitted
 * anew (not where the map alone is to be seen), statistics of inserted blocks measured, block by block, on the first
 * images of `calibration`. `parentWeights` is not touched.
 */
export async function inheritAlong(
  engine: Pick<Engine, 'network'>,
  steps: readonly ChainStep[],
  parentWeights: Weights,
  calibration: ImageSet,
  random: Random,
  refits = true,
): Promise<Weights> {
  let weights = parentWeights;
  for (const [index, step] of steps.entries()) {
    weights = await inheritStep(engine, step, weights, calibration, random.split(index), refits);
  }
  return weights.slice();
}

async function inheritStep(
  engine: Pick<Engine, 'network'>,
  step: ChainStep,
  parentWeights: Weights,
  calibration: ImageSet,
  random: Random,
  refits: boolean,
): Promise<Weights> {
  const { parent, child, map } = step;
  const { weights, measured } = inheritWeights(parent, parentWeights, child, map, random);
  if (refits) refitLayers(step, parentWeights, weights, calibration);
  const blocks = [...new Set(measured.map(({ ref }) => ref.node))];
  if (blocks.length === 0) return weights;
  const layout = layoutOf(child);
  const network = engine.network(child, weights);
  try {
    for (const block of blocks) {
      const statistics = await network.preactivationStatistics(calibration, calibrationImages, [block]);
      setMeasured(layout, weights, block, measured, statistics.get(block)!, batchNormEpsilon);
      network.setWeights(weights);
    }
  } finally {
    network.dispose();
  }
  return weights;
}
