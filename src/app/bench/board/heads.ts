import type { Board, Label } from './board.ts';
import type { Frame } from './frames.ts';

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
