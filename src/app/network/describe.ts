import { isExact, morphismFacts } from '../../core/morphisms/catalog.ts';
import { asCellMorphism, cellMorphismFacts } from '../../core/morphisms/cell-morphisms.ts';
import { isCellNetwork } from '../../core/architecture/graph.ts';
import { type ChainDiff, diffChain } from '../../core/morphisms/diff.ts';
import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { plannedImages } from '../../core/run-file/planned-images.ts';
import { texts } from '../text/texts.ts';

export interface OperatorSentence {
  readonly operator: OperatorKind;
  /** The rest of the sentence, behind the operator's name. */
  readonly text: string;
}

export const parentOf = (view: RunView, network: NetworkView): NetworkView | null =>
  (network.parent === null ? null : view.networks.get(network.parent)) ?? null;

/** The network whose birth made this architecture: an ancestor, where a network was only trained on since. */
export function makerOf(view: RunView, network: NetworkView): NetworkView {
  let maker = network;
  while (maker.chain.length === 0) {
    const parent = parentOf(view, maker);
    if (!parent) break;
    maker = parent;
  }
  return maker;
}

/** The union graph of a network and its parent; null for a starting network or a chain that does not apply. */
export function changeOf(parent: NetworkView | null, network: NetworkView): ChainDiff | null {
  if (!parent) return null;
  const diff = diffChain(parent.architecture, network.chain);
  return diff.ok ? diff.value : null;
}

/** One sentence an operator of the chain, each said of the network it was applied to. */
export function operatorSentences(network: NetworkView, diff: ChainDiff | null): readonly OperatorSentence[] {
  return network.chain.map((morphism, i) => {
    const { operator } = morphism;
    const step = diff?.steps[i];
    return { operator, text: step ? texts.describeMorphism(morphismFacts(step.parent, morphism)) : '' };
  });
}

/**
 * What led to a network, for people: as operatorSentences, but an operator that was carried out in every cell of a
 * stacked network is said once.
 */
export function changeSentences(network: NetworkView, diff: ChainDiff | null): readonly OperatorSentence[] {
  if (!isCellNetwork(network.architecture)) return operatorSentences(network, diff);
  const said = new Map<string, OperatorSentence>();
  network.chain.forEach((morphism, i) => {
    const parent = diff?.steps[i]?.parent;
    const local = parent ? asCellMorphism(parent, morphism) : morphism;
    const key = JSON.stringify(local);
    if (said.has(key)) return;
    const { operator } = morphism;
    const text = parent ? texts.describeInEveryCell(cellMorphismFacts(parent, local)) : '';
    said.set(key, { operator, text });
  });
  return [...said.values()];
}

export interface Proof {
  readonly verdict: 'same' | 'nearly' | 'broken';
  readonly text: string;
}

/** What the agreement with the parent before any training says; null where it was not measured. */
export function proofOf(network: NetworkView): Proof | null {
  const { agreement, parent, chain } = network;
  if (!agreement || parent === null) return null;
  const { same, of, maxDifference } = agreement;
  if (!chain.every(isExact))
    return { verdict: 'nearly', text: texts.network.proofNearly(parent, same, of, maxDifference) };
  return same === of
    ? { verdict: 'same', text: texts.network.proofSame(parent, same, of) }
    : { verdict: 'broken', text: texts.network.proofBroken(parent, same, of, maxDifference) };
}

export type Role = 'front' | 'dominated' | 'training' | 'failed';

export function roleOf(network: NetworkView): Role {
  if (network.status !== 'evaluated') return network.status;
  return network.onFront ? 'front' : 'dominated';
}

/** Share of its own images a network in training has seen. */
export function trainedShare(view: RunView, network: NetworkView): number {
  const images = plannedImages(view, network);
  return Math.min(1, (network.curve.at(-1)?.images ?? 0) / Math.max(1, images));
}

/** A list to choose from, not all of a long run. */
const mostOffered = 200;

/** What network `id` may be held against: the front, then the others, the newest first. */
export function comparable(view: RunView, id: NetworkId): readonly NetworkView[] {
  const others: NetworkView[] = [];
  for (const member of view.front) {
    const network = view.networks.get(member);
    if (network && member !== id) others.push(network);
  }
  others.sort((a, b) => a.id - b.id);
  const beaten = [...view.networks.values()].filter(
    (network) => network.status === 'evaluated' && !network.onFront && network.id !== id,
  );
  return [...others, ...beaten.reverse()].slice(0, Math.max(others.length, mostOffered));
}
