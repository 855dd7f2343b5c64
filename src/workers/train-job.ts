import { isSupernet } from '../core/architecture/supernet.ts';
import { isOneShot } from '../core/search/recipe.ts';
import { ok, type Result } from '../core/result.ts';
import type { Engine, TrainingHooks } from '../engine/engine.ts';
import { childSchedules } from '../engine/recipe-schedules.ts';
import type { ChildData } from '../engine/heads.ts';
import { trainChild } from '../engine/train-child.ts';
import type { TrainedNetwork, TrainingJob } from './protocol.ts';

/** Carries out one job of a search on `engine`: what workers and a search without workers have in common. */
export async function trainJob(
  engine: Engine,
  data: ChildData,
  job: TrainingJob,
  hooks: TrainingHooks,
): Promise<Result<TrainedNetwork>> {
  const { architecture, inheritance, network, ownImages } = job;
  const randomName = `${job.recipe.seed}/child/${network}`;
  const schedules = childSchedules(job.recipe, { ...job, inherits: inheritance !== null }, randomName);
  const began = performance.now();
  const paths = isOneShot(job.recipe.strategy) && isSupernet(architecture) ? { isSupernet: true } : {};
  const child = { architecture, inheritance, schedules, randomName, ...paths };
  const trained = await trainChild(engine, child, data, hooks);
  if (!trained.ok) return trained;
  const { evaluation, secondEvaluation, weights, rawWeights, forwardEquivalents } = trained.value;
  const { distillation, agreement, learningExponent } = trained.value;
  return ok({
    network,
    weights,
    rawWeights,
    forwardEquivalents,
    objectives: {
      error: evaluation.error,
      ...(secondEvaluation ? { secondError: secondEvaluation.error } : {}),
    },
    ownImages,
    trainSeconds: Math.round(performance.now() - began) / 1000,
    ...(learningExponent === undefined ? {} : { learningExponent }),
    ...(distillation ? { distillation } : {}),
    ...(agreement ? { agreement } : {}),
  });
}
