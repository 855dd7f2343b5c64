import type { Architecture } from '../../src/core/architecture/types.ts';
import { hasSecondHead, type Weights } from '../../src/core/architecture/weights.ts';
import { applyChain, drawSite } from '../../src/core/morphisms/catalog.ts';
import type { Morphism, OperatorKind } from '../../src/core/morphisms/morphism.ts';
import { seeded, type Random } from '../../src/core/random.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { inheritAlong } from '../../src/engine/inherit.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { withoutNoise } from '../support/morphism-laws.ts';
import { imagesFor, relativeError } from './start.ts';

/** Weights after a little training, so that no statistic is trivial. */
async function trainedALittle(
  engine: Engine,
  architecture: Architecture,
  data: ImageSet,
  seed: number,
): Promise<Weights> {
  const network = engine.network(architecture, initialWeights(architecture, seeded(seed)));
  await network.train(data, {
    ...{ images: 32, batch: 8, rate: 0.05, warmup: 0, momentum: 0.9, weightDecay: 5e-4 },
    ...{ augment: 'none' as const, randomName: String(seed) },
  });
  await network.reestimate(data, data.count);
  if (hasSecondHead(architecture)) await network.reestimate(imagesFor(architecture, 16, 2, seed + 2), 16, 1);
  const weights = await network.weights();
  network.dispose();
  return weights;
}

async function logitsOf(
  engine: Engine,
  architecture: Architecture,
  weights: Weights,
  data: ImageSet,
): Promise<Float32Array> {
  const network = engine.network(architecture, weights);
  const heads = architecture.nodes.filter((node) => node.kind === 'head');
  const logits = await Promise.all(heads.map(({ task }) => network.logits(data, 0, data.count, task)));
  network.dispose();
  return Float32Array.from(logits.flatMap((values) => [...values]));
}

/** Draws a legal exact morphism of this kind; null where there is none. */
const draw = (architecture: Architecture, kind: OperatorKind, random: Random): Morphism | null =>
  drawSite(architecture, kind, random);

/**
 * How far the child's logits are from the parent's, relative to the largest, in inference mode on fresh images, after
 * morphisms of `kinds` one after another (those without a site here are skipped), on a parent trained a little.
 */
export async function distanceAfter(
  engine: Engine,
  architecture: Architecture,
  seed: number,
  kinds: readonly OperatorKind[],
): Promise<{
  readonly distance: number;
  readonly chain: readonly Morphism[];
  readonly isUntouched: boolean;
}> {
  const random = seeded(seed);
  const data = imagesFor(architecture, 16, 3, seed);
  const weights = await trainedALittle(engine, architecture, data, seed);
  const kept = weights.slice();
  const chain: Morphism[] = [];
  let last = architecture;
  for (const kind of kinds) {
    const morphism = draw(last, kind, random);
    const applied = morphism && applyChain(last, [morphism]);
    if (!applied?.ok) continue;
    chain.push(morphism!);
    last = applied.value.child;
  }
  const applied = applyChain(architecture, chain);
  if (!applied.ok) throw new Error(applied.reason);
  const steps = applied.value.steps.map((step) => ({ ...step, map: withoutNoise(step.map) }));
  const inherited = await inheritAlong(engine, steps, weights, data, random.split('inherit'));
  const fresh = imagesFor(architecture, 6, 3, seed + 1);
  const expected = await logitsOf(engine, architecture, weights, fresh);
  const found = await logitsOf(engine, applied.value.child, inherited, fresh);
  const isUntouched = weights.every((value, i) => value === kept[i]);
  return { distance: relativeError(found, expected), chain, isUntouched };
}
