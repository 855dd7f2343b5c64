import { deepen } from './deepen.ts';
import type { Operator } from './operator.ts';
import { prune } from './prune.ts';
import { remove } from './remove.ts';
import { separate } from './separate.ts';
import { skip } from './skip.ts';
import { widen } from './widen.ts';

/** The six operators of LEMONADE; the only list. Adding one is its file and its line here. */
export const operators = { deepen, widen, skip, remove, prune, separate } as const;

export type OperatorKind = keyof typeof operators;
export const operatorKinds = Object.keys(operators) as readonly OperatorKind[];

type PartsOf<K extends OperatorKind> =
  (typeof operators)[K] extends Operator<infer M, infer Facts>
    ? { readonly morphism: M; readonly facts: Facts }
    : never;

/** A change of architecture as a value: plain JSON, enough to make the same child again from the same parent. */
export type MorphismOf<K extends OperatorKind> = { [Kind in K]: PartsOf<Kind>['morphism'] }[K];
export type Morphism = MorphismOf<OperatorKind>;

/** What there is to say about a morphism; the page has the words. */
export type MorphismFacts = {
  [K in OperatorKind]: { readonly operator: K } & PartsOf<K>['facts'];
}[OperatorKind];

/** Operators whose children answer as their parents do only after distillation; the only ones that shrink a network. */
export const approximateOperators: readonly OperatorKind[] = operatorKinds.filter(
  (kind) => operators[kind].exactness === 'approximate',
);

/** The operator of `kind`, able to take any morphism of it. */
export const operatorOf = <K extends OperatorKind>(kind: K): Operator<MorphismOf<K>, object> =>
  operators[kind] as unknown as Operator<MorphismOf<K>, object>;
