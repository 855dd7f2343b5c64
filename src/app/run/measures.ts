import { networkCost } from '../../core/architecture/cost.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { objectiveKeys, type ObjectiveKey } from '../../core/search/objectives.ts';

/**
 * What is known of every network of the front, in the order of the axes: the objectives of the run, and the costs that
 * follow from an architecture alone, whether the search looked at them or not.
 */
export function measuresOf(objectives: readonly ObjectiveKey[]): readonly ObjectiveKey[] {
  const always: readonly ObjectiveKey[] = ['error', 'parameters', 'multiplyAdds', 'activationBytes'];
  return objectiveKeys.filter((key) => objectives.includes(key) || always.includes(key));
}

/** The run with those measures filled in for the networks of its front; nothing else of it is changed. */
export function withMeasures(view: RunView): RunView {
  const networks = new Map(view.networks);
  for (const id of view.front) {
    const network = view.networks.get(id);
    if (network)
      networks.set(id, {
        ...network,
        objectives: { ...networkCost(network.architecture), ...network.objectives },
      });
  }
  return { ...view, networks };
}
