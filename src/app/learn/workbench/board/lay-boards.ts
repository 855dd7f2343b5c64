import { nodesById } from '../../../../core/architecture/graph.ts';
import type { Architecture, NodeId } from '../../../../core/architecture/types.ts';
import { layoutOf } from '../../../../core/architecture/weights.ts';
import type { ChainStep } from '../../../../core/morphisms/catalog.ts';
import { texts } from '../../../text/texts.ts';
import { type Board, shownBlocks } from './board.ts';
import { layoutBoard } from './layout.ts';

const few = 400;

/** True where parent or child has more numbers than fit the stage as printed cells. */
export const isTooMany = ({ parent, child }: ChainStep): boolean =>
  layoutOf(child).length >= few || layoutOf(parent).length >= few;

/**
 * Boards of parent and child in one frame: nothing old moves to make room for what is new. Cells are printed where the
 * numbers are few enough, or where that is asked for.
 */
export function layBoards(
  step: ChainStep,
  printed = !isTooMany(step),
): { readonly parent: Board; readonly child: Board } {
  const touched = new Set<NodeId>();
  const [before, after] = [nodesById(step.parent), nodesById(step.child)];
  for (const [id, node] of [...before, ...after]) {
    const [a, b] = [before.get(id), after.get(id)];
    if (!a || !b || a.kind !== b.kind || ('filters' in a && 'filters' in b && a.filters !== b.filters))
      touched.add(node.id);
  }
  const wide = [...before.values(), ...after.values()].some((node) => 'filters' in node && node.filters > 4);
  const channels = (architecture: Architecture) =>
    new Map(architecture.nodes.map((node) => [node.id, 'filters' in node ? node.filters : 0]));
  const [own, other] = [channels(step.parent), channels(step.child)];
  const most = new Map(
    [...new Set([...own.keys(), ...other.keys()])].map((id) => [
      id,
      Math.max(own.get(id) ?? 0, other.get(id) ?? 0),
    ]),
  );
  const reserve = new Map([...most].filter(([, count]) => count > 0));
  // A reader keeps places for the channels that its source will have, or had.
  const widths = (architecture: Architecture) => {
    const read = new Map<NodeId, number>();
    const slots = layoutOf(architecture).slots;
    for (const { node, name, shape } of slots)
      if (name === 'kernel' && shape.length === 4) read.set(node, shape[2]!);
    return read;
  };
  const [ownIn, otherIn] = [widths(step.parent), widths(step.child)];
  const reserveIn = new Map(
    [...ownIn].map(([id, count]) => [id, Math.max(count, otherIn.get(id) ?? 0)] as const),
  );
  const options = {
    words: texts.workbench,
    cell: printed ? (wide && !isTooMany(step) ? 24 : 28) : 4,
    reserve,
    reserveIn,
  };
  return {
    parent: layoutBoard(step.parent, { ...options, shown: shownBlocks(step.parent, touched) }),
    child: layoutBoard(step.child, { ...options, shown: shownBlocks(step.child, touched) }),
  };
}
