import type { Architecture, NodeId } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import { applyChain, isExact, type ChainStep } from '../core/morphisms/catalog.ts';
import type { Morphism } from '../core/morphisms/morphism.ts';
import { seeded } from '../core/random.ts';
import { ok, type Result } from '../core/result.ts';
import type { LearningPoint } from '../core/search/events.ts';
import type { Engine, Evaluation, TrainingHooks, TrainingSchedule } from './engine.ts';
import { reestimateHeads, type ChildData } from './heads.ts';
import { inheritAlong } from './inherit.ts';
import { initialWeights } from './initial-weights.ts';
import { meetParent, type Closeness } from './meet-parent.ts';

export interface ChildJob {
  readonly architecture: Architecture;
  /** The parent and the chain that leads to `architecture`; null for training from scratch. */
  readonly inheritance: {
    readonly parent: Architecture;
    readonly parentWeights: Weights;
    readonly chain: readonly Morphism[];
  } | null;
  readonly schedules: { readonly train: TrainingSchedule; readonly distill: TrainingSchedule };
  /** Names the generator of new weights, for example "42/child/17". */
  readonly randomName: string;
}

export interface TrainedChild extends Closeness {
  readonly weights: Weights;
  /** On the validation images. */
  readonly evaluation: Evaluation;
  readonly secondEvaluation?: Evaluation;
  readonly learning: LearningPoint;
}

/**
 * The whole recipe of a child (lemonade.md section 3): inherit along the chain; after approximate morphisms distil
 * the affected layers, everything else frozen, towards the parent's outputs; train all; re-estimate BN, for every head on
 * its own set; evaluate. A chain of several approximate morphisms is distilled once, after its last step. [ours]
 * Reasons: 'aborted', 'diverged', or the step of the chain that is not legal.
 */
export async function trainChild(
  engine: Engine,
  job: ChildJob,
  data: ChildData,
  hooks: TrainingHooks = {},
): Promise<Result<TrainedChild>> {
  const random = seeded(job.randomName);
  const { train } = data;
  let start: Weights;
  let steps: readonly ChainStep[] = [];
  if (job.inheritance) {
    const applied = applyChain(job.inheritance.parent, job.inheritance.chain);
    if (!applied.ok) return applied;
    steps = applied.value.steps;
    start = await inheritAlong(engine, steps, job.inheritance.parentWeights, train, random.split('inherit'));
  } else {
    start = initialWeights(job.architecture, random.split('initial'));
  }
  const network = engine.network(job.architecture, start);
  try {
    const { inheritance, schedules } = job;
    const affected = affectedNodes(steps, job.architecture);
    const meeting = inheritance && { ...inheritance, affected, distill: schedules.distill };
    const closeness = meeting ? await meetParent(engine, network, meeting, data, hooks) : ok({});
    if (!closeness.ok) return closeness;
    const ordinary = afterDistillation(job.schedules, 'distillation' in closeness.value);
    const learning = await network.train(train, ordinary, hooks, data.second?.train);
    if (!learning.ok) return learning;
    await reestimateHeads(network, data);
    const evaluation = await network.evaluate(data.validation);
    if (!Number.isFinite(evaluation.loss)) return { ok: false, reason: 'diverged' };
    const second = data.second ? { secondEvaluation: await network.evaluate(data.second.validation, 1) } : {};
    const weights = await network.weights();
    return ok({ weights, evaluation, ...second, learning: learning.value, ...closeness.value });
  } finally {
    network.dispose();
    engine.purge();
  }
}

/**
 * Images of the distillation count towards the child's own, so that searches with and without approximate morphisms
 * see equally many [ours].
 */
function afterDistillation({ train, distill }: ChildJob['schedules'], distilled: boolean): TrainingSchedule {
  return distilled ? { ...train, images: Math.max(1, train.images - distill.images) } : train;
}

/** Nodes that approximate steps affected and that are still there at the chain's end. */
export function affectedNodes(steps: readonly ChainStep[], child: Architecture): readonly NodeId[] {
  const there = new Set(child.nodes.map((node) => node.id));
  const affected = steps.filter(({ morphism }) => !isExact(morphism)).flatMap((step) => [...step.affected]);
  return [...new Set(affected)].filter((id) => there.has(id));
}
