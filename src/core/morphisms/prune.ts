import { blocksOf, findBlock, weightedNeighbours } from '../architecture/graph.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import { fail, ok } from '../result.ts';
import { channelGroups, resizableGroup, resizeGroup } from './channel-groups.ts';
import type { Runs } from './channel-runs.ts';
import type { MorphismOf, Operator } from './morphism.ts';
import { transfer } from './transfer.ts';
import type { Selection } from './weight-map.ts';

type Prune = MorphismOf<'prune'>;

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
export const prune: Operator<'prune'> = {
  kind: 'prune',
  exactness: 'approximate',
  sites,
  draw(architecture, random) {
    const all = sites(architecture);
    return all.length === 0 ? null : { ...random.pick(all), fraction: random.pick([0.5, 0.25] as const) };
  },
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
        name: findBlock(architecture, node)!.kind === 'conv' ? 'kernel' : 'pointwise',
      })),
    };
    const runs: Runs = [{ kind: 'kept', start: 0, selection: selection.id }];
    const outputs = new Map<NodeId, Runs>(members.map((id) => [id, runs]));
    const touched = new Set([
      ...members,
      ...weightedNeighbours(architecture, members, -1),
      ...weightedNeighbours(architecture, members, 1),
    ]);
    return ok({
      child,
      map: { tensors: transfer(architecture, child, { outputs }), selections: [selection] },
      affected: child.nodes.map((node) => node.id).filter((id) => touched.has(id)),
    });
  },
  describe(architecture, morphism) {
    const { block } = morphism;
    const node = findBlock(architecture, block);
    if (!node) return `prune block ${block}`;
    const tied = channelGroups(architecture)
      .get(block)!
      .members.filter((id) => id !== block);
    const together = tied.length > 0 ? ` (with ${tied.join(', ')})` : '';
    return `prune block ${block}${together}: ${node.filters} to ${prunedFilters(node.filters, morphism)} filters`;
  },
};
