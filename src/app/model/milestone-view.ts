import type { RunView } from '../../core/run-file/view.ts';

/** Nothing but proposals, learning curves, images seen and time tells these two views apart. */
function hasSameMilestone(one: RunView, other: RunView): boolean {
  return one.milestones === other.milestones && one.recipe === other.recipe && one.bounds === other.bounds;
}

/**
 * A function that answers with the view it gave last until one with another milestone comes. What is drawn from the
 * answer stands still while networks train, which is most of a run.
 */
export function milestoneViews(): (view: RunView | null) => RunView | null {
  let last: RunView | null = null;
  return (view) => {
    if (!view || !last || !hasSameMilestone(view, last)) last = view;
    return last;
  };
}
