import { nodeId } from './graph.ts';
import type { Architecture, ArchitectureNode, KernelSize, NodeId, Shape } from './types.ts';
import { validate } from './validate.ts';

/** Adds nodes one at a time, each giving its id: blocks 1, 2, 3, ..., pool1, add1, concat1, head. */
export interface ArchitectureBuilder {
  readonly input: NodeId;
  conv(from: NodeId, filters: number, kernelSize?: KernelSize, id?: string): NodeId;
  sepConv(from: NodeId, filters: number, kernelSize?: KernelSize, id?: string): NodeId;
  maxPool(from: NodeId, id?: string): NodeId;
  /** lambda * main + (1 - lambda) * skip. */
  add(main: NodeId, skip: NodeId, id?: string): NodeId;
  concat(parts: readonly [NodeId, NodeId, ...NodeId[]], id?: string): NodeId;
  head(from: NodeId, classes: number, task?: number, id?: string): NodeId;
  /** The finished architecture. Throws Error listing the problems where it is not valid. */
  build(): Architecture;
}

/** Starts an architecture for images of `shape`. */
export function buildArchitecture(shape: Shape): ArchitectureBuilder {
  const input = nodeId('input');
  const nodes: ArchitectureNode[] = [{ kind: 'input', id: input, inputs: [], ...shape }];
  const counts = new Map<string, number>();
  const named = (prefix: string, id: string | undefined): NodeId => {
    if (id !== undefined) return nodeId(id);
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    return nodeId(prefix + count);
  };
  const push = (node: ArchitectureNode) => {
    nodes.push(node);
    return node.id;
  };
  return {
    input,
    conv: (from, filters, kernelSize = 3, id) =>
      push({ kind: 'conv', id: named('', id), inputs: [from], kernelSize, filters }),
    sepConv: (from, filters, kernelSize = 3, id) =>
      push({ kind: 'sepConv', id: named('', id), inputs: [from], kernelSize, filters }),
    maxPool: (from, id) => push({ kind: 'maxPool', id: named('pool', id), inputs: [from] }),
    add: (main, skip, id) => push({ kind: 'add', id: named('add', id), inputs: [main, skip] }),
    concat: (parts, id) => push({ kind: 'concat', id: named('concat', id), inputs: parts }),
    head: (from, classes, task = 0, id = task === 0 ? 'head' : `head${task + 1}`) =>
      push({ kind: 'head', id: nodeId(id), inputs: [from], classes, task }),
    build() {
      const result = validate({ nodes: [...nodes] });
      if (result.ok) return result.value;
      throw new Error(result.reason.map(({ node, problem }) => `node ${node}: ${problem}`).join('; '));
    },
  };
}
