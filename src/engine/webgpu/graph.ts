import type {
  Architecture,
  ArchitectureNode,
  HeadNode,
  NodeId,
  Shape,
} from '../../core/architecture/types.ts';
import { shapesOf } from '../../core/architecture/shapes.ts';
import { layoutOf } from '../../core/architecture/weights.ts';
import { placeParameters, type ParameterPlacement } from './parameters.ts';

/** What compiling needs to know of a network, whatever the batch. */
export interface Graph {
  readonly architecture: Architecture;
  readonly shapes: ReadonlyMap<NodeId, Shape>;
  readonly placement: ParameterPlacement;
}

export function graphOf(architecture: Architecture): Graph {
  return {
    architecture,
    shapes: shapesOf(architecture),
    placement: placeParameters(layoutOf(architecture)),
  };
}

/** The head of a task. Throws where there is none. */
export function headOf({ nodes }: Architecture, task: number): HeadNode {
  const head = nodes.find((node) => node.kind === 'head' && node.task === task);
  if (head?.kind !== 'head') throw new Error(`no head for task ${task}`);
  return head;
}

/** Nodes that `last` depends on, itself included, in topological order. */
export function ancestors({ nodes }: Architecture, last: NodeId): ArchitectureNode[] {
  const wanted = new Set<NodeId>([last]);
  for (const node of [...nodes].reverse()) {
    if (wanted.has(node.id)) for (const input of node.inputs) wanted.add(input);
  }
  return nodes.filter((node) => wanted.has(node.id));
}
