import type { NodeId } from '../../../../core/architecture/types.ts';
import { layoutOf, type Weights } from '../../../../core/architecture/weights.ts';
import type { ChainStep } from '../../../../core/morphisms/catalog.ts';
import { filterNorms } from '../../../../core/morphisms/provenance.ts';
import { cellText } from '../numbers.ts';
import type { Board, Label } from './board.ts';
import type { Frame } from './frames.ts';
import type { Motion, Timeline } from './timeline.ts';

export interface NewHead {
  readonly label: Label;
  /** Its numbers are drawn at random, not copied. */
  readonly drawn: boolean;
}

/** The heads of the columns that `child` has and `parent` has not, of those whose numbers have begun to come. */
export function newHeads(parent: Board, child: Board, frames: readonly Frame[]): readonly NewHead[] {
  const known = new Set(parent.labels.map(({ node, channel }) => `${node}/${channel}`));
  return child.labels.flatMap((label) => {
    if (label.kind !== 'symbol' || label.channel === undefined) return [];
    if (known.has(`${label.node}/${label.channel}`)) return [];
    const own = frames.filter(
      ({ group }) => group.node === label.node && group.kind === 'kernel' && group.output === label.channel,
    );
    return own.length > 0 ? [{ label, drawn: own.some(({ kind }) => kind === 'he') }] : [];
  });
}

export interface HeadNorm {
  readonly label: Label;
  readonly text: string;
}

/**
 * The sums by which pruning chooses, over the columns of `board`: each filter's absolute weights, as far as they are
 * added up at `time` (ms). None for other operators, and where the block heads no columns.
 */
export function headNorms(
  { parent, map }: ChainStep,
  weights: Weights,
  board: Board,
  { stops }: Timeline,
  time: number,
): readonly HeadNorm[] {
  const [selection] = map.selections;
  const count = stops.find(({ id }) => id === 'count');
  if (!selection || !count) return [];
  const share = Math.min(1, time / count.end);
  const norms = filterNorms(selection, layoutOf(parent), weights);
  return board.labels.flatMap((label) =>
    label.kind === 'symbol' && selection.filters.some(({ node }) => node === label.node)
      ? [{ label, text: cellText(share * norms[label.channel!]!) }]
      : [],
  );
}

/** Whether what belongs to a channel is still there at `time` (ms): a channel whose numbers have gone is not. */
export const hereAt =
  (byKey: ReadonlyMap<string, Motion>, time: number) =>
  ({ node, channel }: { readonly node?: NodeId; readonly channel?: number }): boolean => {
    const gone = node === undefined ? undefined : byKey.get(`gone/${node}/gamma/${channel}`);
    return gone === undefined || time < gone.end;
  };
