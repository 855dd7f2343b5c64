import { seeded } from '../random.ts';
import { nodesById } from './graph.ts';
import type { Architecture, ArchitectureId, ArchitectureNode, NodeId } from './types.ts';

function label(node: ArchitectureNode): string {
  switch (node.kind) {
    case 'input':
      return `i${node.height}x${node.width}x${node.channels}`;
    case 'conv':
      return `c${node.kernelSize}x${node.filters}`;
    case 'sepConv':
      return `s${node.kernelSize}x${node.filters}`;
    case 'maxPool':
      return 'p';
    case 'add':
      return 'a';
    case 'concat':
      return 'j';
    case 'head':
      return `h${node.task}x${node.classes}`;
  }
}

/**
 * The graph written with canonical numbers for ids. Operands are ordered and everything reaches a head, so walking
 * back from the heads (by task), operands in order, and numbering nodes as they finish visits isomorphic graphs
 * alike, whatever their ids and order; a shared node keeps one number, so it differs from two equal ones.
 */
export function canonicalForm(architecture: Architecture): string {
  const nodes = nodesById(architecture);
  const numbers = new Map<NodeId, number>();
  const written: string[] = [];
  const visit = (id: NodeId): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const node = nodes.get(id);
    if (!node) throw new Error(`no node ${id}`);
    const inputs = (node.inputs as readonly NodeId[]).map(visit);
    numbers.set(id, written.length);
    written.push(`${label(node)}(${inputs.join(',')})`);
    return written.length - 1;
  };
  architecture.nodes
    .filter((node) => node.kind === 'head')
    .sort((a, b) => a.task - b.task)
    .forEach((head) => visit(head.id));
  return written.join(';');
}

/** 128-bit hash (32 hexadecimal digits) of the canonical form: equal for isomorphic architectures. */
export function identityOf(architecture: Architecture): ArchitectureId {
  const words = seeded(canonicalForm(architecture));
  const hex = () =>
    words
      .integer(2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return (hex() + hex() + hex() + hex()) as ArchitectureId;
}
