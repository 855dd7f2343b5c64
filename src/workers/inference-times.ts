import { identityOf } from '../core/architecture/identity.ts';
import type { Architecture } from '../core/architecture/types.ts';
import { orFailure } from '../core/result.ts';
import type { AsyncTrainer } from './trainer-pool.ts';

/** Median seconds of a forward pass of one image on this device, measured once per architecture. */
export class InferenceTimes {
  readonly #known = new Map<string, number>();
  readonly #trainer: () => AsyncTrainer | null;

  constructor(trainer: () => AsyncTrainer | null) {
    this.#trainer = trainer;
  }

  async measure(architecture: Architecture): Promise<number | null> {
    const id = identityOf(architecture);
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const trainer = this.#trainer();
    const measured = trainer && (await orFailure(trainer.measureInference(architecture, 1)));
    if (!measured?.ok) return null;
    this.#known.set(id, measured.value);
    return measured.value;
  }
}
