import type { Weights } from '../../core/architecture/weights.ts';

/** Whether the weights that `load` asks for are here; null while that is being found out. Asks anew when they are others. */
export function heldWeights(load: () => Promise<Weights | null> | undefined): {
  readonly now: boolean | null;
} {
  let now = $state<boolean | null>(null);
  $effect(() => {
    now = null;
    let left = false;
    void load()?.then((weights) => {
      if (!left) now = weights !== null;
    });
    return () => (left = true);
  });
  return {
    get now() {
      return now;
    },
  };
}
