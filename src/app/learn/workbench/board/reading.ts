import { texts } from '../../../text/texts.ts';
import { keyOf } from './frames.ts';
import type { CellPlace, Group } from './board.ts';
import type { Motion } from './timeline.ts';

const nameOf = (tensor: string): string =>
  (texts.workbench.tensors as Readonly<Record<string, string>>)[tensor] ?? tensor;

/** Where a number stands, in words: "block 2, filter 1, channel 3, row 1, column 2". */
export function placeText(group: Group, key: string, classes: readonly string[]): string {
  const at = group.cells.findIndex((cell) => keyOf(group, cell) === key);
  const cell = group.cells[at]!;
  const { place } = texts.workbench;
  const side = Math.sqrt(group.cells.length);
  const tap = side > 1 ? place.tap(Math.floor(at / side) + 1, (at % side) + 1) : '';
  switch (group.kind) {
    case 'lambda':
      return place.lambda;
    case 'norm':
      return place.norm(group.node, group.output + 1, nameOf(cell.tensor));
    case 'bias':
      return place.bias(classes[cell.index] ?? '');
    case 'dense':
      return place.dense(group.input + 1, classes[cell.index % classes.length] ?? '');
    case 'depthwise':
      return place.depthwise(group.node, group.input + 1) + tap;
    case 'kernel':
    case 'pointwise':
      return place.kernel(group.node, group.output + 1, group.input + 1) + tap;
  }
}

/** What is read of a number: where it stands, its value, where it comes from. */
export const readingOf = (where: string, value: number, { kind }: Motion): string =>
  texts.workbench.cell(where, String(Number(value.toPrecision(3))), texts.workbench.origins[kind]);

const centre = ({ x, y, width, height }: CellPlace) => ({ x: x + width / 2, y: y + height / 2 });

/** The number that lies next to `from` in the direction of an arrow key; null at the edge. */
export function neighbour(motions: readonly Motion[], from: Motion, dx: number, dy: number): Motion | null {
  const own = centre(from.to);
  let best: Motion | null = null;
  let least = Infinity;
  for (const motion of motions) {
    if (motion.kind === 'gone') continue;
    const other = centre(motion.to);
    const along = dx * (other.x - own.x) + dy * (other.y - own.y);
    const aside = Math.abs(dy * (other.x - own.x)) + Math.abs(dx * (other.y - own.y));
    if (along > 1 && along + 3 * aside < least) [best, least] = [motion, along + 3 * aside];
  }
  return best;
}
