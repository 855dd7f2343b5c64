import { onDestroy } from 'svelte';

/**
 * A place's state that outlives a change of language, for which all parts of the page are made anew. What it gives is
 * called where the place is made: with how the state is made, and how it ends once the place is left.
 */
export function keptOverLanguage<T extends object>(): (make: () => T, end: (state: T) => void) => T {
  let kept: T | null = null;
  return (make, end) => {
    // Of the document: while a place ends, states still have the values of before.
    const spoken = () => document.documentElement.lang;
    const began = spoken();
    let state = kept;
    kept = null;
    // A state made within the place would end with it.
    if (!state) $effect.root(() => void (state = make()));
    const own = state!;
    onDestroy(() => {
      if (spoken() === began) end(own);
      else kept = own;
    });
    return own;
  };
}
