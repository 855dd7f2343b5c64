import type { Architecture, NodeId, Shape } from '../../core/architecture/types.ts';
import { shapesOf } from '../../core/architecture/shapes.ts';
import { layoutOf } from '../../core/architecture/weights.ts';
import { placeParameters, type ParameterPlacement } from './parameters.ts';

/** What compiling needs to know of a network, whatever the batch. */
export interface Graph {
  readonly architecture: Architecture;
  readonly shapes: ReadonlyMap<NodeId, Shape>;
  readonly placement: ParameterPlacement;
}

/** The same parameters under an architecture that has some of the nodes: a path of a supernet. */
export const graphAlong = (graph: Graph, architecture: Architecture): Graph => ({
  ...graph,
  architecture,
  shapes: shapesOf(architecture),
});

export function graphOf(architecture: Architecture): Graph {
  return {
    architecture,
    shapes: shapesOf(architecture),
    placement: placeParameters(layoutOf(architecture)),
  };
}
