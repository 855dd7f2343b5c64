import { findBlock, findNode, isBlock, isMerge } from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import type { Random } from '../random.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  applyMorphism,
  morphismFacts,
  type ChainStep,
  type DrawOptions,
  type NoLegalSite,
} from './catalog.ts';
import { cellInput, inOccurrence, localId, occurrencesOf, type Occurrence } from './cells.ts';
import {
  operatorKinds,
  operatorOf,
  type Morphism,
  type MorphismFacts,
  type OperatorKind,
} from './morphism.ts';

/** A cell morphism carried out: one step of space I per occurrence (fewer where ties resized several at once). */
export interface CellMorphed {
  readonly child: Architecture;
  readonly chain: readonly Morphism[];
  readonly steps: readonly ChainStep[];
}

/** Names of a morphism's values that are ids of nodes. */
const nodeFields = (morphism: Morphism): readonly string[] => {
  const form = operatorOf(morphism.operator).forms[0]!;
  return Object.keys(form).filter((name) => form[name] === 'node');
};

const renamed = (morphism: Morphism, rename: (id: NodeId) => NodeId): Morphism => ({
  ...morphism,
  ...Object.fromEntries(
    nodeFields(morphism).map((name) => [name, rename(Reflect.get(morphism, name) as NodeId)]),
  ),
});

/** The cell morphism that a step of a stacked network belongs to: its ids made local. */
export function asCellMorphism(architecture: Architecture, step: Morphism): Morphism {
  // A skip may begin outside of the cell that it ends in.
  const ends = Reflect.get(step, nodeFields(step).at(-1)!) as NodeId;
  const occurrence = occurrencesOf(architecture).find(({ name }) => ends.startsWith(`${name}/`));
  return occurrence ? renamed(step, (id) => localId(occurrence, id) ?? id) : step;
}

/** What must stay equal in all occurrences: everything but the numbers of filters. */
const structureOf = (occurrence: Occurrence): string =>
  JSON.stringify([
    localId(occurrence, occurrence.output),
    ...occurrence.nodes.map((node) => [
      localId(occurrence, node.id),
      node.kind,
      isBlock(node) ? node.kernelSize : 0,
      (node.inputs as readonly NodeId[]).map((id) => localId(occurrence, id)),
    ]),
  ]);

/** Widening or pruning one occurrence may have resized another through adds: then nothing is left to do there. */
function isDone(before: Architecture, now: Architecture, step: Morphism): boolean {
  if (!('block' in step) || !operatorOf(step.operator).resizes) return false;
  return findBlock(before, step.block)?.filters !== findBlock(now, step.block)?.filters;
}

/**
 * Applies a morphism with local ids to every occurrence of the cell, one after another. Legal only where it is legal
 * in all, leaves a block in all, and leaves them alike.
 */
export function applyCellMorphism(
  architecture: Architecture,
  morphism: Morphism,
): Result<CellMorphed, string> {
  const count = occurrencesOf(architecture).length;
  if (count === 0) return fail('this network is not made of cells');
  const steps: ChainStep[] = [];
  let child = architecture;
  for (let i = 0; i < count; i++) {
    const occurrence = occurrencesOf(child)[i]!;
    const step = renamed(morphism, (id) => inOccurrence(occurrence, id));
    if (isDone(architecture, child, step)) continue;
    const morphed = applyMorphism(child, step);
    if (!morphed.ok) return fail(`in ${occurrence.name}: ${morphed.reason}`);
    steps.push({ morphism: step, parent: child, ...morphed.value });
    child = morphed.value.child;
    if (occurrencesOf(child).length < count) return fail(`${occurrence.name} would be empty`);
  }
  const after = occurrencesOf(child);
  if (!after.every((one) => one.nodes.some(isBlock))) return fail('no block would be left in the cell');
  if (new Set(after.map(structureOf)).size > 1) return fail('the cells would differ');
  return ok({ child, chain: steps.map((step) => step.morphism), steps });
}

/** Places in the cell where `kind` might go, legal or not, free parameters at their first choice. */
function candidates(architecture: Architecture, kind: OperatorKind): readonly Morphism[] {
  const occurrences = occurrencesOf(architecture);
  const first = occurrences[0];
  if (!first) return [];
  const shapes = shapesOf(architecture);
  const channels = (one: Occurrence, id: NodeId) => shapes.get(inOccurrence(one, id))?.channels;
  const ids = first.nodes.map((node) => localId(first, node.id)!);
  return operatorOf(kind).cellSites({
    ids,
    blocks: ids.filter((id) => findBlock(architecture, inOccurrence(first, id)) !== undefined),
    merges: ids.filter((id) => isMerge(findNode(architecture, inOccurrence(first, id))!)),
    input: cellInput,
    sameChannels: (a, b) => occurrences.every((one) => channels(one, a) === channels(one, b)),
  });
}

/** Every legal morphism of the cell, with local ids, free parameters at their first choice. */
export const cellSites = (architecture: Architecture): readonly Morphism[] =>
  operatorKinds
    .flatMap((kind) => [...candidates(architecture, kind)])
    .filter((morphism) => applyCellMorphism(architecture, morphism).ok);

/**
 * One operator per child [paper, space II]: uniform over the six (less the excluded), its site uniform over the legal
 * ones. Gives the chain of space-I steps, in the form of `drawChain`.
 */
export function drawCellChain(
  architecture: Architecture,
  random: Random,
  options: DrawOptions = {},
): Result<{ readonly chain: readonly Morphism[]; readonly child: Architecture }, NoLegalSite> {
  const operator = random.pick(operatorKinds.filter((kind) => !options.exclude?.includes(kind)));
  for (const site of random.shuffle(candidates(architecture, operator))) {
    const morphed = applyCellMorphism(architecture, operatorOf(operator).vary(site, random));
    if (morphed.ok) return ok({ chain: morphed.value.chain, child: morphed.value.child });
  }
  return fail({ problem: 'no-legal-site', operator, chain: [] });
}

/** What there is to say about a cell morphism, its ids local. */
export function cellMorphismFacts(architecture: Architecture, morphism: Morphism): MorphismFacts {
  const first = occurrencesOf(architecture)[0];
  if (!first) return morphismFacts(architecture, morphism);
  const step = renamed(morphism, (id) => inOccurrence(first, id));
  const text = JSON.stringify(morphismFacts(architecture, step));
  return JSON.parse(text.replaceAll(`"${first.name}/`, '"')) as MorphismFacts;
}
