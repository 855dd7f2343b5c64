import type { LabelledArray } from './arrays.ts';
import { partOfName } from './arrays.ts';

const [comma, newline, carriage, zero, nine, minus, quote] = [44, 10, 13, 48, 57, 45, 34] as const;

/** Why a table holds no labelled images. */
export type CsvProblem = 'no-labels' | 'not-square' | 'not-pixels';

/** Which column holds the label, of names as published (Kaggle: label, pixel0, ...); -1 where none says so. */
const labelColumn = (names: readonly string[]) =>
  names.findIndex((name) => ['label', 'class', 'target', 'y', 'digit'].includes(name.toLowerCase()));

function shapeOf(pixels: number): readonly [number, 1 | 3] | null {
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(pixels / channels);
    if (Number.isInteger(side) && side >= 4) return [side, channels];
  }
  return null;
}

/**
 * A table of pixels, one image a line: a label and side * side (or that times three) whole numbers of 0 to 255, with
 * or without a line of names. Without names the label comes first. Fails where a line is of another length, a value is
 * no pixel, or there is no label.
 */
export function readPixelCsv(path: string, bytes: Uint8Array): LabelledArray | CsvProblem {
  const end = bytes.indexOf(newline);
  const head = new TextDecoder()
    .decode(bytes.subarray(0, end < 0 ? bytes.length : end))
    .trim()
    .split(',')
    .map((name) => name.replaceAll('"', '').trim());
  const named = head.some((name) => name !== '' && Number.isNaN(Number(name)));
  const columns = head.length;
  const at = named ? labelColumn(head) : shapeOf(columns - 1) ? 0 : -1;
  if (at < 0) return shapeOf(columns) ? 'no-labels' : 'not-pixels';
  const shape = shapeOf(columns - 1);
  if (!shape) return 'not-square';
  const [side, channels] = shape;
  const labels: number[] = [];
  const pixels: Uint8Array[] = [];
  let [row, column, value, digits] = [new Uint8Array(columns - 1), 0, 0, 0];
  for (let i = named ? (end < 0 ? bytes.length : end + 1) : 0; i <= bytes.length; i++) {
    const byte = i < bytes.length ? bytes[i]! : newline;
    if (byte >= zero && byte <= nine) {
      value = value * 10 + byte - zero;
      digits++;
    } else if (byte === comma || byte === newline) {
      if (byte === newline && column === 0 && digits === 0) continue;
      if (digits === 0 || value > 255) return 'not-pixels';
      if (column === at) labels.push(value);
      else row[column < at ? column : column - 1] = value;
      [value, digits] = [0, 0];
      column++;
      if (byte === newline) {
        if (column !== columns) return 'not-pixels';
        pixels.push(row);
        row = new Uint8Array(columns - 1);
        column = 0;
      } else if (column === columns) return 'not-pixels';
    } else if (byte === minus || (byte !== carriage && byte !== quote && byte !== 32)) return 'not-pixels';
  }
  if (labels.length === 0) return 'not-pixels';
  const all = new Uint8Array(pixels.length * (columns - 1));
  pixels.forEach((one, i) => all.set(one, i * (columns - 1)));
  const part = partOfName(path);
  return { path, part, labels, count: labels.length, height: side, width: side, channels, pixels: all };
}
