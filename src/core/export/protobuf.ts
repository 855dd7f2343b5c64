import { joinBytes, utf8 } from './portable.ts';

/** Protocol-buffer wire format, as much of it as ONNX needs. Each function gives one whole field. */

/** Base-128 varint of a whole number >= 0. */
function varint(value: number): number[] {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a varint: ${value}`);
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

const tag = (field: number, wire: 0 | 2 | 5) => varint(field * 8 + wire);

/** int64, int32 or enum field. */
export const integerField = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...tag(field, 0), ...varint(value)]);

/** float field. */
export function floatField(field: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return joinBytes([Uint8Array.from(tag(field, 5)), bytes]);
}

/** bytes field, or an embedded message given by its encoded fields. */
export function bytesField(field: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return joinBytes([Uint8Array.from([...tag(field, 2), ...varint(length)]), ...parts]);
}

/** string field. */
export const textField = (field: number, text: string): Uint8Array => bytesField(field, utf8(text));
