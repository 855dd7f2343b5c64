import { isBlock } from '../../core/architecture/graph.ts';
import { type DiffRow, diffArchitectures, diffRows } from '../../core/morphisms/diff.ts';
import { lineageOf, type NetworkView, type RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { exactText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import { changeOf, changeSentences, type OperatorSentence, parentOf } from './describe.ts';

/** One step of how a network came to be. */
export interface GrowthFrame {
  readonly network: NetworkView;
  /** Its graph, what changed since its parent marked. */
  readonly rows: readonly DiffRow[];
  readonly sentences: readonly OperatorSentence[];
  /** Why it has more errors than its parent; '' where it has not. */
  readonly worse: string;
  readonly blocks: number;
}

function worseOf(view: RunView, network: NetworkView): string {
  const parent = parentOf(view, network);
  const [before, after] = [parent?.objectives, network.objectives];
  if (before?.error === undefined || after.error === undefined || after.error <= before.error) return '';
  const smaller = (after.parameters ?? 0) < (before.parameters ?? 0);
  return texts.network.filmstrip.worse(smaller, exactText(network.ownImages));
}

/** A network's line from its starting network. */
export const growthOf = (view: RunView, id: NetworkId): readonly GrowthFrame[] =>
  lineageOf(view, id).map((network) => {
    const change = changeOf(parentOf(view, network), network);
    return {
      network,
      rows: diffRows(change ?? diffArchitectures(network.architecture, network.architecture)),
      sentences: changeSentences(network, change),
      worse: worseOf(view, network),
      blocks: network.architecture.nodes.filter(isBlock).length,
    };
  });

/** What the whole line took, in words; '' where there is none. */
export function growthFacts(frames: readonly GrowthFrame[]): string {
  const { filmstrip } = texts.network;
  const last = frames.at(-1)?.network;
  if (!last) return '';
  const all = exactText(last.ownImages + last.inheritedImages);
  if (frames.length === 1) return filmstrip.factsStart(all);
  return filmstrip.facts(
    frames.length - 1,
    frames.reduce((sum, { network }) => sum + network.chain.length, 0),
    all,
    exactText(last.ownImages),
    exactText(last.inheritedImages),
  );
}
