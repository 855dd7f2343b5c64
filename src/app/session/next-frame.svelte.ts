import { untrack } from 'svelte';

/**
 * `value` as it was before the frame now drawn: what is drawn from it follows `frames` frames later, so that one
 * event is not drawn everywhere in one task. Call while a component starts.
 */
export function nextFrame<T>(value: () => T, frames = 1): { readonly current: T } {
  let shown = $state.raw(untrack(value));
  let latest = shown;
  let request = 0;
  $effect(() => {
    latest = value();
    if (request !== 0 || latest === untrack(() => shown)) return;
    let left = frames;
    request = requestAnimationFrame(function wait() {
      left -= 1;
      request = left > 0 ? requestAnimationFrame(wait) : 0;
      if (request === 0) shown = latest;
    });
  });
  $effect(() => () => cancelAnimationFrame(request));
  return {
    get current() {
      return shown;
    },
  };
}
