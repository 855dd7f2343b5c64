import { join } from 'node:path';
import { describe } from '../../src/core/architecture/describe.ts';
import type { MeasuredRun } from '../../src/core/compare/against.ts';
import { compareRuns, type ComparedRun, type Comparison } from '../../src/core/compare/comparison.ts';
import { measuresOf, unmeasured, validationErrors } from '../../src/core/compare/measures.ts';
import { forwardEquivalentsOf } from '../../src/core/compare/work.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import type { RunView } from '../../src/core/run-file/view.ts';
import type { DatasetId } from '../../src/core/search/recipe.ts';
import type { DatasetFacts } from '../../src/datasets/types.ts';
import { factsOf } from '../../src/datasets/catalog.ts';
import type { PlannedRun } from './plan.ts';
import { isComplete, readRetrained, type RetrainedFile } from './retrained.ts';
import { readRun } from './run-file-node.ts';

/** A finished run with all that the report says of it. */
export interface StudyRun extends MeasuredRun {
  readonly testErrors: ReadonlyMap<number, number>;
  /** Null where its front was not, or not wholly, trained again. */
  readonly retrained: RetrainedFile | null;
}

/** The finished runs of one data set. */
export interface StudySet {
  readonly facts: DatasetFacts;
  readonly comparison: Comparison;
  readonly runs: readonly StudyRun[];
}

/** Every network that was trained again is still one of the run: it was not run anew since. */
const belongs = ({ networks }: RetrainedFile, view: RunView): boolean =>
  networks.every(({ network, architecture }) => {
    const own = view.networks.get(network);
    return own !== undefined && describe(own.architecture) === architecture;
  });

async function retrainedOf(path: string, view: RunView): Promise<RetrainedFile | null> {
  const file = await readRetrained(path);
  return file && isComplete(file) && belongs(file, view) ? file : null;
}

const errorsOf = ({ networks }: RetrainedFile): ReadonlyMap<number, number> =>
  new Map(
    networks.flatMap(({ network, testError }) => (testError === null ? [] : [[network, testError] as const])),
  );

/** Reads the finished runs of `dataset`; null where none can be compared. */
export async function readSet(
  runs: readonly PlannedRun[],
  dataset: DatasetId,
  folder: string,
): Promise<StudySet | null> {
  const opened = [];
  for (const { label, recipe, file } of runs) {
    if (recipe.dataset !== dataset) continue;
    const path = join(folder, file);
    const { file: run, testErrors } = await readRun(path);
    const view = viewOf(run.events);
    if (!view?.finished) continue;
    const compared: ComparedRun = { label, view, testErrors };
    opened.push({ compared, events: run.events, testErrors, retrained: await retrainedOf(path, view) });
  }
  const comparison = compareRuns(opened.map(({ compared }) => compared));
  if (!comparison) return null;
  const { bounds } = comparison;
  return {
    facts: factsOf(dataset),
    comparison,
    runs: opened.map(({ compared: { label, view }, events, testErrors, retrained }) => ({
      label,
      seed: view.recipe.seed,
      images: view.imagesSeen,
      forwardEquivalents: forwardEquivalentsOf(events),
      testErrors,
      retrained,
      values: {
        validation: measuresOf(view, bounds, validationErrors(view)),
        test: measuresOf(view, bounds, testErrors),
        retrained: retrained ? measuresOf(view, bounds, errorsOf(retrained), true) : unmeasured,
      },
    })),
  };
}

/** The searches of some sets, in the order of the plan. */
export const labelsOf = (sets: readonly StudySet[]): readonly string[] => [
  ...new Set(sets.flatMap(({ comparison }) => comparison.groups.map(({ label }) => label))),
];
