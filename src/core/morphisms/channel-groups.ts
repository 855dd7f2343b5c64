import { blocksOf, isBlock } from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import { fail, ok, type Result } from '../result.ts';

/** The whole output of one block (or of the input), as part of some node's channels. */
interface Segment {
  readonly source: NodeId;
  readonly channels: number;
}

/** Blocks whose filters must be widened and pruned together, because an add sums them channel by channel. */
export interface ChannelGroup {
  /** In node order. */
  readonly members: readonly NodeId[];
  readonly channels: number;
  /** Why it cannot be resized; null where it can. */
  readonly fixed: string | null;
  /** True where an add sums it with the input image (or, inside a cell, with the cell's input). */
  readonly tiedToInput: boolean;
}

/** Union-find over blocks, each class with the reason why it is fixed, if it is. */
class Ties {
  private readonly parent = new Map<NodeId, NodeId>();
  private readonly reasons = new Map<NodeId, string>();

  root(id: NodeId): NodeId {
    const up = this.parent.get(id);
    return up === undefined || up === id ? id : this.root(up);
  }

  tie(a: NodeId, b: NodeId): void {
    const [into, from] = [this.root(a), this.root(b)];
    if (into === from) return;
    const reason = this.reasons.get(from);
    this.parent.set(from, into);
    if (reason !== undefined) this.fix(into, reason);
  }

  fix(id: NodeId, reason: string): void {
    const root = this.root(id);
    if (!this.reasons.has(root)) this.reasons.set(root, reason);
  }

  reason(id: NodeId): string | null {
    return this.reasons.get(this.root(id)) ?? null;
  }
}

/**
 * Follows every block's channels through pooling, concatenation and addition. An add ties the blocks of its two
 * operands part by part. Where the parts do not line up (a concat of 8 + 8 added to one block of 16), or where a
 * part is the input image, the blocks concerned are fixed. Expects a valid architecture.
 */
export function channelGroups(architecture: Architecture): ReadonlyMap<NodeId, ChannelGroup> {
  const shapes = shapesOf(architecture);
  const segments = new Map<NodeId, readonly Segment[]>();
  const ties = new Ties();
  for (const node of architecture.nodes) {
    if (node.kind === 'input' || isBlock(node)) {
      segments.set(node.id, [{ source: node.id, channels: shapes.get(node.id)!.channels }]);
      if (node.kind === 'input') ties.fix(node.id, 'it is added to the input image');
    } else if (node.kind === 'concat') {
      segments.set(
        node.id,
        node.inputs.flatMap((id) => [...segments.get(id)!]),
      );
    } else {
      segments.set(node.id, segments.get(node.inputs[0])!);
    }
    if (node.kind === 'add') {
      const [main, skip] = node.inputs.map((id) => segments.get(id)!) as [
        readonly Segment[],
        readonly Segment[],
      ];
      const aligned =
        main.length === skip.length && main.every((part, i) => part.channels === skip[i]!.channels);
      if (aligned) main.forEach((part, i) => ties.tie(part.source, skip[i]!.source));
      else
        for (const part of [...main, ...skip])
          ties.fix(part.source, `the parts that ${node.id} adds do not line up`);
    }
  }
  const members = new Map<NodeId, NodeId[]>();
  for (const { id } of blocksOf(architecture)) {
    const root = ties.root(id);
    members.set(root, [...(members.get(root) ?? []), id]);
  }
  const groups = new Map<NodeId, ChannelGroup>();
  const input = ties.root(architecture.nodes[0]!.id);
  for (const { id, filters } of blocksOf(architecture)) {
    const root = ties.root(id);
    groups.set(id, {
      members: members.get(root)!,
      channels: filters,
      fixed: ties.reason(id),
      tiedToInput: root === input,
    });
  }
  return groups;
}

/** The group that `block` belongs to, where it may be resized. */
export function resizableGroup(architecture: Architecture, block: NodeId): Result<ChannelGroup, string> {
  const group = channelGroups(architecture).get(block);
  if (!group) return fail(`there is no block ${block}`);
  return group.fixed === null ? ok(group) : fail(`block ${block} cannot change its filters: ${group.fixed}`);
}

/** Blocks tied to `block`, itself left out. */
export const tiedTo = (architecture: Architecture, block: NodeId): readonly NodeId[] =>
  channelGroups(architecture)
    .get(block)!
    .members.filter((id) => id !== block);

/** The same graph with every member of `group` at `filters`. */
export const resizeGroup = (
  architecture: Architecture,
  group: ChannelGroup,
  filters: number,
): Architecture => ({
  nodes: architecture.nodes.map((node) =>
    isBlock(node) && group.members.includes(node.id) ? { ...node, filters } : node,
  ),
});
