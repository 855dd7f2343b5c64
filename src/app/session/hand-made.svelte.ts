import { memberImages } from '../../core/compare/family-images.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { familyKeys } from '../../core/search/recipe.ts';
import { families } from '../strings.ts';
import { Baseline } from './baseline.svelte.ts';
import { members, progressOf } from './facts.ts';

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

  /** Each network sees as many images as the middle member of `view`'s front has, own and inherited. */
  start(view: RunView): void {
    const imagesPerSeed = memberImages(members(view, view.front));
    const recipe = { ...view.recipe, imagesPerSeed };
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
