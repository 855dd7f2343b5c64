import { generationsOf } from '../../core/search/budget.ts';
import type { SearchEvent } from '../../core/search/events.ts';
import type { RunLog } from './run-log.svelte.ts';
import { lowestError } from './progress.ts';

/** Told on window to whoever drives the page from outside (scripts/search.ts, tests). */
export type PageSignal =
  | {
      readonly kind: 'generation';
      readonly generation: number;
      readonly of: number | null;
      /** Networks on the front. */
      readonly front: number;
      /** Share of the box, 0 to 1. */
      readonly hypervolume: number;
      /** Share of the validation images, 0 to 1. */
      readonly lowestError: number | null;
      /** Networks trained so far. */
      readonly trained: number;
      readonly seconds: number;
    }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly reason: string };

export function signalPage(detail: PageSignal): void {
  dispatchEvent(new CustomEvent<PageSignal>('lemonade', { detail }));
}

/** A signal for each finished generation, and for the end of the run. */
export function signalEvents(events: readonly SearchEvent[], log: RunLog): void {
  for (const event of events) {
    if (event.type === 'competed') {
      const { whole, recipe } = log;
      signalPage({
        kind: 'generation',
        generation: event.generation,
        of: recipe && generationsOf(recipe),
        front: event.front.length,
        hypervolume: event.hypervolume,
        lowestError: whole && lowestError(whole),
        trained: whole?.trainedCount ?? 0,
        seconds: event.seconds,
      });
    } else if (event.type === 'finished') {
      signalPage({ kind: 'finished' });
    }
  }
}
