import type { Session } from '../model/session.svelte.ts';
import { check, misjudgedPath, solve, type Say } from './lesson-checks.ts';
import { factsNow } from './lesson-facts.ts';
import type { Deed, Task } from './lessons.ts';
import { stage } from './stage.svelte.ts';
import { randomDrawings } from './workbench/pad.svelte.ts';
import type { WorkbenchState } from './workbench/workbench-state.svelte.ts';

/**
 * Does what a task asks, before the reader's eyes; the screen then explains it as it explains a try that succeeds. What to
 * say instead where even the page cannot do it.
 */
export async function showTask(session: Session, task: Task, from: number | null): Promise<Say | null> {
  if (task.kind === 'predict') return null;
  if (task.kind === 'do') return await showDeed(session, task.what);
  const { view, selection } = session.run;
  if (view) selection.select(solve(task.what, view, from));
  return null;
}

async function showDeed(session: Session, what: Deed): Promise<Say | null> {
  const { bench, sampling, weights } = stage;
  if (what === 'even') {
    if (!sampling) return null;
    sampling.factor = 8;
    sampling.drawAgain();
    return null;
  }
  if (what === 'misjudged') {
    const path = weights ? misjudgedPath(weights.paths) : null;
    if (path === null) return (words) => words.misjudged.none;
    if (weights) weights.picked = path;
    return null;
  }
  if (!bench) return null;
  switch (what) {
    case 'fewAlike':
    case 'deadEnd':
      await breakUntilDone(session, bench, what);
      return null;
    case 'gate':
      await bench.lambdaControl.turn(0);
      return null;
    case 'exact':
      await bench.choose({ operator: 'widen', variant: null, network: bench.network }, 3);
      return null;
    case 'differ': {
      await bench.pad.findWorst();
      const { differing } = bench.pad;
      if (!differing) return (words) => words.differ.none(randomDrawings);
      await bench.pad.draw(differing);
      return null;
    }
  }
}

/** Switches on one wrong way after the other until one does what is asked. */
async function breakUntilDone(session: Session, bench: WorkbenchState, what: Deed): Promise<void> {
  for (const kind of bench.transformed?.breaks ?? []) {
    if (bench.trials.broken?.kind !== kind) await bench.trials.toggleBreak(kind);
    if (check(what, factsNow(session.run, null))?.done) return;
  }
}
