import { addAll } from '../../add-all.ts';
import { parameterCount } from '../../architecture/cost.ts';
import type { FamilyCaps } from '../../architecture/families/widths.ts';
import { isBlock } from '../../architecture/graph.ts';
import type { StartingOptions } from '../../architecture/families/stages.ts';
import type { Architecture, NodeId, Shape } from '../../architecture/types.ts';
import { exclusiveHypervolume } from '../../metrics/contribution.ts';
import { pointIn, referenceCoordinate } from '../../metrics/hypervolume.ts';
import { applyChain } from '../../morphisms/catalog.ts';
import { applyCellMorphism } from '../../morphisms/cell-morphisms.ts';
import { cellArchitecture, cellInput, cellOf, startingCells, type Macro } from '../../morphisms/cells.ts';
import type { Morphism } from '../../morphisms/morphism.ts';
import { layers, type Vector } from '../dominance.ts';
import { contenders, nextFront } from '../front.ts';
import type { Candidate } from '../network-record.ts';
import { errorPredictor } from '../predictor.ts';
import { bornIn, networkOf, type SearchState } from '../state.ts';
import type { Draft, Strategy } from '../strategy.ts';
import { noDensity } from './take-first.ts';

/** Stem widths of the starting networks: of the narrow ones the least that the recipe's floor allows. [ours] */
const stemWidths = { least: 2, wide: 8 } as const;

/** One cell a stage, and a pooling layer behind the stem, so that deep cells stay below the caps. [ours] */
const macroOf = (shape: Shape, classes: number, width: number, { secondClasses }: StartingOptions): Macro => {
  const smallest = Math.min(shape.height, shape.width);
  return {
    ...{ shape, classes, width, cellsPerStage: 1, poolsStem: smallest >= 4 },
    stages: Math.min(3, Math.max(1, Math.floor(Math.log2(smallest)) - 1)),
    ...(secondClasses === undefined ? {} : { secondClasses }),
  };
};

/** Both cells of one block, at two widths. */
function startingNetworks(
  shape: Shape,
  classes: number,
  options: StartingOptions,
  { minParameters }: FamilyCaps,
): readonly Architecture[] {
  const atWidth = (width: number) =>
    startingCells(width).map((cell) => {
      const stacked = cellArchitecture(cell, macroOf(shape, classes, width, options));
      if (!stacked.ok) throw new Error(stacked.reason);
      return stacked.value;
    });
  const fits = (width: number) => atWidth(width).every((one) => parameterCount(one) >= minParameters);
  let narrow: number = stemWidths.least;
  while (narrow < stemWidths.wide / 2 && !fits(narrow)) narrow++;
  return [narrow, stemWidths.wide].flatMap(atWidth);
}

/** A block that a cell may grow by: its kernel, whether it is separable, whether its input is added to its output. */
interface Extension {
  readonly kernelSize: 3 | 5;
  readonly separable: boolean;
  readonly residual: boolean;
}

const extensions: readonly Extension[] = ([3, 5] as const).flatMap((kernelSize) =>
  [false, true].flatMap((separable) =>
    [false, true].map((residual) => ({ kernelSize, separable, residual })),
  ),
);

/** Ids of the blocks of the cell, in order. */
const blocksOfCell = (architecture: Architecture): readonly NodeId[] =>
  cellOf(architecture)
    ?.nodes.filter(isBlock)
    .map(({ id }) => id) ?? [];

/** The chain that lets the cell of `architecture` grow by one block at its end; null where that is not legal. */
export function extensionChain(
  architecture: Architecture,
  { kernelSize, separable, residual }: Extension,
): readonly Morphism[] | null {
  const cell = cellOf(architecture);
  if (!cell) return null;
  const chain: Morphism[] = [];
  let child = architecture;
  const apply = (morphism: Morphism): boolean => {
    const morphed = applyCellMorphism(child, morphism);
    if (!morphed.ok) return false;
    addAll(chain, morphed.value.chain);
    child = morphed.value.child;
    return true;
  };
  const before = new Set<NodeId>(blocksOfCell(architecture));
  if (!apply({ operator: 'deepen', after: cell.output, kernelSize })) return null;
  const block = blocksOfCell(child).find((id) => !before.has(id));
  if (block === undefined) return null;
  if (separable && !apply({ operator: 'separate', block })) return null;
  const from = cell.output;
  if (residual && from !== cellInput && !apply({ operator: 'skip', from, to: block, variant: 'add' }))
    return null;
  return chain;
}

