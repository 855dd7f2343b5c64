import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import { operatorKinds } from '../../charts/geometry/glyphs.ts';

/** The key that opens an operator. */
export const letters: Readonly<Record<OperatorKind, string>> = {
  deepen: 'D',
  widen: 'W',
  skip: 'K',
  remove: 'R',
  prune: 'P',
  separate: 'S',
};

/** Operators in a result that is pasted elsewhere: what was done, not where. */
export const symbols: Readonly<Record<OperatorKind, string>> = {
  deepen: '▼',
  widen: '◆',
  skip: '⌒',
  remove: '✕',
  prune: '⧗',
  separate: '▮▮',
};

export const operatorOfLetter = (letter: string): OperatorKind | undefined =>
  operatorKinds.find((kind) => letters[kind] === letter.toUpperCase());
