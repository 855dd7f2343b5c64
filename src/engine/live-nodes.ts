import type { Architecture, ArchitectureNode, HeadNode, NodeId } from '../core/architecture/types.ts';

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

/** Nodes with a trained weight at or above them (towards the input). */
export function neededNodes(
  live: readonly ArchitectureNode[],
  isTrained: (node: NodeId) => boolean,
): ReadonlySet<NodeId> {
  const needed = new Set<NodeId>();
  for (const node of live) {
    const hasWeights = node.kind === 'conv' || node.kind === 'sepConv' || node.kind === 'add';
    if ((hasWeights && isTrained(node.id)) || node.inputs.some((input) => needed.has(input))) {
      needed.add(node.id);
    }
  }
  return needed;
}
