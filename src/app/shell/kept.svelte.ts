import { onDestroy } from 'svelte';
import { pageLanguage } from '../model/language.svelte.ts';

/**
 * A place's state that outlives a change of language, for which all parts of the page are made anew. What it gives is
 * called where the place is made: with how the state is made, and how it ends once the place is left.
 */
export function keptOverLanguage<T extends object>(): (make: () => T, end: (state: T) => void) => T {
  let kept: T | null = null;
  return (make, end) => {
    const began = pageLanguage.current;
    let state = kept;
    kept = null;
    // A state made within the place would end with it.
    if (!state) $effect.root(() => void (state = make()));
    const own = state!;
    onDestroy(() => {
      if (pageLanguage.current === began) end(own);
      else kept = own;
    });
    return own;
  };
}
