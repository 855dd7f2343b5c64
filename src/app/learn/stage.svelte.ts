import type { SamplingState } from './sampling/sampling-state.svelte.ts';
import type { WeightsState } from './weights/weights-state.svelte.ts';
import type { WorkbenchState } from './workbench/workbench-state.svelte.ts';

/** What a place for learning shows while it is on the screen, for the lesson that runs over it. */
class Stage {
  bench = $state.raw<WorkbenchState | null>(null);
  sampling = $state.raw<SamplingState | null>(null);
  weights = $state.raw<WeightsState | null>(null);

  /** Shows `bench`; called again, it is gone. */
  setBench(bench: WorkbenchState): () => void {
    this.bench = bench;
    return () => {
      if (this.bench === bench) this.bench = null;
    };
  }

  setSampling(sampling: SamplingState): () => void {
    this.sampling = sampling;
    return () => {
      if (this.sampling === sampling) this.sampling = null;
    };
  }

  setWeights(weights: WeightsState): () => void {
    this.weights = weights;
    return () => {
      if (this.weights === weights) this.weights = null;
    };
  }
}

export const stage = new Stage();
