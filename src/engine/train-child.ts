import type { Architecture, NodeId } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import { applyChain, isExact, type ChainStep } from '../core/morphisms/catalog.ts';
import type { Morphism } from '../core/morphisms/morphism.ts';
import { seeded } from '../core/random.ts';
import { ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { ImageSet, SearchData } from '../datasets/types.ts';
import type { Engine, Evaluation, Network, TrainingHooks, TrainingSchedule } from './engine.ts';
import { answerOf, meanDivergence, probabilities } from './evaluate.ts';
import { calibrationImages, calibrationPasses, inheritAlong } from './inherit.ts';
import { initialWeights } from './initial-weights.ts';

export interface ChildJob {
  readonly architecture: Architecture;
  /** The parent and the chain that leads to `architecture`; null for training from scratch. */
  readonly inheritance: {
    readonly parent: Architecture;
    /** Those that training ended with. */
    readonly parentWeights: Weights;
    /** The parent's running average, where it kept one. */
    readonly parentAverage?: Weights | null;
    readonly chain: readonly Morphism[];
  } | null;
  readonly schedules: { readonly train: TrainingSchedule; readonly distill: TrainingSchedule };
  /** Names the generator of new weights, for example "42/child/17". */
  readonly randomName: string;
}

export interface ChildData extends SearchData {
  /** Data of head 1, where the architecture has one. */
  readonly second?: SearchData;
}

export interface TrainedChild {
  /** Those evaluated: the running average, where there is one. */
  readonly weights: Weights;
  /** Those that training ended with, from which children inherit; null where they are the evaluated ones. */
  readonly rawWeights: Weights | null;
  /** All that it cost, in forward passes of one image; a trained image counts three (Baydin et al. 2018, section 3.1). */
  readonly forwardEquivalents: number;
  /** On the validation images. */
  readonly evaluation: Evaluation;
  readonly secondEvaluation?: Evaluation;
  readonly learning: LearningPoint;
  readonly distillation?: { readonly before: number; readonly after: number };
  readonly agreement?: { readonly same: number; readonly of: number; readonly maxDifference: number };
}

/** Images on which child and parent are compared, and on which BN statistics are re-estimated. [ours] */
export const comparedImages = 256;
export const reestimationImages = 1000;

/**
 * The whole recipe of a child (lemonade.md section 3): inherit along the chain; after approximate morphisms distil
 * the affected layers, everything else frozen, towards the parent's outputs (computed once); train all; re-estimate
 * BN; evaluate. A chain of several approximate morphisms is distilled once, after its last step. [ours]
 * Where the schedule keeps a running average, that is evaluated, with statistics of its own, and the weights that
 * training ended with are given beside it. Reasons: 'aborted', 'diverged', or the step of the chain that is not legal.
 */
export async function trainChild(
  engine: Engine,
  job: ChildJob,
  data: ChildData,
  hooks: TrainingHooks = {},
): Promise<Result<TrainedChild>> {
  const { train } = data;
  const work = new Work();
  const born = await beginning(engine, job, train, work);
  if (!born.ok) return born;
  const { start, average, steps } = born.value;
  const network = engine.network(job.architecture, start);
  try {
    const closeness = job.inheritance
      ? await meetParent(engine, network, job, steps, train, hooks, work)
      : ok({});
    if (!closeness.ok) return closeness;
    const ordinary = ordinarySchedule(job.schedules, 'distillation' in closeness.value, average);
    const learning = await network.train(train, ordinary, hooks, data.second?.train);
    if (!learning.ok) return learning;
    work.trained(ordinary.images);
    const reestimated = Math.min(reestimationImages, train.count);
    let rawWeights: Weights | null = null;
    if (ordinary.averaging) {
      // Its own statistics: a child's calibration and its parent's answers are taken in inference mode.
      await network.reestimate(train, reestimationImages);
      work.passed(reestimated);
      rawWeights = await network.weights();
      network.setWeights(await network.average());
    }
    await network.reestimate(train, reestimationImages);
    work.passed(reestimated);
    const evaluation = await network.evaluate(data.validation);
    if (!Number.isFinite(evaluation.loss)) return { ok: false, reason: 'diverged' };
    const second = data.second ? { secondEvaluation: await network.evaluate(data.second.validation, 1) } : {};
    return ok({
      weights: await network.weights(),
      rawWeights,
      forwardEquivalents: work.forwardEquivalents,
      evaluation,
      ...second,
      learning: learning.value,
      ...closeness.value,
    });
  } finally {
    network.dispose();
    engine.purge();
  }
}

/** Counts forward passes of one image. Evaluation, which every search does alike, is left out. */
class Work {
  forwardEquivalents = 0;

  passed(images: number): void {
    this.forwardEquivalents += images;
  }

  trained(images: number): void {
    this.forwardEquivalents += 3 * images;
  }
}

interface Beginning {
  readonly start: Weights;
  /** The running average to go on with; null where it begins anew at `start`. */
  readonly average: Weights | null;
  readonly steps: readonly ChainStep[];
}

/**
 * The weights that a training begins with. Along exact chains the parent's running average is inherited too, by the
 * same map and the same draws; an approximate step moves the function, and the average begins anew. [ours]
 */
async function beginning(
  engine: Engine,
  { architecture, inheritance, randomName, schedules }: ChildJob,
  train: ImageSet,
  work: Work,
): Promise<Result<Beginning>> {
  const random = seeded(randomName);
  if (!inheritance) {
    const start = initialWeights(architecture, random.split('initial'));
    return ok({ start, average: null, steps: [] });
  }
  const applied = applyChain(inheritance.parent, inheritance.chain);
  if (!applied.ok) return applied;
  const { steps } = applied.value;
  const along = (weights: Weights) => {
    work.passed(calibrationPasses(steps) * Math.min(calibrationImages, train.count));
    return inheritAlong(engine, steps, weights, train, random.split('inherit'));
  };
  const start = await along(inheritance.parentWeights);
  const { parentAverage } = inheritance;
  const carries = schedules.train.averaging && parentAverage && inheritance.chain.every(isExact);
  return ok({ start, average: carries ? await along(parentAverage) : null, steps });
}

/**
 * Images of the distillation count towards the child's own, so that searches with and without approximate morphisms
 * see equally many [ours].
 */
function ordinarySchedule(
  { train, distill }: ChildJob['schedules'],
  distilled: boolean,
  average: Weights | null,
): TrainingSchedule {
  const images = distilled ? Math.max(1, train.images - distill.images) : train.images;
  if (!train.averaging) return { ...train, images };
  const imagesBefore = average ? train.averaging.imagesBefore : 0;
  return { ...train, images, averaging: { ...train.averaging, imagesBefore, from: average } };
}

type Closeness = Pick<TrainedChild, 'distillation' | 'agreement'>;

/** Distils where the chain was approximate; where it was exact, counts the answers that stayed the same. */
async function meetParent(
  engine: Engine,
  network: Network,
  job: ChildJob,
  steps: readonly ChainStep[],
  train: ImageSet,
  hooks: TrainingHooks,
  work: Work,
): Promise<Result<Closeness>> {
  const { parent, parentWeights } = job.inheritance!;
  if (steps.length === 0) return ok({});
  const affected = affectedNodes(steps, job.architecture);
  const { distill } = job.schedules;
  const shown = prefixOf(
    train,
    affected.length > 0 ? Math.max(comparedImages, distill.images) : comparedImages,
  );
  const teacher = engine.network(parent, parentWeights);
  const teacherLogits = await teacher.logits(shown, 0, shown.count).finally(() => teacher.dispose());
  const classes = teacherLogits.length / shown.count;
  const compared = Math.min(comparedImages, shown.count);
  const expected = teacherLogits.subarray(0, compared * classes);
  const inherited = await network.logits(shown, 0, compared);
  work.passed(shown.count + compared);
  if (affected.length === 0) return ok({ agreement: agreementOf(expected, inherited, classes) });

  const before = meanDivergence(expected, inherited, classes);
  if (distill.images > 0) {
    const { onProgress: _, ...quiet } = hooks;
    const targets = probabilities(teacherLogits, classes);
    const distilled = await network.distill(shown, targets, affected, distill, quiet);
    if (!distilled.ok) return distilled;
    work.trained(distill.images);
  }
  await network.reestimate(train, reestimationImages);
  work.passed(Math.min(reestimationImages, train.count) + compared);
  const after = meanDivergence(expected, await network.logits(shown, 0, compared), classes);
  return ok({ distillation: { before, after } });
}

/** Nodes that approximate steps affected and that are still there at the chain's end. */
export function affectedNodes(steps: readonly ChainStep[], child: Architecture): readonly NodeId[] {
  const there = new Set(child.nodes.map((node) => node.id));
  const affected = steps.filter(({ morphism }) => !isExact(morphism)).flatMap((step) => [...step.affected]);
  return [...new Set(affected)].filter((id) => there.has(id));
}

/** The first `count` images; sets are round-robin over classes, so every prefix is balanced. */
export function prefixOf(data: ImageSet, count: number): ImageSet {
  if (count >= data.count) return data;
  const size = data.height * data.width * data.channels;
  return {
    ...data,
    count,
    images: data.images.subarray(0, count * size),
    labels: data.labels.subarray(0, count),
  };
}

function agreementOf(expected: Float32Array, found: Float32Array, classes: number) {
  const of = expected.length / classes;
  let [same, maxDifference] = [0, 0];
  for (let i = 0; i < of; i++) if (answerOf(expected, i, classes) === answerOf(found, i, classes)) same++;
  for (let i = 0; i < found.length; i++) {
    maxDifference = Math.max(maxDifference, Math.abs(expected[i]! - found[i]!));
  }
  return { same, of, maxDifference };
}
