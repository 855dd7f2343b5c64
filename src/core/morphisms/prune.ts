import { blockOf, blocksOf, weightedNeighbours } from '../architecture/graph.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import { fail, ok } from '../result.ts';
import { channelGroups, resizableGroup, resizeGroup, tiedTo } from './channel-groups.ts';
import type { Runs } from './channel-runs.ts';
import type { MorphismIn, Operator } from './operator.ts';
import { transfer } from './transfer.ts';
import type { Selection } from './weight-map.ts';

/** At least `least` filters stay, 4 where it is not given, as in older runs. */
const forms = [{ block: 'node', fraction: [0.5, 0.25], 'least?': [2] }] as const;
type Prune = MorphismIn<'prune', (typeof forms)[number]>;

interface PruneFacts {
  readonly block: NodeId;
  /** Other blocks that lose as many filters, tied to it through adds. */
  readonly tied: readonly NodeId[];
  readonly from: number;
  readonly to: number;
}

/**
 * No block is pruned below this many filters [ours]. Runs made before it was 2 say nothing and had 4, with which networks
 * of a few hundred parameters could not shrink.
 */
export const filterFloor = 2;
const oldFloor = 4;

/** Filters left when `fraction` of them go. */
export const prunedFilters = (
  filters: number,
  { fraction, least }: Pick<Prune, 'fraction' | 'least'>,
): number => Math.max(least ?? oldFloor, filters - Math.round(filters * fraction));

const sites = (architecture: Architecture): readonly Prune[] => {
  const groups = channelGroups(architecture);
  return blocksOf(architecture)
    .filter(({ id, filters }) => filters > filterFloor && groups.get(id)!.fixed === null)
    .map(({ id }) => ({ operator: 'prune', block: id, fraction: 0.5, least: filterFloor }));
};

/**
 * A block, and all tied to it through adds, lose 1/2 or 1/4 of their filters (drawn uniformly): those of least L1
 * norm, summed over the tied blocks [ours]. Running statistics, gamma and beta go with them.
 */
export const prune: Operator<Prune, PruneFacts> = {
  kind: 'prune',
  exactness: 'approximate',
  forms,
  resizes: true,
  sites,
  cellSites: ({ blocks }) => blocks.map((block) => ({ operator: 'prune', block, fraction: 0.5 })),
  vary: (morphism, random) => ({ ...morphism, fraction: random.pick([0.5, 0.25] as const) }),
  apply(architecture, morphism) {
    const { block } = morphism;
    const group = resizableGroup(architecture, block);
    if (!group.ok) return group;
    const { members, channels } = group.value;
    const keep = prunedFilters(channels, morphism);
    if (keep >= channels) return fail(`block ${block} has only ${channels} filters`);
    const child = resizeGroup(architecture, group.value, keep);
    const selection: Selection = {
      id: `kept/${block}`,
      channels,
      keep,
      filters: members.map((node) => ({
        node,
        name: blockOf(architecture, node).kind === 'conv' ? 'kernel' : 'pointwise',
      })),
    };
    const runs: Runs = [{ kind: 'kept', start: 0, selection: selection.id }];
    const outputs = new Map<NodeId, Runs>(members.map((id) => [id, runs]));
    const readers = weightedNeighbours(architecture, members, 1);
    const touched = new Set([...members, ...weightedNeighbours(architecture, members, -1), ...readers]);
    return ok({
      child,
      map: { tensors: transfer(architecture, child, { outputs }), selections: [selection] },
      affected: child.nodes.map((node) => node.id).filter((id) => touched.has(id)),
      // A tied block that reads another lost outputs itself: it has no target to be fitted to.
      refits: readers.filter((id) => !members.includes(id)),
    });
  },
  facts(architecture, morphism) {
    const { block } = morphism;
    const { filters } = blockOf(architecture, block);
    return { block, tied: tiedTo(architecture, block), from: filters, to: prunedFilters(filters, morphism) };
  },
};
