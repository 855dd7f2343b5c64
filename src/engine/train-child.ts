import type { Architecture, NodeId } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import { applyChain, isExact, type ChainStep } from '../core/morphisms/catalog.ts';
import type { Morphism } from '../core/morphisms/morphism.ts';
import { seeded } from '../core/random.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { Closeness, LearningPoint } from '../core/search/events.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Engine, Evaluation, TrainingHooks, TrainingSchedule } from './engine.ts';
import { reestimateHeads, type ChildData } from './heads.ts';
import { inheritAlong } from './inherit.ts';
import { initialWeights } from './initial-weights.ts';
import { LearningCurve } from './learning-curve.ts';
import { meetParent } from './meet-parent.ts';
import { MeteredEngine } from './metered.ts';
import { supernetWeights, uniformPaths } from './single-path.ts';
import { mostRefitImages } from './refit.ts';

/** What a child begins with: its parent, and the chain that leads to it. */
export interface Inheritance {
  readonly parent: Architecture;
  /** Those that training ended with. */
  readonly parentWeights: Weights;
  /** The parent's running average, where it kept one: its evaluated weights. */
  readonly parentAverage?: Weights | null;
  readonly chain: readonly Morphism[];
}

export interface ChildJob {
  readonly architecture: Architecture;
  /** Null for training from scratch. */
  readonly inheritance: Inheritance | null;
  readonly schedules: { readonly train: TrainingSchedule; readonly distill: TrainingSchedule };
  /** A supernet, of which every batch trains one path. */
  readonly isSupernet?: boolean;
  /** Names the generator of new weights, for example "42/child/17". */
  readonly randomName: string;
}

export interface TrainedChild extends Closeness {
  /** Those evaluated: the running average, where there is one. */
  readonly weights: Weights;
  /** Those that training ended with, from which children inherit; null where they are the evaluated ones. */
  readonly rawWeights: Weights | null;
  /** All that it cost, in forward passes of one image: see MeteredEngine. */
  readonly forwardEquivalents: number;
  /** On the validation images. */
  readonly evaluation: Evaluation;
  readonly secondEvaluation?: Evaluation;
  readonly learning: LearningPoint;
  /** See LearningCurve; absent where the training was too short to say. */
  readonly learningExponent?: number;
}

/**
 * The whole recipe of a child (lemonade.md section 3): inherit along the chain; after approximate morphisms distil
 * the affected layers, everything else frozen, towards the parent's outputs; train all; re-estimate BN, for every head on
 * its own set; evaluate. A chain of several approximate morphisms is distilled once, after its last step. [ours]
 * Where the schedule keeps a running average, that is evaluated, with statistics of its own, and the weights that
 * training ended with are given beside it. Fails with 'aborted', 'diverged' or 'illegal-morphism'.
 */
export async function trainChild(
  bare: Engine,
  job: ChildJob,
  data: ChildData,
  hooks: TrainingHooks = {},
): Promise<Result<TrainedChild>> {
  const { train } = data;
  const engine = new MeteredEngine(bare);
  const born = await beginning(engine, job, train);
  if (!born.ok) return born;
  const { start, average, steps } = born.value;
  const network = engine.network(job.architecture, start);
  try {
    const { inheritance, schedules } = job;
    const affected = affectedNodes(steps, job.architecture);
    const meeting = inheritance && { ...inheritance, affected, distill: schedules.distill };
    const closeness =
      meeting && steps.length > 0 && isTrained(job)
        ? await meetParent(engine, network, meeting, data, hooks)
        : ok({});
    if (!closeness.ok) return closeness;
    const whole = ordinarySchedule(schedules, 'distillation' in closeness.value, average);
    const ordinary = job.isSupernet
      ? { ...whole, pathOf: uniformPaths(job.architecture, whole.randomName) }
      : whole;
    const curve = new LearningCurve(ordinary.images);
    const learning = isTrained(job)
      ? await network.train(train, ordinary, curve.watching(hooks), data.second?.train)
      : null;
    if (learning && !learning.ok) return learning;
    let rawWeights: Weights | null = null;
    if (ordinary.averaging) {
      // With statistics of their own: children are calibrated and compared in inference mode. Nothing is where nothing was trained.
      if (learning) await reestimateHeads(network, data);
      rawWeights = await network.weights();
      network.setWeights(learning ? await network.average() : (average ?? start));
    }
    await reestimateHeads(network, data);
    const evaluation = await network.evaluate(data.validation);
    // Others are evaluated once, at the end of a training; what is only evaluated costs what that takes.
    if (!learning) engine.passes += data.validation.count + (data.second?.validation.count ?? 0);
    if (!Number.isFinite(evaluation.loss)) return fail({ code: 'diverged' });
    const second = data.second ? { secondEvaluation: await network.evaluate(data.second.validation, 1) } : {};
    const weights = await network.weights();
    const forwardEquivalents = engine.passes;
    const result = { weights, rawWeights, forwardEquivalents, evaluation, ...second };
    const learningExponent = curve.exponent(evaluation.loss);
    const none = { images: 0, loss: evaluation.loss };
    const learned = {
      learning: learning?.value ?? none,
      ...(learningExponent === null ? {} : { learningExponent }),
    };
    return ok({ ...result, ...learned, ...closeness.value });
  } finally {
    network.dispose();
    engine.purge();
  }
}

/** Paths of a supernet are only evaluated: they have no images of their own. */
const isTrained = ({ schedules }: ChildJob): boolean => schedules.train.images > 0;

/** What is exact, and what only takes weights away without anything to mend. */
const keepsAverage = ({ morphism, affected }: ChainStep): boolean =>
  isExact(morphism) || affected.length === 0;

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
  engine: MeteredEngine,
  { architecture, inheritance, randomName, schedules, isSupernet = false }: ChildJob,
  train: ImageSet,
): Promise<Result<Beginning>> {
  const random = seeded(randomName);
  if (!inheritance) {
    const initial = isSupernet ? supernetWeights : initialWeights;
    const start = initial(architecture, random.split('initial'));
    return ok({ start, average: null, steps: [] });
  }
  const applied = applyChain(inheritance.parent, inheritance.chain);
  if (!applied.ok) return fail({ code: 'illegal-morphism', detail: applied.reason });
  const { steps } = applied.value;
  const refitted = steps.filter(({ refits }) => refits.length > 0).length;
  const along = (weights: Weights) => {
    // Refitting runs the parent forward in loops of its own, over so many images at most.
    engine.passes += refitted * mostRefitImages;
    return inheritAlong(engine, steps, weights, train, random.split('inherit'));
  };
  const start = await along(inheritance.parentWeights);
  const { parentAverage } = inheritance;
  const carries = schedules.train.averaging && parentAverage && steps.every(keepsAverage);
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

/** Nodes that approximate steps affected and that are still there at the chain's end. */
export function affectedNodes(steps: readonly ChainStep[], child: Architecture): readonly NodeId[] {
  const there = new Set(child.nodes.map((node) => node.id));
  const affected = steps.filter(({ morphism }) => !isExact(morphism)).flatMap((step) => [...step.affected]);
  return [...new Set(affected)].filter((id) => there.has(id));
}
