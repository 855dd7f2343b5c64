import type { Architecture, NodeId } from '../architecture/types.ts';
import type { Random } from '../random.ts';
import type { Result } from '../result.ts';
import type { WeightMap } from './weight-map.ts';

/** A change of architecture as a value: plain JSON, enough to make the same child again from the same parent. */
export type Morphism =
  | { readonly operator: 'deepen'; readonly after: NodeId; readonly kernelSize: 3 | 5 }
  | {
      readonly operator: 'widen';
      readonly block: NodeId;
      readonly factor: 1.5 | 2;
      readonly variant: 'zero';
      /** Filters are rounded up to a multiple of this; of 4 where it is not given, as in runs of versions 1 and 2. */
      readonly multiple?: 2;
    }
  /** Net2Wider: which channels are copied follows from `seed`. */
  | {
      readonly operator: 'widen';
      readonly block: NodeId;
      readonly factor: 1.5 | 2;
      readonly variant: 'copy';
      readonly seed: number;
      readonly multiple?: 2;
    }
  | {
      readonly operator: 'skip';
      readonly from: NodeId;
      readonly to: NodeId;
      readonly variant: 'add' | 'concat';
    }
  /** `target`: a block, or the add or concat node that ends a skip. */
  | { readonly operator: 'remove'; readonly target: NodeId }
  /** `fraction` of the block's filters is lost; at least `least` stay, 4 where it is not given, as in older runs. */
  | {
      readonly operator: 'prune';
      readonly block: NodeId;
      readonly fraction: 0.5 | 0.25;
      readonly least?: 2;
    }
  | { readonly operator: 'separate'; readonly block: NodeId };

export type OperatorKind = Morphism['operator'];
export type MorphismOf<K extends OperatorKind> = Extract<Morphism, { operator: K }>;

/** What applying a morphism gives. */
export interface Morphed {
  readonly child: Architecture;
  readonly map: WeightMap;
  /**
   * Child nodes whose weights distillation trains: the changed ones and their direct predecessors and
   * successors (paper, section on ANMs). Empty for exact morphisms.
   */
  readonly affected: readonly NodeId[];
}

/** One of the six operators. Its laws are tested for all in test/support/morphism-laws.ts. */
export interface Operator<K extends OperatorKind = OperatorKind> {
  readonly kind: K;
  /** exact: N(x) = (TN)(x) for every x, in inference mode. approximate: after distillation only. */
  readonly exactness: 'exact' | 'approximate';
  /** Every legal site, with its free parameters left at their first choice; empty when there is none. */
  sites(architecture: Architecture): readonly MorphismOf<K>[];
  /** A morphism at a uniformly drawn site, its free parameters drawn too; null where there is no site. */
  draw(architecture: Architecture, random: Random): MorphismOf<K> | null;
  /** The child and its weight map, or why it is not legal here. Never throws on a bad site. */
  apply(architecture: Architecture, morphism: MorphismOf<K>): Result<Morphed, string>;
  /** One plain sentence, for example "widen block 3: 8 to 16 filters". */
  describe(architecture: Architecture, morphism: MorphismOf<K>): string;
}
