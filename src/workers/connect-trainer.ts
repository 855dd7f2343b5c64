import { proxy, transfer, wrap, type Remote } from 'comlink';
import type { Failure } from '../core/failure.ts';
import type { TrainerApi } from './protocol.ts';
import type { AsyncTrainer, TrainerConnection } from './trainer-pool.ts';

/** Starts a trainer worker; it is a worker of the worker that calls this. */
export function connectTrainer(): TrainerConnection {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'trainer',
  });
  const remote: Remote<TrainerApi> = wrap<TrainerApi>(worker);
  const died = new Promise<Failure>((resolve) => {
    worker.addEventListener('error', (event) => {
      // Else it would go on to this worker's own owner, as if the search had crashed.
      event.preventDefault();
      resolve({ code: 'worker-crashed', detail: event.message });
    });
    worker.addEventListener('messageerror', () => resolve({ code: 'message-unreadable' }));
  });
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
    measureInference: (architecture, batch) => remote.measureInference(architecture, batch),
    benchmark: () => remote.benchmark(),
    pause: () => remote.pause(),
    resume: () => remote.resume(),
  };
  return { api, died, terminate: () => worker.terminate() };
}
