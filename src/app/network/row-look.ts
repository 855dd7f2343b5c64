import type { ArchitectureNode } from '../../core/architecture/types.ts';
import type { DiffRow, PlacedNode } from '../../core/morphisms/diff.ts';
import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import { texts } from '../text/texts.ts';
import { barLength, filtersIn } from './graph-layout.ts';

/** How a row is drawn at one moment. */
export interface RowLook {
  readonly node: ArchitectureNode;
  readonly text: string;
  /** px of the bar; of its tinted extension (wider); of its hatched end (pruned). */
  readonly solid: number;
  readonly extension: number;
  readonly cut: number;
  /** Tinted and ringed in this operator's colour. */
  readonly tint: OperatorKind | null;
  /** Hatched and dashed: it goes. */
  readonly gone: boolean;
  readonly opacity: number;
  /** "+48" within the extension or the hatched end. */
  readonly amount: string;
  /** "new", behind the glyphs. */
  readonly note: string;
  readonly glyphs: readonly OperatorKind[];
}

/** "conv 3×3, 36" and its like. */
export function nodeText(node: ArchitectureNode): string {
  switch (node.kind) {
    case 'input':
      return texts.network.nodes.input;
    case 'conv':
      return texts.network.nodes.conv(node.kernelSize, node.filters);
    case 'sepConv':
      return texts.network.nodes.sepConv(node.kernelSize, node.filters);
    case 'maxPool':
      return texts.network.nodes.pool;
    case 'add':
      return texts.network.nodes.add;
    case 'concat':
      return texts.network.nodes.concat;
    case 'head':
      return node.task === 0 ? texts.network.nodes.head : texts.network.nodes.secondHead;
  }
}

/** What a changed row says of itself; nothing where its looks say enough. */
function noteOf(change: DiffRow['change']): string {
  if (change === 'added' || change === 'removed' || change === 'separated') return texts.network[change];
  return '';
}

/** The operator that gives a change its colour. */
const tintOf: Readonly<Partial<Record<DiffRow['change'], OperatorKind>>> = { separated: 'separate' };

/**
 * A row between two stages, `progress` of the way (1: done, the change still marked). `widest`: most filters of any
 * block drawn; `span`: px of the widest block beyond the shortest.
 */
export function lookOf(row: DiffRow, widest: number, span: number, progress = 1): RowLook {
  const place = (row.after ?? row.before) as PlacedNode;
  const early = progress < 0.5 && row.before ? row.before.node : place.node;
  const before = row.before ? barLength(filtersIn(row.before.node), widest, span) : 0;
  const after = row.after ? barLength(filtersIn(row.after.node), widest, span) : before;
  const from = row.before ? before : after;
  const difference = row.before && row.after ? filtersIn(row.after.node) - filtersIn(row.before.node) : 0;
  const marked = row.change !== 'kept' && row.change !== 'retargeted' && progress > 0;
  const added = row.change === 'added';
  return {
    node: early,
    text: nodeText(early),
    solid: Math.min(from, after),
    extension: Math.max(0, after - from) * progress,
    cut: Math.max(0, from - after),
    tint: marked ? (added ? (row.operators[0] ?? 'deepen') : (tintOf[row.change] ?? null)) : null,
    gone: row.change === 'removed' && progress > 0,
    opacity: added ? progress : 1,
    amount: difference === 0 || progress === 0 ? '' : `${difference > 0 ? '+' : '−'}${Math.abs(difference)}`,
    note: marked ? noteOf(row.change) : '',
    glyphs: marked ? row.operators : [],
  };
}
