import type { Architecture, NodeId, Shape } from '../../core/architecture/types.ts';
import type { ArenaTensor, View } from './kernels/kernel.ts';
import type { Program } from './program.ts';

interface Home {
  readonly concat: NodeId;
  /** First channel within the concat's output. */
  readonly offset: number;
}

/**
 * Nodes that write straight into the output of a concat they feed, so that concatenating copies nothing: at most
 * one home a node, none in the concats `excluded`.
 */
export function concatHomes(
  architecture: Architecture,
  shapes: ReadonlyMap<NodeId, Shape>,
  excluded: ReadonlySet<NodeId>,
): ReadonlyMap<NodeId, Home> {
  const homes = new Map<NodeId, Home>();
  for (const node of architecture.nodes) {
    if (node.kind !== 'concat') continue;
    let offset = 0;
    for (const input of node.inputs) {
      if (!excluded.has(node.id) && !homes.has(input)) homes.set(input, { concat: node.id, offset });
      offset += shapes.get(input)!.channels;
    }
  }
  return homes;
}

/** The tensors of every node's output, or of its gradient, some inside others. */
export class Views {
  private readonly known = new Map<NodeId, View>();
  private readonly program: Program;
  private readonly label: string;
  private readonly batch: number;
  private readonly shapes: ReadonlyMap<NodeId, Shape>;
  private readonly homes: ReadonlyMap<NodeId, Home>;

  constructor(
    program: Program,
    label: string,
    batch: number,
    shapes: ReadonlyMap<NodeId, Shape>,
    homes: ReadonlyMap<NodeId, Home>,
  ) {
    this.program = program;
    this.label = label;
    this.batch = batch;
    this.shapes = shapes;
    this.homes = homes;
  }

  rows(node: NodeId): number {
    const { height, width } = this.shapes.get(node)!;
    return this.batch * height * width;
  }

  /** True where the node's numbers lie inside a concat's. */
  isHosted(node: NodeId, concat?: NodeId): boolean {
    const home = this.homes.get(node);
    return home !== undefined && (concat === undefined || home.concat === concat);
  }

  of(node: NodeId): View {
    const known = this.known.get(node);
    if (known) return known;
    const { channels } = this.shapes.get(node)!;
    const home = this.homes.get(node);
    const made = home
      ? inside(this.of(home.concat), home.offset, channels)
      : this.program.dense(`${this.label}${node}`, this.rows(node), channels);
    this.known.set(node, made);
    return made;
  }

  /** Concats whose output is `tensor`, wholly or in part. */
  concatsIn(tensor: ArenaTensor): NodeId[] {
    const hosts = new Set([...this.homes.values()].map(({ concat }) => concat));
    return [...hosts].filter((concat) => this.known.get(concat)?.tensor.id === tensor.id);
  }
}

/** Channels offset .. offset + channels - 1 of a view. */
export const inside = (view: View, offset: number, channels: number): View => ({
  ...view,
  offset: view.offset + offset,
  channels,
});
