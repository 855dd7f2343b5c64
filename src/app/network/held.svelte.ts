import type { Weights } from '../../core/architecture/weights.ts';

type Load = Promise<Weights | null> | undefined;

/**
 * The weights that `load` asks for, read once: whether they are here (null while that is being found out), and what they
 * are. Asks anew when they are others.
 */
export function heldWeights(load: () => Load): {
  readonly now: boolean | null;
  readonly weights: Load;
} {
  let now = $state<boolean | null>(null);
  let weights: Load;
  $effect(() => {
    now = null;
    let left = false;
    weights = load();
    void weights?.then((found) => {
      if (!left) now = found !== null;
    });
    return () => (left = true);
  });
  return {
    get now() {
      return now;
    },
    get weights() {
      return weights;
    },
  };
}
