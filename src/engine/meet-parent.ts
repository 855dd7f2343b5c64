import type { Architecture, NodeId } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import { ok, type Result } from '../core/result.ts';
import type { Closeness } from '../core/search/events.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { Engine, Network, Taught, TrainingHooks, TrainingSchedule } from './engine.ts';
import { answerOf, meanDivergence, probabilities } from './evaluate.ts';
import { headData, prefixOf, reestimateHeads, type ChildData } from './heads.ts';

/** Validation images of each head on which child and parent are compared: distillation never sees them. [ours] */
export const comparedImages = 256;

interface Meeting {
  readonly parent: Architecture;
  readonly parentWeights: Weights;
  /** Nodes that distillation trains; none where the chain was exact. */
  readonly affected: readonly NodeId[];
  readonly distill: TrainingSchedule;
}

/** Logits of one head's images, and how many classes they are for. */
interface Answers {
  readonly logits: Float32Array;
  readonly classes: number;
}

/**
 * Where the chain was exact, counts the answers that stayed the same. Where it was approximate, re-estimates BN, then
 * distils the affected layers towards the parent's outputs (computed once), every head on its own set, batch by batch
 * in turn, and re-estimates again. Reasons: those of `Network.distill`.
 */
export async function meetParent(
  engine: Pick<Engine, 'network'>,
  network: Network,
  { parent, parentWeights, affected, distill }: Meeting,
  data: ChildData,
  hooks: TrainingHooks,
): Promise<Result<Closeness>> {
  const compared = headData(data).map(({ validation }) => prefixOf(validation, comparedImages));
  const isApproximate = affected.length > 0;
  const shown = isApproximate && distill.images > 0 ? shownImages(data, distill.images) : [];
  const teacher = engine.network(parent, parentWeights);
  const asked = async () => [await answersOf(teacher, compared), await answersOf(teacher, shown)] as const;
  const [expected, taught] = await asked().finally(() => teacher.dispose());
  if (!isApproximate) return ok({ agreement: agreementOf(expected, await answersOf(network, compared)) });

  await reestimateHeads(network, data);
  const before = divergenceOf(expected, await answersOf(network, compared));
  const [first, second] = taught.map(({ logits, classes }, task): Taught => ({
    data: shown[task]!,
    teacher: probabilities(logits, classes),
  }));
  if (first) {
    const { onProgress: _, ...quiet } = hooks;
    const distilled = await network.distill(first.data, first.teacher, affected, distill, quiet, second);
    if (!distilled.ok) return distilled;
    await reestimateHeads(network, data);
  }
  const after = first ? divergenceOf(expected, await answersOf(network, compared)) : before;
  return ok({ distillation: { before, after } });
}

/** Training images of every head: as many as it sees in distillation. */
const shownImages = (data: ChildData, images: number): readonly ImageSet[] => {
  const sets = headData(data);
  return sets.map(({ train }) => prefixOf(train, Math.ceil(images / sets.length)));
};

async function answersOf(network: Network, sets: readonly ImageSet[]): Promise<readonly Answers[]> {
  const answers: Answers[] = [];
  for (const [task, set] of sets.entries()) {
    const logits = await network.logits(set, 0, set.count, task);
    answers.push({ logits, classes: logits.length / set.count });
  }
  return answers;
}

const divergenceOf = (expected: readonly Answers[], found: readonly Answers[]): number =>
  expected.reduce(
    (sum, { logits, classes }, task) => sum + meanDivergence(logits, found[task]!.logits, classes),
    0,
  ) / expected.length;

function agreementOf(expected: readonly Answers[], found: readonly Answers[]) {
  let [same, of, maxDifference] = [0, 0, 0];
  expected.forEach(({ logits, classes }, task) => {
    const others = found[task]!.logits;
    const count = logits.length / classes;
    for (let i = 0; i < count; i++) if (answerOf(logits, i, classes) === answerOf(others, i, classes)) same++;
    of += count;
    logits.forEach((value, i) => (maxDifference = Math.max(maxDifference, Math.abs(value - others[i]!))));
  });
  return { same, of, maxDifference };
}
