import type { RunView } from '../../core/run-file/view.ts';
import { vectorOf } from '../../core/search/bounds.ts';
import { dominates } from '../../core/search/dominance.ts';
import { familyKeys } from '../../core/search/recipe.ts';
import type { ReferencePoint } from '../charts/props.ts';
import { families } from '../text/en/hand-made.ts';
import { Baseline } from './baseline.svelte.ts';
import { members, progressOf } from './picks.ts';

/** Hand-made families beside the finished run, trained on demand, one after the other. */
export class HandMade {
  readonly runs = familyKeys.map((key) => ({ key, run: new Baseline(key, families[key]) }));

  get running(): boolean {
    return this.runs.some(({ run }) => run.running);
  }

  get failure(): string {
    return this.runs.find(({ run }) => run.failure !== '')?.run.failure ?? '';
  }

  /** Networks trained so far; a failed training counts. */
  get trained(): number {
    return this.runs.reduce((sum, { run }) => sum + (run.log.whole?.trainedCount ?? 0), 0);
  }

  /** Share of all images seen, 0 to 1. */
  get progress(): number {
    const shares = this.runs.map(({ run }) => (run.log.whole ? progressOf(run.log.whole) : 0));
    return shares.reduce((a, b) => a + b, 0) / shares.length;
  }

  /** Each family has the whole budget of `view`'s search. */
  start({ recipe }: RunView): void {
    const from = (index: number): void => this.runs[index]?.run.start(recipe, () => from(index + 1));
    from(0);
  }

  stop(): void {
    for (const { run } of this.runs) run.stop();
  }

  clear(): void {
    for (const { run } of this.runs) run.clear();
  }
}

/** Those of `points` that no network of the front dominates under the run's objectives. */
export function standOut(points: readonly ReferencePoint[], view: RunView): readonly ReferencePoint[] {
  const { objectives: keys } = view.recipe;
  const front = members(view, view.front).map(({ objectives }) => vectorOf(objectives, keys));
  return points.filter(({ objectives }) => {
    const own = vectorOf(objectives, keys);
    return !front.some((member) => dominates(member, own));
  });
}
