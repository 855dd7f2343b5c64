import type { Architecture } from '../../../core/architecture/types.ts';
import { applyMorphism } from '../../../core/morphisms/catalog.ts';
import type { Morphism } from '../../../core/morphisms/morphism.ts';
import { ok, type Result } from '../../../core/result.ts';
import type { Closeness, LearningPoint, NetworkId } from '../../../core/search/events.ts';

/** What training gave. */
export interface Trained extends Closeness {
  readonly error: number;
  readonly ownImages: number;
  readonly trainSeconds: number;
}

/** One network made by hand. Ids count from 1 in the order of making. */
export interface Composed {
  readonly id: NetworkId;
  readonly parent: NetworkId | null;
  /** What made it from its parent; null for the starting network. */
  readonly morphism: Morphism | null;
  readonly architecture: Architecture;
  readonly curve: readonly LearningPoint[];
  readonly trained: Trained | null;
  /** Why its training failed. */
  readonly failure: string | null;
}

/** A tree of networks and the place in it. Undone branches are kept. */
export interface History {
  readonly nodes: readonly Composed[];
  readonly at: NetworkId;
  /** Where redo goes from each network: the child that was left last. */
  readonly next: ReadonlyMap<NetworkId, NetworkId>;
}

export function beginHistory(architecture: Architecture): History {
  const start = { parent: null, morphism: null, curve: [], trained: null, failure: null };
  return { nodes: [{ id: 1, architecture, ...start }], at: 1, next: new Map() };
}

/** Network `id`. Throws when there is none. */
export function composed(history: History, id: NetworkId = history.at): Composed {
  const node = history.nodes[id - 1];
  if (!node) throw new Error(`no network ${id} was composed`);
  return node;
}

const sameMorphism = (a: Morphism | null, b: Morphism): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Goes to the child that `morphism` makes here: a new one, or the one that was made before. */
export function apply(history: History, morphism: Morphism): Result<History, string> {
  const parent = composed(history);
  const known = history.nodes.find(
    (node) => node.parent === parent.id && sameMorphism(node.morphism, morphism),
  );
  if (known) return ok(goTo(history, known.id));
  const morphed = applyMorphism(parent.architecture, morphism);
  if (!morphed.ok) return morphed;
  const id = history.nodes.length + 1;
  const child: Composed = {
    id,
    parent: parent.id,
    morphism,
    architecture: morphed.value.child,
    curve: [],
    trained: null,
    failure: null,
  };
  return ok(goTo({ ...history, nodes: [...history.nodes, child] }, id));
}

/** Goes to network `id`; redo will lead here again along its line. */
export function goTo(history: History, id: NetworkId): History {
  const next = new Map(history.next);
  const line = lineTo(history, id);
  line.slice(1).forEach((node) => next.set(node.parent!, node.id));
  return { ...history, at: id, next };
}

export function undo(history: History): History {
  const { parent } = composed(history);
  return parent === null ? history : { ...history, at: parent };
}

export function redo(history: History): History {
  const to = history.next.get(history.at);
  return to === undefined ? history : { ...history, at: to };
}

export const canUndo = (history: History): boolean => composed(history).parent !== null;
export const canRedo = (history: History): boolean => history.next.has(history.at);

/** From the starting network to `id`. */
export function lineTo(history: History, id: NetworkId = history.at): readonly Composed[] {
  const line: Composed[] = [];
  for (let at: NetworkId | null = id; at !== null;) {
    const node = composed(history, at);
    line.unshift(node);
    at = node.parent;
  }
  return line;
}

export const childrenOf = (history: History, id: NetworkId): readonly Composed[] =>
  history.nodes.filter((node) => node.parent === id);

/** `history` with network `id` changed. */
export function change(history: History, id: NetworkId, values: Partial<Composed>): History {
  return {
    ...history,
    nodes: history.nodes.map((node) => (node.id === id ? { ...node, ...values } : node)),
  };
}

/** Steps whose training was paid for, undone ones included. */
export const trainedSteps = (history: History): number =>
  history.nodes.filter((node) => node.parent !== null && node.trained !== null).length;
