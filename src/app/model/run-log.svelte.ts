import type { RunView } from '../../core/run-file/view.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import { withPlain } from '../../core/search/presets.ts';
import type { Recipe } from '../../core/search/recipe.ts';
import { LogFold } from '../../core/run-file/fold.ts';
import type { Told } from '../../core/run-file/told.ts';
import { milestoneViews } from './milestone-view.ts';

/** The event log of one run and its fold; append-only, so the page draws any cursor of it. */
export class RunLog {
  /** Events in the log; reading it is what makes a view follow. */
  count = $state(0);
  recipe = $state.raw<Recipe | null>(null);
  #events: SearchEvent[] = [];
  #fold = new LogFold();
  /** The run at the end of its log. */
  whole: RunView | null = $derived(this.count === 0 ? null : this.#fold.at(this.#events, this.count));
  #atMilestone = milestoneViews();
  /** The same, as it was at the last milestone. */
  milestoneView: RunView | null = $derived(this.#atMilestone(this.whole));

  get events(): readonly SearchEvent[] {
    return this.#events;
  }

  /** Adds events whose first has index `first` in the log; what is there already is skipped. */
  append(first: number, events: readonly SearchEvent[]): void {
    const known = Math.max(0, this.#events.length - first);
    for (let index = known; index < events.length; index++) {
      const event = events[index]!;
      this.#events.push(event);
      if (event.type === 'started') this.recipe = withPlain(event.recipe);
    }
    this.count = this.#events.length;
  }

  /** `told`: what a log that came by a link does not say of its run. */
  replace(events: readonly SearchEvent[], told: readonly Told[] | null = null): void {
    this.clear();
    if (told) this.#fold = new LogFold(undefined, told);
    this.append(0, events);
  }

  clear(): void {
    this.#events = [];
    this.#fold = new LogFold();
    this.recipe = null;
    this.count = 0;
  }

  /** The run as the first `cursor` events tell it; null before the first. */
  at(cursor: number): RunView | null {
    return cursor >= this.count ? this.whole : this.#fold.at(this.#events, cursor);
  }
}
