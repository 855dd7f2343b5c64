import type { SearchEvent, SearchEventBody } from '../../src/core/search/events.ts';
import type { TaskFacts } from '../../src/core/search/bounds.ts';
import { applyEvents, resumable } from '../../src/core/search/fold.ts';
import { jobsOf, type Job } from '../../src/core/search/jobs.ts';
import * as loop from '../../src/core/search/loop.ts';
import type { Problem } from '../../src/core/search/problem.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import type { SearchState } from '../../src/core/search/state.ts';
import type { Result } from '../../src/core/result.ts';

/** Stands in for training: the costly objectives of a job, or why it failed; must depend on the job alone. */
export type Train = (job: Job, state: SearchState) => Result<loop.TrainingResult>;

export interface Setting {
  readonly recipe: Recipe;
  readonly facts: TaskFacts;
  readonly seeds: readonly loop.Seed[];
  readonly problem: Problem;
  readonly train: Train;
  /** In which order the jobs of a generation finish; as given unless set. */
  readonly finish?: (jobs: readonly Job[]) => readonly Job[];
  readonly measure?: (architecture: Job['architecture']) => number;
}

/** Runs a search to its end, from nothing or from a log, with a clock that ticks once an event. */
export function driveSearch(setting: Setting, log: readonly SearchEvent[] = []) {
  const { problem, recipe } = setting;
  const events: SearchEvent[] = [...resumable(log)];
  let state = applyEvents(null, events, problem);
  const tell = (bodies: readonly SearchEventBody[]): SearchState => {
    for (const body of bodies) events.push({ ...body, seconds: events.length });
    state = applyEvents(state, bodies, problem);
    return state!;
  };
  let now = state ?? tell(loop.begin(recipe, setting.facts, setting.seeds, problem));
  for (;;) {
    if (now.phase === 'propose') {
      if (loop.isOver(now)) break;
      const proposed = loop.propose(now, problem);
      const measure = setting.measure;
      const complete = measure
        ? loop.withMeasured(
            proposed.events,
            new Map(proposed.candidates.map((each) => [each.proposal, measure(each.architecture)])),
          )
        : proposed.events;
      now = tell(complete);
      now = tell(loop.sift(now));
    }
    const jobs = jobsOf(now);
    for (const job of setting.finish?.(jobs) ?? jobs) {
      now = tell([
        { type: 'progress', network: job.network, point: { images: Math.ceil(job.ownImages / 2), loss: 1 } },
      ]);
      const result = setting.train(job, now);
      now = tell([
        result.ok
          ? loop.evaluatedEvent(now, result.value)
          : loop.failedEvent(job.network, result.reason, job.ownImages),
      ]);
    }
    now = tell([loop.compete(now)]);
  }
  now = tell([{ type: 'finished', reason: 'budget' }]);
  return { state: now, events };
}
