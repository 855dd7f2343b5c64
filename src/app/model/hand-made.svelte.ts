import type { RunView } from '../../core/run-file/view.ts';
import { familyKeys, type FamilyKey } from '../../core/search/recipe.ts';
import { progressOf } from './progress.ts';
import { SideRun } from './side-run.svelte.ts';

/** Hand-made families beside the finished run, trained on demand, one after the other. */
export class HandMade {
  readonly runs = familyKeys.map((key) => ({ key, run: new SideRun(500) }));

  get running(): boolean {
    return this.runs.some(({ run }) => run.running);
  }

  get failure(): string {
    return this.runs.find(({ run }) => run.failure !== '')?.run.failure ?? '';
  }

  /** Share of all images seen, 0 to 1. */
  get progress(): number {
    const shares = this.runs.map(({ run }) => (run.log.whole ? progressOf(run.log.whole) : 0));
    return shares.reduce((a, b) => a + b, 0) / shares.length;
  }

  /** Each family has the whole budget of `view`'s search, and is kept under its name of `names`. */
  start({ recipe }: RunView, names: Readonly<Record<FamilyKey, string>>): void {
    const from = (index: number): void => {
      const one = this.runs[index];
      one?.run.start({ ...recipe, strategy: one.key }, names[one.key], () => from(index + 1));
    };
    from(0);
  }

  stop(): void {
    for (const { run } of this.runs) run.stop();
  }
}
