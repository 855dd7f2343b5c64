import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import { identityOf } from '../../core/architecture/identity.ts';
import { members } from '../model/picks.ts';
import { percentText, sizeText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import { outside } from './references.ts';

/** Two fronts of runs over the same objectives, held against each other network by network. */
export interface HeldAgainst {
  /** Networks of this front that the other has nothing as good as, in every objective; and the reverse. */
  readonly ours: readonly NetworkView[];
  readonly theirs: readonly NetworkView[];
  /** Of `ours` the one most ahead of what the other has at most as large; null where the other has none so small. */
  readonly example: NetworkView | null;
  /** Of `theirs` the one most ahead, and the most accurate of this front that is no larger. */
  readonly behind: { readonly theirs: NetworkView; readonly ours: NetworkView } | null;
}

/** Networks of another run's front that no network of `view`'s front is as good as in every objective. */
export const notReached = (other: RunView, view: RunView): readonly NetworkView[] =>
  outside(members(other, other.front), view, (a, b) => a.every((value, i) => value <= b[i]!));

const errorOf = ({ objectives }: NetworkView) => objectives.error ?? 1;
const sizeOf = ({ objectives }: NetworkView) => objectives.parameters ?? Infinity;

/** Of `ahead` the network whose error is the smallest share of that of the best of `front` that is no larger. */
function mostAhead(
  ahead: readonly NetworkView[],
  front: readonly NetworkView[],
): { readonly network: NetworkView; readonly against: NetworkView } | null {
  const pairs = ahead.flatMap((network) => {
    const [against] = front
      .filter((one) => sizeOf(one) <= sizeOf(network))
      .sort((a, b) => errorOf(a) - errorOf(b));
    return against ? [{ network, against, share: errorOf(network) / Math.max(errorOf(against), 1e-9) }] : [];
  });
  return pairs.filter(({ share }) => share < 1).sort((a, b) => a.share - b.share)[0] ?? null;
}

export function heldAgainst(view: RunView, other: RunView): HeldAgainst {
  const [ours, theirs] = [notReached(view, other), notReached(other, view)];
  const [front, others] = [members(view, view.front), members(other, other.front)];
  // What operators made says more than a starting network that was trained on.
  const layers = new Set(others.map(({ architecture }) => identityOf(architecture)));
  const made = ours.filter(({ architecture }) => !layers.has(identityOf(architecture)));
  const example = mostAhead(made, others) ?? mostAhead(ours, others);
  const behind = mostAhead(theirs, front);
  return {
    ours,
    theirs,
    example: example?.network ?? null,
    behind: behind && { theirs: behind.network, ours: behind.against },
  };
}

/** Whether a run is about error by size, and nothing else: only then "more accurate at its sizes" says it all. */
export const isErrorBySize = ({ recipe: { objectives } }: RunView): boolean =>
  objectives.length === 2 && objectives.includes('error') && objectives.includes('parameters');

/** The same in words: whether the search was worth it, against what is called `name`, which ended as `other`. */
export function heldAgainstWords(view: RunView, other: RunView, name: string): string {
  const { ours, theirs, example, behind } = heldAgainst(view, other);
  if (!isErrorBySize(view)) return texts.rival.heldInAll(name, ours.length, theirs.length);
  return texts.rival.held({
    name,
    ours: ours.length,
    theirs: theirs.length,
    of: other.front.length,
    example: example && {
      id: example.id,
      size: sizeText(sizeOf(example)),
      error: percentText(errorOf(example)),
    },
    behind: behind && {
      size: sizeText(sizeOf(behind.theirs)),
      theirs: percentText(errorOf(behind.theirs)),
      ours: percentText(errorOf(behind.ours)),
    },
  });
}
