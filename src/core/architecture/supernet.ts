import { nodeId, withInputs } from './graph.ts';
import type { Architecture, NodeId } from './types.ts';

/*
 * A supernet for single-path one-shot search (Guo et al. 2019, "Single Path One-Shot Neural Architecture Search with
 * Uniform Sampling"), as a graph of our own kind: at each of four positions stand a separable 3 x 3, a 3 x 3 and a 5 x 5
 * convolution beside the position's input, merged by adds whose lambda is 1. No path leads through an add, so lambdas
 * stay 1, and the whole graph answers as the path of its separable blocks does. Stem, pooling, widths and the number
 * of positions are [ours].
 */

/** What may stand at a position, in the order of a path's digits. */
export const choices = ['sep3', 'conv3', 'conv5', 'skip'] as const;
export type Choice = (typeof choices)[number];

/** Positions of every supernet: two at the stem's width, two behind a pooling layer at twice that. */
export const positions = 4;
export const pathCount = choices.length ** positions;

/** The id of what stands at `position` (0-based), or of one of its merges. */
export const at = (position: number, part: Choice | 'add1' | 'add2' | 'add3') => `p${position + 1}-${part}`;

/** What stands at every position of path 0 .. pathCount - 1. */
export const choicesOf = (path: number): readonly Choice[] =>
  Array.from({ length: positions }, (_, position) => choices[(path >> (2 * position)) & 3]!);

/** The number of the path that has these choices. */
export const pathNumber = (made: readonly Choice[]): number =>
  made.reduce((sum, choice, position) => sum + (choices.indexOf(choice) << (2 * position)), 0);

/**
 * `count` different paths, from the smallest to the largest in steps as even as there are on a log scale; given the
 * parameters of every path. In order of size.
 */
export function pathsOverSizes(sizes: readonly number[], count: number): readonly number[] {
  const logs = sizes.map(Math.log);
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const left = new Set(logs.keys());
  for (let i = 0; i < count; i++) {
    const wanted = low + ((high - low) * i) / (count - 1);
    const nearest = [...left].reduce((best, path) =>
      Math.abs(logs[path]! - wanted) < Math.abs(logs[best]! - wanted) ? path : best,
    );
    left.delete(nearest);
  }
  return [...logs.keys()].filter((path) => !left.has(path)).sort((a, b) => logs[a]! - logs[b]! || a - b);
}

/** Whether `architecture` has the positions of a supernet. */
export function isSupernet(architecture: Architecture): boolean {
  const ids = new Set<string>(architecture.nodes.map(({ id }) => id));
  return Array.from({ length: positions }, (_, position) => at(position, 'add3')).every((id) => ids.has(id));
}

/** Which node stands for the outcome of each position on `path`; a skipped one's is what the position reads. */
function standIns(architecture: Architecture, path: number): ReadonlyMap<NodeId, NodeId> {
  const stands = new Map<NodeId, NodeId>();
  const resolved = (id: NodeId) => stands.get(id) ?? id;
  choicesOf(path).forEach((choice, position) => {
    const merge = nodeId(at(position, 'add3'));
    const node = architecture.nodes.find(({ id }) => id === merge);
    if (node?.kind !== 'add') throw new Error(`${merge} is not the end of a position`);
    stands.set(merge, choice === 'skip' ? resolved(node.inputs[1]) : nodeId(at(position, choice)));
  });
  return stands;
}

export interface Path {
  /** The path alone; its nodes keep their ids. */
  readonly network: Architecture;
  /** The supernet's merges, and which of the path's nodes stands for each. */
  readonly standIns: ReadonlyMap<NodeId, NodeId>;
}

/** Path 0 .. pathCount - 1 of a supernet as a network of its own. Throws where there is no such path, or no supernet. */
export function pathOf(architecture: Architecture, path: number): Path {
  if (!Number.isInteger(path) || path < 0 || path >= pathCount)
    throw new RangeError(`there is no path ${path}`);
  const stands = standIns(architecture, path);
  const made = choicesOf(path);
  const isOff = (id: NodeId) => {
    const found = /^p(\d)-(\w+)$/.exec(id);
    return found !== null && made[Number(found[1]) - 1] !== found[2];
  };
  const nodes = architecture.nodes
    .filter(({ id }) => !isOff(id))
    .map((node) =>
      withInputs(
        node,
        (node.inputs as readonly NodeId[]).map((id) => stands.get(id) ?? id),
      ),
    );
  return { network: { nodes }, standIns: stands };
}
