import { clockText, exactText, hypervolumeText, percentText } from '../text/format.ts';
import { generationsOf } from '../../core/search/budget.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import type { RunLog } from './run-log.svelte.ts';
import { lowestError } from './progress.ts';

/** Told on window to whoever drives the page from outside (scripts/search.ts, tests). */
export type PageSignal =
  | { readonly kind: 'generation'; readonly text: string }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly reason: string };

export function signalPage(detail: PageSignal): void {
  dispatchEvent(new CustomEvent<PageSignal>('lemonade', { detail }));
}

/** One line a finished generation, and the end of the run. */
export function signalEvents(events: readonly SearchEvent[], log: RunLog): void {
  for (const event of events) {
    if (event.type === 'competed') {
      const view = log.whole;
      const error = view && lowestError(view);
      const text = [
        `generation ${event.generation} of ${log.recipe ? generationsOf(log.recipe) : '?'}`,
        `front ${event.front.length}`,
        `hypervolume ${hypervolumeText(event.hypervolume)}`,
        ...(error == null ? [] : [`lowest error ${percentText(error)}`]),
        ...(view ? [`${exactText(view.trainedCount)} trained`] : []),
        clockText(event.seconds),
      ];
      signalPage({ kind: 'generation', text: text.join(', ') });
    } else if (event.type === 'finished') {
      signalPage({ kind: 'finished' });
    }
  }
}
