import { untrack } from 'svelte';
import type { RunView } from '../../core/run-file/view.ts';

/**
 * `value` as it was before the frame now drawn: what is drawn from it follows `frames` frames later, so that one
 * event is not drawn everywhere in one task. Call while a component starts.
 */
export function nextFrame<T>(
  value: () => T,
  frames: number | ((value: T) => number) = 1,
): { readonly current: T } {
  let shown = $state.raw(untrack(value));
  let latest = shown;
  let request = 0;
  $effect(() => {
    latest = value();
    if (request !== 0 || latest === untrack(() => shown)) return;
    let left = typeof frames === 'number' ? frames : frames(latest);
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

/** More networks than this, and scrubbing draws the plot with every frame, the panes around it a few times a second. */
const manyNetworks = 600;

/** How many frames a pane follows the plot by: `few`, or `many` in a run of thousands of networks. */
export const framesBehind =
  (few: number, many: number) =>
  (view: RunView | null): number =>
    view && view.networks.size > manyNetworks ? many : few;
