import { blockOf, blocksOf } from '../architecture/graph.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import { seeded } from '../random.ts';
import { fail, ok } from '../result.ts';
import { channelGroups, resizableGroup, resizeGroup, tiedTo } from './channel-groups.ts';
import { copyRun, type Runs } from './channel-runs.ts';
import type { MorphismIn, Operator } from './operator.ts';
import { transfer } from './transfer.ts';
import type { ChannelRun } from './weight-map.ts';

const forms = [
  /** Filters are rounded up to a multiple of `multiple`; of 4 where it is not given, as in runs of versions 1 and 2. */
  { block: 'node', factor: [1.5, 2], variant: ['zero'], 'multiple?': [2] },
  /** Net2Wider: which channels are copied follows from `seed`. */
  { block: 'node', factor: [1.5, 2], variant: ['copy'], seed: 'integer', 'multiple?': [2] },
] as const;
type Widen = MorphismIn<'widen', (typeof forms)[number]>;

interface WidenFacts {
  readonly block: NodeId;
  /** Other blocks that get as many filters, tied to it through adds. */
  readonly tied: readonly NodeId[];
  readonly from: number;
  readonly to: number;
  readonly variant: 'zero' | 'copy';
}

/** Relative noise on Net2Wider's copied filters, so that copies grow apart [ours]. */
export const copyNoise = 0.01;

/** Filters are rounded up to a multiple of this [ours]; of 4 in runs that do not say so. */
const multiple = 2;
const oldMultiple = 4;

/** Filters after widening by `factor`. */
export const widenedFilters = (filters: number, morphism: Pick<Widen, 'factor' | 'multiple'>): number => {
  const step = morphism.multiple ?? oldMultiple;
  return step * Math.ceil((filters * morphism.factor) / step);
};

/** Net2Wider (Chen et al. 2016): new channels copy random old ones; readers share their weights out evenly. */
function copiedChannels(filters: number, widened: number, seed: number): { outputs: Runs; consumed: Runs } {
  const random = seeded(`net2wider/${seed}`);
  const copied = Array.from({ length: widened - filters }, () => random.integer(filters));
  const counts = Array.from(
    { length: filters },
    (_, i) => 1 + copied.filter((channel) => channel === i).length,
  );
  const share = (channel: number): ChannelRun => ({ kind: 'repeat', channel, factor: 1 / counts[channel]! });
  return {
    outputs: [
      copyRun(0, filters),
      ...copied.map((channel): ChannelRun => ({ kind: 'repeat', channel, factor: 1 })),
    ],
    consumed: [...counts.keys(), ...copied].map(share),
  };
}

const sites = (architecture: Architecture): readonly Widen[] => {
  const groups = channelGroups(architecture);
  return blocksOf(architecture)
    .filter(({ id }) => groups.get(id)!.fixed === null)
    .map(({ id }) => ({ operator: 'widen', block: id, factor: 1.5, variant: 'zero', multiple }));
};

/**
 * More filters in one block, and in all tied to it through adds (type II). Variant "zero": new filters start with
 * He's normal, their readers' weights at zero. Variant "copy": Net2Wider, exact up to `copyNoise`. The search draws
 * "zero", and the factor 1.5 or 2 uniformly [ours].
 */
export const widen: Operator<Widen, WidenFacts> = {
  kind: 'widen',
  exactness: 'exact',
  forms,
  resizes: true,
  sites,
  cellSites: ({ blocks }) =>
    blocks.map((block) => ({ operator: 'widen', block, factor: 1.5, variant: 'zero' })),
  vary: (morphism, random) => ({ ...morphism, factor: random.pick([1.5, 2] as const) }),
  apply(architecture, morphism) {
    const group = resizableGroup(architecture, morphism.block);
    if (!group.ok) return group;
    const { members, channels } = group.value;
    const filters = widenedFilters(channels, morphism);
    if (filters <= channels) return fail(`factor ${morphism.factor} does not widen block ${morphism.block}`);
    const child = resizeGroup(architecture, group.value, filters);
    const all = (runs: Runs) => new Map<NodeId, Runs>(members.map((id) => [id, runs]));
    if (morphism.variant === 'zero') {
      const outputs = all([copyRun(0, channels), { kind: 'new', length: filters - channels }]);
      const tensors = transfer(architecture, child, { outputs });
      return ok({ child, map: { tensors, selections: [] }, affected: [], refits: [] });
    }
    const { outputs, consumed } = copiedChannels(channels, filters, morphism.seed);
    const rewiring = { outputs: all(outputs), consumed: all(consumed), noise: copyNoise };
    const tensors = transfer(architecture, child, rewiring);
    return ok({ child, map: { tensors, selections: [] }, affected: [], refits: [] });
  },
  facts(architecture, morphism) {
    const { block, variant } = morphism;
    const { filters } = blockOf(architecture, block);
    return {
      block,
      tied: tiedTo(architecture, block),
      from: filters,
      to: widenedFilters(filters, morphism),
      variant,
    };
  },
};
