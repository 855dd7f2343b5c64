import {
  ancestorsOf,
  findNode,
  freshMergeId,
  insertAfter,
  isMerge,
  nodesById,
} from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import type { Architecture, ArchitectureNode, NodeId, Shape } from '../architecture/types.ts';
import { validate } from '../architecture/validate.ts';
import { fail, ok, type Result } from '../result.ts';
import { copyRun, type Runs } from './channel-runs.ts';
import type { MorphismIn, Operator } from './operator.ts';
import { constant, transfer } from './transfer.ts';
import type { TensorName } from '../architecture/weights.ts';
import type { TensorSource } from './weight-map.ts';

const forms = [{ from: 'node', to: 'node', variant: ['add', 'concat'] }] as const;
type Skip = MorphismIn<'skip', (typeof forms)[number]>;

/** Every node whose output reaches `id` through merges only, `id` included. */
function mergedInto(nodes: ReadonlyMap<NodeId, ArchitectureNode>, id: NodeId): Set<NodeId> {
  const found = new Set([id]);
  for (const current of found) {
    const node = nodes.get(current)!;
    if (isMerge(node)) for (const input of node.inputs) found.add(input);
  }
  return found;
}

/** Pairs that are merged already, directly or through a chain of merges: a further skip there would change nothing. */
function alreadyMerged(architecture: Architecture, from: NodeId, to: NodeId): boolean {
  const nodes = nodesById(architecture);
  return architecture.nodes.some((node) => {
    if (node.id !== to && !isMerge(node)) return false;
    const merged = mergedInto(nodes, node.id);
    return merged.has(from) && merged.has(to);
  });
}

const sameArea = (a: Shape, b: Shape) => a.height === b.height && a.width === b.width;

/** The child's graph and the id of the new merge, or why there is none. */
function rewire(
  architecture: Architecture,
  morphism: Skip,
): Result<{ child: Architecture; merge: NodeId }, string> {
  const { from, to, variant } = morphism;
  const target = findNode(architecture, to);
  if (!findNode(architecture, from)) return fail(`there is no node ${from}`);
  if (!target) return fail(`there is no node ${to}`);
  if (target.kind === 'input' || target.kind === 'head')
    return fail(`a skip cannot end at the ${target.kind}`);
  if (!ancestorsOf(architecture, to).has(from)) return fail(`${to} does not depend on ${from}`);
  const shapes = shapesOf(architecture);
  const [a, b] = [shapes.get(from)!, shapes.get(to)!];
  if (!sameArea(a, b)) return fail(`${from} and ${to} differ in height or width`);
  if (variant === 'add' && a.channels !== b.channels) return fail(`${from} and ${to} differ in channels`);
  if (alreadyMerged(architecture, from, to)) return fail(`${from} and ${to} are merged already`);
  const merge = freshMergeId(architecture, to, variant);
  const child = insertAfter(architecture, to, { kind: variant, id: merge, inputs: [to, from] });
  const checked = validate(child);
  return checked.ok ? ok({ child, merge }) : fail(checked.reason[0]!.problem);
}

function sites(architecture: Architecture): readonly Skip[] {
  const shapes = shapesOf(architecture);
  return architecture.nodes.flatMap((to) =>
    [...ancestorsOf(architecture, to.id)]
      .map((from): Skip => {
        const equal = shapes.get(from)!.channels === shapes.get(to.id)!.channels;
        return { operator: 'skip', from, to: to.id, variant: equal ? 'add' : 'concat' };
      })
      .filter((skip) => rewire(architecture, skip).ok),
  );
}

/**
 * A skip between nodes of equal height and width. By add where channels are equal (type IV: lambda * to +
 * (1 - lambda) * from, lambda stored raw, from 1), else by concat, with zero weights at the readers (type II).
 */
export const skip: Operator<Skip, Omit<Skip, 'operator'>> = {
  kind: 'skip',
  exactness: 'exact',
  forms,
  sites,
  cellSites: ({ ids, input, sameChannels }) =>
    ids.flatMap((to) =>
      [input, ...ids].map((from) => ({
        operator: 'skip',
        from,
        to,
        variant: sameChannels(from, to) ? 'add' : 'concat',
      })),
    ),
  vary: (morphism) => morphism,
  apply(architecture, morphism) {
    const rewired = rewire(architecture, morphism);
    if (!rewired.ok) return rewired;
    const { child, merge } = rewired.value;
    const { from, to, variant } = morphism;
    const shapes = shapesOf(architecture);
    const runs: Runs =
      variant === 'add'
        ? null
        : [copyRun(0, shapes.get(to)!.channels), { kind: 'new', length: shapes.get(from)!.channels }];
    const own: Partial<Record<TensorName, TensorSource>> =
      variant === 'add' ? { lambda: { kind: 'fill', fill: constant(1) } } : {};
    const tensors = transfer(architecture, child, {
      replaced: new Map([[to, { by: merge, runs }]]),
      own: new Map([[merge, own]]),
    });
    return ok({ child, map: { tensors, selections: [] }, affected: [], refits: [] });
  },
  facts: (_, { from, to, variant }) => ({ from, to, variant }),
};
