import type { Architecture, ArchitectureNode, BlockNode, NodeId } from './types.ts';

/** Brands a string as a node id. Which characters are legal: `isNodeId` in validate.ts. */
export const nodeId = (text: string): NodeId => text as NodeId;

export const isBlock = (node: ArchitectureNode): node is BlockNode =>
  node.kind === 'conv' || node.kind === 'sepConv';

export const isMerge = (
  node: ArchitectureNode,
): node is Extract<ArchitectureNode, { kind: 'add' | 'concat' }> =>
  node.kind === 'add' || node.kind === 'concat';

export const nodesById = (architecture: Architecture): ReadonlyMap<NodeId, ArchitectureNode> =>
  new Map(architecture.nodes.map((node) => [node.id, node]));

export const findNode = (architecture: Architecture, id: NodeId): ArchitectureNode | undefined =>
  architecture.nodes.find((node) => node.id === id);

/** The block with this id, or undefined where there is none. */
export function findBlock(architecture: Architecture, id: NodeId): BlockNode | undefined {
  const node = findNode(architecture, id);
  return node && isBlock(node) ? node : undefined;
}

/** The block `id`. Throws where there is none. */
export function blockOf(architecture: Architecture, id: NodeId): BlockNode {
  const block = findBlock(architecture, id);
  if (!block) throw new Error(`there is no block ${id}`);
  return block;
}

export const blocksOf = (architecture: Architecture): readonly BlockNode[] =>
  architecture.nodes.filter(isBlock);

/** Who reads each node's output, each reader once, in node order. Every node has an entry. */
export function consumersOf(architecture: Architecture): ReadonlyMap<NodeId, readonly NodeId[]> {
  const consumers = new Map<NodeId, NodeId[]>(architecture.nodes.map((node) => [node.id, []]));
  for (const node of architecture.nodes) {
    for (const input of new Set<NodeId>(node.inputs)) consumers.get(input)?.push(node.id);
  }
  return consumers;
}

/** The same node reading from `inputs`. Their number must suit the kind. */
export const withInputs = (node: ArchitectureNode, inputs: readonly NodeId[]): ArchitectureNode =>
  ({ ...node, inputs }) as ArchitectureNode;

/** A new graph with `node` in place of the node that has its id. */
export const replaceNode = (architecture: Architecture, node: ArchitectureNode): Architecture => ({
  nodes: architecture.nodes.map((old) => (old.id === node.id ? node : old)),
});

/** A new graph with `node` right behind `after`; everything that read `after` reads `node` instead. */
export function insertAfter(architecture: Architecture, after: NodeId, node: ArchitectureNode): Architecture {
  return {
    nodes: architecture.nodes.flatMap((old) => {
      const inputs = old.inputs as readonly NodeId[];
      const redirected = inputs.includes(after)
        ? withInputs(
            old,
            inputs.map((id) => (id === after ? node.id : id)),
          )
        : old;
      return old.id === after ? [redirected, node] : [redirected];
    }),
  };
}

/** Drops every node whose output reaches no head (the input always stays). */
export function withoutUnused(architecture: Architecture): Architecture {
  const used = new Set<NodeId>();
  for (const node of [...architecture.nodes].reverse()) {
    if (node.kind === 'head' || node.kind === 'input') used.add(node.id);
    if (used.has(node.id)) for (const input of node.inputs) used.add(input);
  }
  return { nodes: architecture.nodes.filter((node) => used.has(node.id)) };
}

/** All nodes that `id` depends on, itself not included. */
export function ancestorsOf(architecture: Architecture, id: NodeId): ReadonlySet<NodeId> {
  const found = new Set<NodeId>([id]);
  for (const node of [...architecture.nodes].reverse()) {
    if (found.has(node.id)) for (const input of node.inputs) found.add(input);
  }
  found.delete(id);
  return found;
}

/**
 * Nodes whose output is never negative, whatever the weights: behind a ReLU, and what pooling, concatenation and
 * convex addition make of such. ReLU(x) = x there, which is what makes an inserted identity block exact.
 */
export function nonNegativeNodes(architecture: Architecture): ReadonlySet<NodeId> {
  const safe = new Set<NodeId>();
  for (const node of architecture.nodes) {
    if (node.kind === 'input' || node.kind === 'head') continue;
    if (isBlock(node) || node.inputs.every((id) => safe.has(id))) safe.add(node.id);
  }
  return safe;
}

/**
 * The nearest nodes with weights before (`-1`) or behind (`1`) each of `ids`, looking through pooling and merges;
 * the adds passed (they have a lambda) are included.
 */
export function weightedNeighbours(
  architecture: Architecture,
  ids: readonly NodeId[],
  direction: -1 | 1,
): readonly NodeId[] {
  const nodes = nodesById(architecture);
  const consumers = consumersOf(architecture);
  const next = (id: NodeId): readonly NodeId[] =>
    direction === 1 ? consumers.get(id)! : (nodes.get(id)!.inputs as readonly NodeId[]);
  const found = new Set<NodeId>();
  const seen = new Set<NodeId>();
  const queue = ids.flatMap((id) => [...next(id)]);
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const node = nodes.get(id)!;
    if (isBlock(node) || node.kind === 'head' || node.kind === 'add') found.add(id);
    if (isMerge(node) || node.kind === 'maxPool') for (const inner of next(id)) queue.push(inner);
  }
  return architecture.nodes.map((node) => node.id).filter((id) => found.has(id));
}

/** The part of an id up to its last slash: an occurrence of a cell ("c1/"), or nothing. */
export const occurrencePrefix = (id: NodeId): string => id.slice(0, id.lastIndexOf('/') + 1);

/** Whether `architecture` is a stack of cells (space II). */
export const isCellNetwork = (architecture: Architecture): boolean =>
  architecture.nodes.some(({ id }) => occurrencePrefix(id) !== '');

function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

/** A free id for a block behind `after`: behind block 1 or 1b comes 1b, 1c, ... Names of others never change. */
export function freshBlockId(architecture: Architecture, after: NodeId): NodeId {
  const nodes = nodesById(architecture);
  const prefix = occurrencePrefix(after);
  let block = nodes.get(after);
  while (block && !isBlock(block)) block = nodes.get(block.inputs[0] ?? nodeId(''));
  const named = block && occurrencePrefix(block.id) === prefix ? block.id : after;
  const local = named.slice(prefix.length);
  const stem = prefix + (/^(.*\d)[a-z]*$/.exec(local)?.[1] ?? local);
  for (let i = 1; ; i++) {
    const id = nodeId(stem + letters(i));
    if (!nodes.has(id)) return id;
  }
}

/** A free id "add1", "concat2", ... for a merge behind `after`, in the same occurrence of a cell. */
export function freshMergeId(architecture: Architecture, after: NodeId, kind: 'add' | 'concat'): NodeId {
  const nodes = nodesById(architecture);
  for (let i = 1; ; i++) {
    const id = nodeId(`${occurrencePrefix(after)}${kind}${i}`);
    if (!nodes.has(id)) return id;
  }
}
