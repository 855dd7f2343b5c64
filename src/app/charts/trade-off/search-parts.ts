import Density from './Density.svelte';
import Lane from './Lane.svelte';

/** What a plot shows of a search that goes on: the lane of networks in training, and how crowded each size is. */
export const searchParts = { Lane, Density };
