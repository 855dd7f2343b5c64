import { proxy, transfer } from 'comlink';
import { connect } from './connection.ts';
import type { TrainerApi } from './protocol.ts';
import type { AsyncTrainer, TrainerConnection } from './trainer-pool.ts';

/** Starts a trainer worker; it is a worker of the worker that calls this. */
export function connectTrainer(): TrainerConnection {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'trainer',
  });
  const { api: remote, died, dispose } = connect<TrainerApi>(worker);
  const api: AsyncTrainer = {
    prepare: (recipe, site) => remote.prepare(recipe, site),
    train: (job, onProgress) => {
      const inheritance = job.inheritance && {
        ...job.inheritance,
        parentWeights: job.inheritance.parentWeights.slice(),
        parentAverage: job.inheritance.parentAverage?.slice() ?? null,
      };
      const buffers = inheritance
        ? [inheritance.parentWeights, inheritance.parentAverage].flatMap((weights) => weights?.buffer ?? [])
        : [];
      const sent = inheritance ? transfer({ ...job, inheritance }, buffers) : job;
      return remote.train(sent, proxy(onProgress));
    },
    cancel: () => remote.cancel(),
    evaluate: (network) => remote.evaluate(network),
    measureInference: (architecture, batch) => remote.measureInference(architecture, batch),
    benchmark: () => remote.benchmark(),
    pause: () => remote.pause(),
    resume: () => remote.resume(),
  };
  return { api, died, terminate: dispose };
}
