import type { Architecture } from '../architecture/types.ts';
import type { Morphism, OperatorKind } from '../morphisms/morphism.ts';
import type { Random } from '../random.ts';
import type { Result } from '../result.ts';
import type { ObjectiveValues } from './objectives.ts';

/** How long a chain of operators may be, and which operators it may not hold. */
export interface ChainLimits {
  readonly min: number;
  readonly max: number;
  readonly exclude?: readonly OperatorKind[];
}

/**
 * What the search needs to know of architectures, and nothing of how they are trained. network-problem.ts is the
 * real one; tests search small synthetic spaces through the same interface.
 */
export interface Problem {
  /** A chain with operators and sites drawn uniformly; where an operator drawn has no legal site, the chain so far. */
  drawChain(
    architecture: Architecture,
    random: Random,
    limits: ChainLimits,
  ): Result<readonly Morphism[], readonly Morphism[]>;
  /** The child, or why the chain is not legal there. */
  applyChain(architecture: Architecture, chain: readonly Morphism[]): Result<Architecture, string>;
  /** The cheap objectives that follow from the architecture alone (not the measured inference time). */
  cheap(architecture: Architecture): ObjectiveValues;
  /** Bytes of RAM on a microcontroller; needed where the recipe limits them (proposal-problem.ts). */
  deviceBytes?(architecture: Architecture): number;
  /** Equal for architectures that are the same network. */
  identity(architecture: Architecture): string;
}
