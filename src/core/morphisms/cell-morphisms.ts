import { findBlock, findNode, isBlock, isMerge } from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import type { Architecture, NodeId } from '../architecture/types.ts';
import type { Random } from '../random.ts';
import { fail, ok, type Result } from '../result.ts';
import {
  applyMorphism,
  describeMorphism,
  operatorKinds,
  type ChainStep,
  type DrawOptions,
  type NoLegalSite,
} from './catalog.ts';
import { cellInput, inOccurrence, localId, occurrencesOf, type Occurrence } from './cells.ts';
import type { Morphism, OperatorKind } from './morphism.ts';

/** A cell morphism carried out: one step of space I per occurrence (fewer where ties resized several at once). */
export interface CellMorphed {
  readonly child: Architecture;
  readonly chain: readonly Morphism[];
  readonly steps: readonly ChainStep[];
}

function renamed(morphism: Morphism, rename: (id: NodeId) => NodeId): Morphism {
  switch (morphism.operator) {
    case 'deepen':
      return { ...morphism, after: rename(morphism.after) };
    case 'widen':
    case 'prune':
    case 'separate':
      return { ...morphism, block: rename(morphism.block) };
    case 'skip':
      return { ...morphism, from: rename(morphism.from), to: rename(morphism.to) };
    case 'remove':
      return { ...morphism, target: rename(morphism.target) };
  }
}

/** The cell morphism that a step of a stacked network belongs to: its ids made local. */
export function asCellMorphism(architecture: Architecture, step: Morphism): Morphism {
  const names = occurrencesOf(architecture);
  const ends =
    step.operator === 'skip'
      ? step.to
      : 'block' in step
        ? step.block
        : 'after' in step
          ? step.after
          : step.target;
  const occurrence = names.find(({ name }) => ends.startsWith(`${name}/`));
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
  if (step.operator !== 'widen' && step.operator !== 'prune') return false;
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

/** Additive where channels are equal in every occurrence, else by concatenation in all. */
function skipVariant(architecture: Architecture, from: NodeId, to: NodeId): 'add' | 'concat' {
  const shapes = shapesOf(architecture);
  const channels = (one: Occurrence, id: NodeId) => shapes.get(inOccurrence(one, id))?.channels;
  return occurrencesOf(architecture).every((one) => channels(one, from) === channels(one, to))
    ? 'add'
    : 'concat';
}

/** Places in the cell where `kind` might go, legal or not, free parameters at their first choice. */
function candidates(architecture: Architecture, kind: OperatorKind): readonly Morphism[] {
  const first = occurrencesOf(architecture)[0];
  if (!first) return [];
  const ids = first.nodes.map((node) => localId(first, node.id)!);
  const block = (id: NodeId) => findBlock(architecture, inOccurrence(first, id)) !== undefined;
  const merge = (id: NodeId) => isMerge(findNode(architecture, inOccurrence(first, id))!);
  switch (kind) {
    case 'deepen':
      return ids.map((after) => ({ operator: kind, after, kernelSize: 3 }));
    case 'widen':
      return ids.filter(block).map((id) => ({ operator: kind, block: id, factor: 1.5, variant: 'zero' }));
    case 'prune':
      return ids.filter(block).map((id) => ({ operator: kind, block: id, fraction: 0.5 }));
    case 'separate':
      return ids.filter(block).map((id) => ({ operator: kind, block: id }));
    case 'remove':
      return ids.filter((id) => block(id) || merge(id)).map((target) => ({ operator: kind, target }));
    case 'skip':
      return ids.flatMap((to) =>
        [cellInput, ...ids].map((from): Morphism => {
          return { operator: kind, from, to, variant: skipVariant(architecture, from, to) };
        }),
      );
  }
}

function withDrawnParameters(morphism: Morphism, random: Random): Morphism {
  switch (morphism.operator) {
    case 'deepen':
      return { ...morphism, kernelSize: random.pick([3, 5] as const) };
    case 'widen':
      return { ...morphism, factor: random.pick([1.5, 2] as const) };
    case 'prune':
      return { ...morphism, fraction: random.pick([0.5, 0.25] as const) };
    case 'skip':
    case 'remove':
    case 'separate':
      return morphism;
  }
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
    const morphed = applyCellMorphism(architecture, withDrawnParameters(site, random));
    if (morphed.ok) return ok({ chain: morphed.value.chain, child: morphed.value.child });
  }
  return fail({ problem: 'no-legal-site', operator, chain: [] });
}

/** One plain sentence, for example "widen block 1 (with 1b): 8 to 16 filters, in every cell". */
export function describeCellMorphism(architecture: Architecture, morphism: Morphism): string {
  const first = occurrencesOf(architecture)[0];
  if (!first) return describeMorphism(architecture, morphism);
  const step = renamed(morphism, (id) => inOccurrence(first, id));
  return `${describeMorphism(architecture, step).replaceAll(`${first.name}/`, '')}, in every cell`;
}
