import type { Architecture, NodeId } from '../architecture/types.ts';
import type { Random } from '../random.ts';
import type { Result } from '../result.ts';
import type { WeightMap } from './weight-map.ts';

/** What a value of a morphism may be: the id of a node, an integer, or one of a few. */
export type MorphismField = 'node' | 'integer' | readonly (string | number)[];

/** The values of a morphism besides its operator, by name; a name that ends in `?` may be left out. */
export type MorphismForm = Readonly<Record<string, MorphismField>>;

type ValueOf<F> = F extends 'node'
  ? NodeId
  : F extends 'integer'
    ? number
    : F extends readonly (infer T)[]
      ? T
      : never;

type Flat<T> = { readonly [P in keyof T]: T[P] };

/** The morphism that a form describes: the type, the check of a file and its JSON Schema follow from the form. */
export type MorphismIn<K extends string, F extends MorphismForm> = F extends MorphismForm
  ? Flat<
      { operator: K } & { [P in keyof F as P extends `${string}?` ? never : P]: ValueOf<F[P]> } & {
        [P in keyof F as P extends `${infer N}?` ? N : never]?: ValueOf<F[P]>;
      }
    >
  : never;

/** What applying a morphism gives. */
export interface Morphed {
  readonly child: Architecture;
  readonly map: WeightMap;
  /**
   * Child nodes whose weights distillation trains: the changed ones and their direct predecessors and
   * successors (paper, section on ANMs). Empty for exact morphisms.
   */
  readonly affected: readonly NodeId[];
  /**
   * Nodes of parent and child, in the order in which images pass them, whose outputs before BN or softmax the engine
   * brings near to the parent's by least squares (engine/refit.ts). Empty for exact morphisms.
   */
  readonly refits: readonly NodeId[];
}

/** A cell as an operator sees it, with the ids that its nodes have inside it. */
export interface CellPlaces {
  readonly ids: readonly NodeId[];
  readonly blocks: readonly NodeId[];
  readonly merges: readonly NodeId[];
  /** What the cell reads. */
  readonly input: NodeId;
  /** Whether two places have as many channels as each other, in every occurrence of the cell. */
  readonly sameChannels: (a: NodeId, b: NodeId) => boolean;
}

/**
 * One kind of morphism `M`; `Facts` are what its sentence needs. Everything that core and engine know of an operator
 * stands in its file. Its laws are tested for all in test/support/morphism-laws.ts.
 */
export interface Operator<M extends { readonly operator: string }, Facts extends object> {
  readonly kind: M['operator'];
  /** exact: N(x) = (TN)(x) for every x, in inference mode. approximate: after distillation only. */
  readonly exactness: 'exact' | 'approximate';
  /** The forms of its JSON; where there are several, their `variant` tells them apart. */
  readonly forms: readonly MorphismForm[];
  /** It changes the number of filters, and with it that of the blocks tied to this one. */
  readonly resizes?: true;
  /** Every legal site, with its free parameters left at their first choice; empty when there is none. */
  sites(architecture: Architecture): readonly M[];
  /** Places in a cell where it might go, legal or not, free parameters at their first choice. */
  cellSites(cell: CellPlaces): readonly M[];
  /** The same site with its free parameters drawn. */
  vary(morphism: M, random: Random): M;
  /** The child and its weight map, or why it is not legal here. Never throws on a bad site. */
  apply(architecture: Architecture, morphism: M): Result<Morphed, string>;
  /** What there is to say about a morphism of this parent; the words are text/morphisms.ts's. */
  facts(architecture: Architecture, morphism: M): Facts;
}
