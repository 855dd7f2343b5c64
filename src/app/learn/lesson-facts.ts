import type { NetworkId } from '../../core/search/events.ts';
import type { Run } from '../model/run.svelte.ts';
import type { BenchFacts, Facts, SamplingFacts, WeightsFacts } from './lesson-checks.ts';
import type { SamplingState } from './sampling/sampling-state.svelte.ts';
import { stage } from './stage.svelte.ts';
import { sampleSize } from './weights/ranking.ts';
import type { WeightsState } from './weights/weights-state.svelte.ts';
import { outcomeOf } from './workbench/answers.ts';
import type { WorkbenchState } from './workbench/workbench-state.svelte.ts';

/** What is on the screen now, as tasks are checked against it. */
export const factsNow = (run: Run, from: NetworkId | null): Facts => ({
  view: run.view,
  selected: run.selection.selected,
  from,
  bench: stage.bench ? benchFacts(stage.bench) : null,
  sampling: stage.sampling ? samplingFacts(stage.sampling) : null,
  weights: stage.weights ? weightsFacts(stage.weights) : null,
});

function benchFacts(bench: WorkbenchState): BenchFacts | null {
  const { opened, transformed, trials, lambdaControl, pad } = bench;
  if (bench.choosing || !opened || !transformed) return null;
  const { answers, difference } = transformed.inference;
  const { count } = answers;
  const { broken } = trials;
  return {
    operator: bench.operator,
    exact: transformed.exact,
    classes: bench.classes,
    inherited: {
      outcome: outcomeOf(opened, transformed),
      before: opened.answers.right,
      after: answers.right,
      alike: difference.alike,
      count,
    },
    broken: broken && {
      kind: broken.kind,
      stuck: broken.stuck,
      alike: broken.difference.alike,
      count,
    },
    turned: lambdaControl.mixed && { alike: lambdaControl.mixed.difference.alike, count },
    drawn: pad.drawn,
  };
}

const samplingFacts = (sampling: SamplingState): SamplingFacts => ({
  factor: sampling.factor,
  chances: sampling.chances,
  rare: sampling.drawing ? null : sampling.rare,
});

const weightsFacts = ({ paths, picked }: WeightsState): WeightsFacts | null =>
  paths.length < sampleSize ? null : { paths, picked };
