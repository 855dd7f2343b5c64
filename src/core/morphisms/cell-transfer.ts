import type { Architecture, Shape } from '../architecture/types.ts';
import { fail, type Result } from '../result.ts';
import { cellArchitecture, cellOf, occurrencesOf, type Macro } from './cells.ts';

/** What of a macro-architecture is chosen in a transfer; the rest follows from the data set. */
export type MacroChoice = Pick<Macro, 'stages' | 'cellsPerStage' | 'width'>;

/** The macro-architecture that a stacked network has; null in a network of space I. */
export function macroOf(architecture: Architecture): MacroChoice | null {
  const cell = cellOf(architecture);
  if (!cell) return null;
  const occurrences = occurrencesOf(architecture);
  const pools = architecture.nodes.filter(({ kind, id }) => kind === 'maxPool' && !id.includes('/'));
  const stages = pools.length + 1;
  return { stages, cellsPerStage: Math.max(1, Math.round(occurrences.length / stages)), width: cell.width };
}

/** Stages that images of this size can have: each but the first halves them, and 2 pixels are the least to halve. */
export const mostStages = ({ height, width }: Pick<Shape, 'height' | 'width'>): number =>
  1 + Math.floor(Math.log2(Math.max(1, Math.min(height, width))));

/**
 * The cell of `architecture` in another macro-architecture, for images of `shape` with `classes` (paper, section 5: a
 * found cell is stacked more often and wider, or for other data). Nothing is inherited: it is to be trained from
 * scratch. Fails on a network of space I, and where the cell's shapes do not come out even.
 */
export function transferCell(
  architecture: Architecture,
  choice: MacroChoice,
  shape: Shape,
  classes: number,
): Result<Architecture, string> {
  const cell = cellOf(architecture);
  if (!cell) return fail('this network is not made of cells');
  const { height, width, channels } = shape;
  if (choice.stages > mostStages(shape))
    return fail(`images of ${height} × ${width} cannot be halved ${choice.stages - 1} times`);
  return cellArchitecture(cell, { ...choice, shape: { height, width, channels }, classes });
}