/** All extensions of the cells trained last, and of the front's, so that a step has children where those are at the caps. */
function composed(state: SearchState): readonly Draft[] {
  return state.population.flatMap((parent) => {
    const { architecture } = networkOf(state, parent);
    return extensions.flatMap((extension) => {
      const chain = extensionChain(architecture, extension);
      return chain ? [{ parent, chain }] : [];
    });
  });
}

/** What a candidate is expected to be: predicted error, and what follows from its architecture. */
function expectedOf(
  state: SearchState,
  candidates: readonly Candidate[],
  predict: (of: Architecture) => number,
) {
  return candidates.map(({ parent, chain, cheap }) => {
    const child = applyChain(networkOf(state, parent).architecture, chain);
    const error = child.ok ? predict(child.value.child) : 1;
    // A second data set's error is taken to go with the first's. [ours]
    return pointIn({ ...cheap, error, secondError: error }, state.bounds);
  });
}

/**
 * At most `count` of `points`, layer by layer of their Pareto sets; of a layer, one after the other those that add most
 * hypervolume to `known` and to what is chosen. [ours]
 */
function thinned(points: readonly Vector[], known: readonly Vector[], count: number): readonly number[] {
  const chosen: number[] = [];
  for (const layer of layers(points)) {
    const left = new Set(layer);
    while (left.size > 0 && chosen.length < count) {
      const others = [...known, ...chosen.map((index) => points[index]!)];
      const reference = points[0]!.map(() => referenceCoordinate);
      let best = { index: -1, gain: -1 };
      for (const index of left) {
        const gain = exclusiveHypervolume(points[index]!, others, reference);
        if (gain > best.gain) best = { index, gain };
      }
      chosen.push(best.index);
      left.delete(best.index);
    }
  }
  return chosen;
}

/**
 * DPP-Net (Dong et al. 2018): cells grow a block at a time; a recurrent network that learned from all cells trained so far
 * predicts the error of every extension, and of their Pareto set in predicted error and cost K are trained, each from
 * scratch. Ours: the blocks (convolutions and separable ones, 3 or 5, with or without their input added, where the
 * paper's cells are dense), the stack, the sizes, that of a Pareto set of more than K those are trained that promise
 * most hypervolume, and one of fewer is filled up from the next layer, that the front's cells may grow too.
 */
export const dppNet: Strategy = {
  key: 'dpp-net',
  usesApproximate: true,
  screens: true,
  chainLength: () => ({ min: 1, max: 1 }),
  density: noDensity('a predictor ranks all extensions'),
  parents: () => [],
  compose: composed,
  accept(_density, candidates, count, random, state) {
    const trained = state.networks.flatMap(({ status, architecture, objectives }) => {
      const error = objectives.error ?? objectives.secondError;
      return status === 'evaluated' && error !== undefined ? [{ architecture, error }] : [];
    });
    const points = expectedOf(state, candidates, errorPredictor(trained, random));
    const known = state.front.map((id) => pointIn(networkOf(state, id).objectives, state.bounds));
    return thinned(points, known, count).map((index) => ({ index, probability: 1 }));
  },
  selectSurvivors(state) {
    const born = bornIn(state, state.generation).filter(({ status }) => status === 'evaluated');
    const alive = new Set([...born.map(({ id }) => id), ...nextFront(state)]);
    return contenders(state, [...alive]).map(({ id }) => id);
  },
  family: startingNetworks,
};
