import { isBlock } from '../../core/architecture/graph.ts';
import type { NodeId } from '../../core/architecture/types.ts';
import { layoutOf, tensorsOf } from '../../core/architecture/weights.ts';
import type { ChainStep } from '../../core/morphisms/catalog.ts';
import { type ChainDiff, type DiffRow, diffRows } from '../../core/morphisms/diff.ts';
import { type Origin, originsOf, totalOrigins } from '../../core/morphisms/origins.ts';
import { exactText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import { labelOf, type LayoutRow } from './graph-layout.ts';
import { lookOf, nodeText, type RowLook } from './row-look.ts';

/** Where the animation stands: in step `step` (0: the first), `progress` of the way from its parent to its child. */
export interface Moment {
  readonly step: number;
  readonly progress: number;
}

/** A position 0 .. steps as a moment; whole positions from 1 on are the end of a step, its change still marked. */
export function momentAt(position: number, steps: number): Moment {
  const clamped = Math.min(steps, Math.max(0, position));
  if (clamped === 0) return { step: 0, progress: 0 };
  const step = Math.min(steps, Math.ceil(clamped)) - 1;
  return { step, progress: clamped - step };
}

export const layoutRows = (diff: ChainDiff): readonly LayoutRow[] =>
  diff.rows.map(({ key, at }) => ({ key, label: labelOf(at.find((place) => place !== null)!.node), at }));

export interface MorphRow {
  readonly key: string;
  readonly look: RowLook;
}

/** How every row that is there in this step is drawn at this moment. */
export function morphRows(
  diff: ChainDiff,
  moment: Moment,
  widest: number,
  span: number,
): readonly MorphRow[] {
  return diffRows(diff, moment.step, moment.step + 1).map((row: DiffRow) => ({
    key: row.key,
    look: lookOf(row, widest, span, moment.progress),
  }));
}

/** 0 to 1: how much of an edge is there at this moment. */
export function edgeShare(stages: readonly boolean[], { step, progress }: Moment): number {
  const [before, after] = [stages[step] ?? false, stages[step + 1] ?? false];
  return before && after ? 1 : before ? 1 - progress : after ? progress : 0;
}

export interface OriginLine {
  readonly origin: Origin;
  readonly count: number;
  readonly share: number;
}

export interface StepWeights {
  /** What is counted: "block 3, sep 3×3, 96", or the whole network. */
  readonly name: string;
  readonly lines: readonly OriginLine[];
  readonly total: number;
  /** Running means and variances among them: carried along, but no parameters. */
  readonly statistics: number;
  /** Parent weights of the same part that no child weight comes from. */
  readonly dropped: number;
}

/** How many numbers of the parent's tensors are not carried on, by shape: exact for pruning and removal. */
function droppedWeights(step: ChainStep, node: NodeId | null, taken: number): number {
  if (node === null) return Math.max(0, layoutOf(step.parent).length - taken);
  const own = tensorsOf(step.parent).filter((tensor) => tensor.node === node);
  return Math.max(0, own.reduce((sum, tensor) => sum + tensor.length, 0) - taken);
}

/** Where the weights of one node (or of the whole network) come from in a step; null where it has none after it. */
export function stepWeights(step: ChainStep, node: NodeId | null): StepWeights | null {
  const tensors = originsOf(step.child, step.map).filter((tensor) => node === null || tensor.node === node);
  const counts = Object.entries(totalOrigins(tensors)) as [Origin, number][];
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const taken = counts
    .filter(([origin]) => origin === 'copied' || origin === 'kept')
    .reduce((sum, [, count]) => sum + count, 0);
  const factorised = counts.some(([origin]) => origin === 'factorised');
  const placed = step.child.nodes.find((candidate) => candidate.id === node);
  return {
    name: placed
      ? isBlock(placed)
        ? texts.network.row.block(placed.id, nodeText(placed))
        : nodeText(placed)
      : texts.network.morph.all,
    lines: counts
      .map(([origin, count]) => ({ origin, count, share: count / total }))
      .toSorted((a, b) => b.count - a.count),
    total,
    statistics: tensorsOf(step.child)
      .filter((tensor) => !tensor.trainable && (node === null || tensor.node === node))
      .reduce((sum, tensor) => sum + tensor.length, 0),
    dropped: factorised ? 0 : droppedWeights(step, node, taken),
  };
}

/** The step that says most of where a node's weights come from: the last that did not just copy them, else the last. */
export function stepOfNode({ steps }: ChainDiff, key: string): ChainStep | null {
  const node = key.split('~')[0] as NodeId;
  const makes = (step: ChainStep) =>
    stepWeights(step, node)?.lines.some(({ origin }) => origin !== 'copied') ?? false;
  return steps.findLast(makes) ?? steps.at(-1) ?? null;
}

/** "11,664 an identity kernel". */
export const originText = ({ origin, count }: OriginLine): string =>
  `${exactText(count)} ${texts.network.morph.origins[origin]}`;
