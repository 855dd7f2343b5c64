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

export const operatorOfLetter = (letter: string): OperatorKind | undefined =>
  operatorKinds.find((kind) => letters[kind] === letter.toUpperCase());
