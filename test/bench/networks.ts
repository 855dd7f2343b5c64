import { nodeId } from '../../src/core/architecture/graph.ts';
import type {
  Architecture,
  ArchitectureNode,
  KernelSize,
  NodeId,
  Shape,
} from '../../src/core/architecture/types.ts';

/** A network to measure, with the batch it is trained with. */
export interface BenchNetwork {
  readonly name: string;
  readonly batch: number;
  readonly architecture: Architecture;
}

type Layer =
  | 'pool'
  | {
      readonly filters: number;
      readonly separable?: boolean;
      readonly skip?: 'add' | 'concat';
      readonly kernelSize?: KernelSize;
    };

/** A chain of blocks (3x3 where nothing is said) and pools; a block with `skip` is joined to its own input. */
export function chain(shape: Shape, layers: readonly Layer[], classes = 10): Architecture {
  const nodes: ArchitectureNode[] = [{ kind: 'input', id: nodeId('input'), inputs: [], ...shape }];
  let last: NodeId = nodeId('input');
  const push = (node: ArchitectureNode) => {
    nodes.push(node);
    last = node.id;
  };
  layers.forEach((layer, i) => {
    const before = last;
    if (layer === 'pool') {
      push({ kind: 'maxPool', id: nodeId(`p${i}`), inputs: [before] });
      return;
    }
    const kind = layer.separable ? 'sepConv' : 'conv';
    push({
      kind,
      id: nodeId(`b${i}`),
      inputs: [before],
      kernelSize: layer.kernelSize ?? 3,
      filters: layer.filters,
    });
    if (layer.skip) push({ kind: layer.skip, id: nodeId(`s${i}`), inputs: [last, before] });
  });
  nodes.push({ kind: 'head', id: nodeId('head'), inputs: [last], classes, task: 0 });
  return { nodes };
}

const blocks = (count: number, filters: number, separable = false): Layer[] =>
  Array.from({ length: count }, () => ({ filters, separable }));

const small: Shape = { height: 16, width: 16, channels: 3 };

/** R10 of engine.md: ten conv blocks of 8 filters, two pools. */
export const r10: BenchNetwork = {
  name: 'R10',
  batch: 8,
  architecture: chain(small, [...blocks(4, 8), 'pool', ...blocks(3, 8), 'pool', ...blocks(3, 8)]),
};

export const benchNetworks: readonly BenchNetwork[] = [
  r10,
  {
    name: 'MNIST-sized',
    batch: 64,
    architecture: chain({ height: 28, width: 28, channels: 1 }, [
      ...blocks(2, 16),
      'pool',
      ...blocks(2, 16),
      'pool',
      ...blocks(1, 16),
    ]),
  },
  {
    name: 'separable',
    batch: 32,
    architecture: chain(small, [
      ...blocks(2, 16, true),
      'pool',
      ...blocks(2, 24, true),
      'pool',
      ...blocks(2, 32, true),
    ]),
  },
  {
    name: 'skips',
    batch: 32,
    architecture: chain(small, [
      { filters: 16 },
      { filters: 16, skip: 'add' },
      { filters: 8, skip: 'concat' },
      'pool',
      { filters: 24, skip: 'add' },
      { filters: 8, skip: 'concat' },
    ]),
  },
  {
    name: '250k',
    batch: 32,
    architecture: chain({ height: 32, width: 32, channels: 3 }, [
      { filters: 32 },
      { filters: 32 },
      'pool',
      { filters: 64 },
      { filters: 64 },
      'pool',
      { filters: 128 },
      { filters: 88 },
    ]),
  },
];

/** The same network with four filters more in every block: its shapes were never seen. */
export function sibling({ nodes }: Architecture): Architecture {
  // Adds tie channel numbers to each other: grow the image instead.
  if (nodes.some(({ kind }) => kind === 'add')) {
    return {
      nodes: nodes.map((node) => (node.kind === 'input' ? { ...node, height: node.height + 4 } : node)),
    };
  }
  const grow = (node: ArchitectureNode): ArchitectureNode =>
    node.kind === 'conv' || node.kind === 'sepConv' ? { ...node, filters: node.filters + 4 } : node;
  return { nodes: nodes.map(grow) };
}
