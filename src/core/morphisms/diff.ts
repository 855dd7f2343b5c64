import { shapesOf } from '../architecture/shapes.ts';
import { type Cost, nodeCosts } from '../architecture/cost.ts';
import { isBlock } from '../architecture/graph.ts';
import type { Architecture, ArchitectureNode, NodeId, Shape } from '../architecture/types.ts';
import { ok, type Result } from '../result.ts';
import { applyChain, type ChainStep } from './catalog.ts';
import type { Morphism, OperatorKind } from './morphism.ts';

/** What became of a node between two architectures; the first that applies, in this order. */
export type NodeChange = 'added' | 'removed' | 'separated' | 'wider' | 'pruned' | 'retargeted' | 'kept';

/** A node with its facts in one architecture. */
export interface PlacedNode {
  readonly node: ArchitectureNode;
  readonly shape: Shape;
  readonly cost: Cost;
  /** Keys of the rows it reads from, in operand order. */
  readonly inputs: readonly string[];
}

/** One node of the union of several architectures. */
export interface UnionRow {
  /** Stable over all stages: the node's id, and "id~2" where a removed node's id was given again. */
  readonly key: string;
  /** The node in each stage; null where it is not there. */
  readonly at: readonly (PlacedNode | null)[];
  /** The operator of step i where it changed this node (kind, filters, presence); null elsewhere. */
  readonly touched: readonly (OperatorKind | null)[];
}

/** Parent, every stage between, and child as one graph: rows in an order that suits all stages. */
export interface UnionGraph {
  readonly rows: readonly UnionRow[];
  /** Number of architectures: one more than steps. */
  readonly stages: number;
}

/** A union graph with the morphisms that lead from stage to stage. */
export interface ChainDiff extends UnionGraph {
  readonly steps: readonly ChainStep[];
}

/** A row as it stands between the first and the last stage. */
export interface DiffRow {
  readonly key: string;
  readonly before: PlacedNode | null;
  readonly after: PlacedNode | null;
  readonly change: NodeChange;
  /** Operators that changed it, in order. */
  readonly operators: readonly OperatorKind[];
}

type Keys = ReadonlyMap<NodeId, string>;

/** A key for every node of every stage: an id that comes back after a gap is another node. */
function keysOf(stages: readonly Architecture[]): readonly Keys[] {
  const uses = new Map<NodeId, number>();
  let previous: Keys = new Map();
  return stages.map((stage) => {
    const keys = new Map<NodeId, string>();
    for (const { id } of stage.nodes) {
      const known = previous.get(id);
      if (known === undefined) uses.set(id, (uses.get(id) ?? 0) + 1);
      keys.set(id, known ?? (uses.get(id) === 1 ? id : `${id}~${uses.get(id)!}`));
    }
    previous = keys;
    return keys;
  });
}

/** Rows so far and the next stage's: the stage's own order, each other row right behind the row it followed. */
function mergeOrder(rows: readonly string[], stage: readonly string[]): readonly string[] {
  const present = new Set(stage);
  const leading: string[] = [];
  const behind = new Map<string, string[]>(stage.map((key) => [key, []]));
  let list = leading;
  for (const key of rows) {
    if (present.has(key)) list = behind.get(key)!;
    else list.push(key);
  }
  return [...leading, ...stage.flatMap((key) => [key, ...behind.get(key)!])];
}

function placed(architecture: Architecture, keys: Keys): ReadonlyMap<string, PlacedNode> {
  const shapes = shapesOf(architecture);
  const costs = nodeCosts(architecture);
  return new Map(
    architecture.nodes.map((node) => [
      keys.get(node.id)!,
      {
        node,
        shape: shapes.get(node.id)!,
        cost: costs.get(node.id)!,
        inputs: (node.inputs as readonly NodeId[]).map((id) => keys.get(id)!),
      },
    ]),
  );
}

const filtersOf = (place: PlacedNode): number => (isBlock(place.node) ? place.node.filters : 0);

function differs(a: PlacedNode | null, b: PlacedNode | null): boolean {
  if (!a || !b) return a !== b;
  return a.node.kind !== b.node.kind || filtersOf(a) !== filtersOf(b);
}

function union(stages: readonly Architecture[], operators: readonly (OperatorKind | null)[]): UnionGraph {
  const keys = keysOf(stages);
  const places = stages.map((stage, i) => placed(stage, keys[i]!));
  let order: readonly string[] = [];
  for (const place of places) order = mergeOrder(order, [...place.keys()]);
  const rows = order.map((key) => {
    const at = places.map((place) => place.get(key) ?? null);
    const touched = operators.map((operator, i) => (differs(at[i]!, at[i + 1]!) ? operator : null));
    return { key, at, touched };
  });
  return { rows, stages: stages.length };
}

/**
 * The union graph of a parent, the stages between and the child, rebuilt from the chain. Nodes keep their key, so a
 * drawing of it need not move what both have. Fails where a step is not legal.
 */
export function diffChain(parent: Architecture, chain: readonly Morphism[]): Result<ChainDiff, string> {
  const applied = applyChain(parent, chain);
  if (!applied.ok) return applied;
  const { steps } = applied.value;
  const graph = union(
    [parent, ...steps.map((step) => step.child)],
    steps.map((step) => step.morphism.operator),
  );
  return ok({ ...graph, steps });
}

/** The union of any two architectures, nodes matched by id: for networks that share ancestors, or one alone twice. */
export const diffArchitectures = (a: Architecture, b: Architecture): UnionGraph => union([a, b], [null]);

function changeOf(before: PlacedNode | null, after: PlacedNode | null): NodeChange {
  if (!before) return 'added';
  if (!after) return 'removed';
  if (before.node.kind !== after.node.kind) return 'separated';
  if (filtersOf(after) !== filtersOf(before))
    return filtersOf(after) > filtersOf(before) ? 'wider' : 'pruned';
  return before.inputs.join() === after.inputs.join() ? 'kept' : 'retargeted';
}

/**
 * What became of every node between stage `from` and stage `to` (the first and the last when left out). Nodes in
 * neither are left out.
 */
export function diffRows(graph: UnionGraph, from = 0, to = graph.stages - 1): readonly DiffRow[] {
  return graph.rows.flatMap(({ key, at, touched }) => {
    const before = at[from] ?? null;
    const after = at[to] ?? null;
    if (!before && !after) return [];
    const operators = touched.slice(from, to).filter((operator) => operator !== null);
    return [{ key, before, after, change: changeOf(before, after), operators: [...new Set(operators)] }];
  });
}
