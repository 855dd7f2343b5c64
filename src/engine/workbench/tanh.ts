import { type Activation, outputOf } from '../../core/architecture/forward.ts';
import type { Architecture } from '../../core/architecture/types.ts';
import { layoutOf, type Weights } from '../../core/architecture/weights.ts';
import { applyChain } from '../../core/morphisms/catalog.ts';
import type { Morphism } from '../../core/morphisms/morphism.ts';
import { inheritWeights, setMeasured } from '../../core/morphisms/resolve.ts';
import { seeded } from '../../core/random.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { ImageSet } from '../../datasets/types.ts';
import { pixelTable, plainImages } from '../batches.ts';
import { batchNormEpsilon } from '../engine.ts';
import { calibrationImages } from '../inherit.ts';
import { type Answers, answersOf } from './measure.ts';

/** Answers in inference mode, in plain float32 loops, with `activation` in every block: the engine has ReLU only. */
export function answerWith(
  activation: Activation,
  architecture: Architecture,
  weights: Weights,
  data: ImageSet,
): Answers {
  const head = architecture.nodes.at(-1)!.id;
  const table = pixelTable(data);
  const rows = Array.from({ length: data.count }, (_, i) =>
    outputOf(head, architecture, weights, plainImages(data, table, i, 1), batchNormEpsilon, activation),
  );
  return answersOf(Float32Array.from(rows.flatMap((row) => [...row])), data.labels);
}

/**
 * The child of a deepening in a network with tanh in place of every ReLU, its weights as the operator inherits them:
 * identity kernel, BN undone by the mean and deviation of what the new block gets on `calibration`.
 */
export function deepenAfterTanh(
  parent: { readonly architecture: Architecture; readonly weights: Weights },
  morphism: Extract<Morphism, { readonly operator: 'deepen' }>,
  calibration: ImageSet,
  seed: string,
): Result<{ readonly architecture: Architecture; readonly weights: Weights }> {
  const applied = applyChain(parent.architecture, [morphism]);
  if (!applied.ok) return fail({ code: 'illegal-morphism', detail: applied.reason });
  const [step] = applied.value.steps;
  const { child, map } = step!;
  const { weights, measured } = inheritWeights(parent.architecture, parent.weights, child, map, seeded(seed));
  const table = pixelTable(calibration);
  // An identity kernel puts out what it gets, so what the block before puts out has the statistics of its convolution.
  const maps = Array.from({ length: Math.min(calibrationImages, calibration.count) }, (_, i) =>
    outputOf(
      morphism.after,
      parent.architecture,
      parent.weights,
      plainImages(calibration, table, i, 1),
      batchNormEpsilon,
      'tanh',
    ),
  );
  for (const { ref } of measured) {
    const { length } = layoutOf(child).slots.find(
      ({ node, name }) => node === ref.node && name === ref.name,
    )!;
    setMeasured(layoutOf(child), weights, ref.node, measured, momentsOf(maps, length), batchNormEpsilon);
  }
  return ok({ architecture: child, weights });
}

/** Mean and biased variance of every channel over all maps. */
function momentsOf(maps: readonly Float32Array[], channels: number) {
  const [sums, squares] = [new Float64Array(channels), new Float64Array(channels)];
  for (const map of maps)
    map.forEach((value, i) => {
      sums[i % channels]! += value;
      squares[i % channels]! += value * value;
    });
  const each = (maps.length * maps[0]!.length) / channels;
  const mean = sums.map((sum) => sum / each);
  return { mean, variance: squares.map((sum, c) => sum / each - mean[c]! * mean[c]!) };
}
