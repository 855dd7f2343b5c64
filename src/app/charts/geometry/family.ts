import { operatorsOf } from '../../../core/morphisms/operators-of.ts';
import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import { isJustTrained, type NetworkView, type RunView } from '../../../core/run-file/view.ts';
import type { NetworkId } from '../../../core/search/events.ts';
import type { ObjectiveKey } from '../../../core/search/objectives.ts';
import { wholeDomain } from './domain.ts';
import { objectiveScale } from './scale.ts';
import { tidyTree } from './tidy.ts';

export interface TreeFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly last: number;
}

export interface TreeMark {
  readonly id: NetworkId;
  readonly parent: NetworkId | null;
  readonly x: number;
  readonly y: number;
  readonly role: 'front' | 'training' | 'dominated' | 'failed';
  /** It is on the front or an ancestor of one that is. */
  readonly leads: boolean;
  readonly folded: number;
  readonly operators: readonly OperatorKind[];
  readonly generation: number;
}

/** All marks of the tree in px. Dead branches fold when rows would come closer than `rowPx`. */
export function treeMarks(
  view: RunView,
  frame: TreeFrame,
  arrange: 'family' | 'size' | 'error',
  open: ReadonlySet<NetworkId>,
  rowPx: number,
): TreeMark[] {
  const { networks } = view;
  const leads = new Set<NetworkId>();
  for (const id of view.front)
    for (let at: NetworkId | null = id; at !== null && !leads.has(at); at = networks.get(at)?.parent ?? null)
      leads.add(at);
  const live = ({ id, onFront, status }: NetworkView) =>
    onFront || status === 'training' || open.has(id) || leads.has(id);
  const nodes = tidyTree(
    [...networks.values()].map((network) => ({
      id: network.id,
      parent: network.parent,
      generation: network.generation,
      live: live(network),
    })),
    (frame.bottom - frame.top) / rowPx,
  );
  const key: ObjectiveKey = arrange === 'error' ? 'error' : 'parameters';
  const level =
    arrange === 'family' ? null : objectiveScale(key, wholeDomain(view, key), [frame.bottom, frame.top]);
  const width = (frame.right - frame.left) / Math.max(1, frame.last);
  return nodes.map((node) => {
    const network = networks.get(node.id)!;
    const value = network.objectives[key];
    const y = level ? level(value ?? Number.NaN) : frame.top + node.y * (frame.bottom - frame.top);
    return {
      id: node.id,
      parent: node.parent,
      x: frame.left + width * node.generation,
      y: Number.isFinite(y) ? Math.min(frame.bottom, Math.max(frame.top, y)) : frame.bottom,
      role: network.onFront
        ? 'front'
        : network.status === 'training' || (!view.finished && isJustTrained(view, network))
          ? 'training'
          : network.status === 'failed'
            ? 'failed'
            : 'dominated',
      leads: leads.has(node.id),
      folded: node.folded,
      operators: operatorsOf(network.chain),
      generation: node.generation,
    };
  });
}

/** Labelled generations: every one where there is room, else every 5, 10, 50. */
export function generationStep(width: number): number {
  if (width >= 48) return 1;
  return [5, 10, 20, 50, 100, 200, 500].find((step) => step * width >= 40) ?? 1000;
}
