import type { FamilyCaps } from '../architecture/families/widths.ts';
import type { StartingOptions } from '../architecture/families/stages.ts';
import type { Architecture, Shape } from '../architecture/types.ts';
import type { Morphism } from '../morphisms/morphism.ts';
import type { Random } from '../random.ts';
import type { DensityRecord, NetworkId } from './events.ts';
import type { Finalist } from './finalists.ts';
import type { ChainLimits } from './problem.ts';
import type { Recipe, StrategyKey } from './recipe.ts';
import type { Drawn } from './selection.ts';
import type { Candidate } from './network-record.ts';
import type { SearchState } from './state.ts';

/** A child that was thought of: its parent, and how it is made from it. */
export interface Draft {
  readonly parent: NetworkId;
  readonly chain: readonly Morphism[];
}

/** One way to search. All share the loop, the operators, the caps, the trainers and the budget. */
export interface Strategy {
  readonly key: StrategyKey;
  readonly usesApproximate: boolean;
  /** Two-stage sampling: proposes `recipe.proposals` and draws; otherwise proposes until enough are legal. */
  readonly screens: boolean;
  /** Operators per child. */
  chainLength(recipe: Recipe): Pick<ChainLimits, 'min' | 'max'>;
  /** Children that the strategy composes itself, in place of parents and chains that are drawn; duplicates are sifted out. */
  compose?(state: SearchState, random: Random): readonly Draft[];
  /** What the last generation trains on as it is; the front and the starting networks unless given. */
  trainsOn?(state: SearchState): readonly NetworkId[];
  /** Whom the last generation trains, and on how many images each; finalists.ts decides unless given. */
  finalists?(state: SearchState): readonly Finalist[];
  /** How this generation's draws are weighted, as the log records it. */
  density(state: SearchState): DensityRecord;
  /** `count` parents, repeats allowed. */
  parents(state: SearchState, density: DensityRecord, count: number, random: Random): readonly NetworkId[];
  /** Which candidates are trained, at most `count`. */
  accept(
    density: DensityRecord,
    candidates: readonly Candidate[],
    count: number,
    random: Random,
    state: SearchState,
  ): readonly Drawn[];
  /** The next population, from the state in which all children of the generation are evaluated or failed. */
  selectSurvivors(state: SearchState): readonly NetworkId[];
  /** Networks that take the place of the search's starting networks: those of a hand-made family or of a grid. */
  readonly family?: (
    shape: Shape,
    classes: number,
    options: StartingOptions,
    recipe: FamilyCaps & Pick<Recipe, 'starts'>,
  ) => readonly Architecture[];
}
