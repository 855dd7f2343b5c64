import { layoutOf, type Weights } from '../core/architecture/weights.ts';
import type { ChainStep } from '../core/morphisms/catalog.ts';
import { inheritWeights, setMeasured } from '../core/morphisms/resolve.ts';
import type { Random } from '../core/random.ts';
import type { ImageSet } from '../datasets/types.ts';
import { batchNormEpsilon, type Engine } from './engine.ts';

/** Images whose activations set the BN statistics of inserted blocks. [ours] */
export const calibrationImages = 250;

/** Forward passes over the calibration images that a chain asks for: one for every block that it inserts. */
export const calibrationPasses = (steps: readonly ChainStep[]): number =>
  steps.filter(({ morphism }) => morphism.operator === 'deepen').length;

/**
 * The weights of a chain's last child: each step's weight map carried out, statistics of inserted blocks measured
 * on the first images of `calibration`, block by block. `parentWeights` is not touched.
 */
export async function inheritAlong(
  engine: Engine,
  steps: readonly ChainStep[],
  parentWeights: Weights,
  calibration: ImageSet,
  random: Random,
): Promise<Weights> {
  let weights = parentWeights;
  for (const [index, step] of steps.entries()) {
    weights = await inheritStep(engine, step, weights, calibration, random.split(index));
  }
  return weights.slice();
}

async function inheritStep(
  engine: Engine,
  { parent, child, map }: ChainStep,
  parentWeights: Weights,
  calibration: ImageSet,
  random: Random,
): Promise<Weights> {
  const { weights, measured } = inheritWeights(parent, parentWeights, child, map, random);
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
