import type { BenchState } from './bench-state.svelte.ts';

let active: BenchState | null = null;

/** The bench on the screen, for lessons that drive it; null while there is none. */
export const activeBench = (): BenchState | null => active;

export const setBench = (bench: BenchState | null): void => {
  active = bench;
};
