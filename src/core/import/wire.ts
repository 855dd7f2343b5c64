/** One field of a protocol-buffer message. */
export interface Field {
  readonly number: number;
  /** Of a varint, as a signed 64-bit whole number; else 0. */
  readonly value: number;
  /** Of a fixed-size or length-delimited field: a view of the message; else empty. */
  readonly bytes: Uint8Array;
}

const nothing = new Uint8Array();

/** The number at `at` and where it ends. Throws RangeError where the bytes end first or no number is so long. */
function varint(bytes: Uint8Array, at: number): readonly [value: number, end: number] {
  let low = 0;
  for (let scale = 1, end = at; end < at + 7; scale *= 128) {
    const byte = bytes[end++];
    if (byte === undefined) throw new RangeError('a number runs past the end');
    low += (byte & 127) * scale;
    if (byte < 128) return [low, end];
  }
  let value = BigInt(low);
  for (let shift = 49n, end = at + 7; shift <= 63n; shift += 7n) {
    const byte = bytes[end++];
    if (byte === undefined) throw new RangeError('a number runs past the end');
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return [Number(BigInt.asIntN(64, value)), end];
  }
  throw new RangeError('a number of more than ten bytes');
}

/** The fields of a message in wire format, in their order. Throws RangeError where `bytes` are none. */
export function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const [key, start] = varint(bytes, at);
    const [number, wire] = [Math.floor(key / 8), key % 8];
    if (number < 1) throw new RangeError('a field without a number');
    if (wire === 0) {
      const [value, end] = varint(bytes, start);
      fields.push({ number, value, bytes: nothing });
      at = end;
      continue;
    }
    const [length, from] = wire === 2 ? varint(bytes, start) : [fixedSize(wire), start];
    if (length < 0 || from + length > bytes.length) throw new RangeError('a field runs past the end');
    fields.push({ number, value: 0, bytes: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return fields;
}

function fixedSize(wire: number): number {
  if (wire === 1) return 8;
  if (wire === 5) return 4;
  throw new RangeError(`wire type ${wire} is not used`);
}

/** A repeated whole number: packed, one by one, or both. */
export function integersOf(fields: readonly Field[], number: number): readonly number[] {
  const values: number[] = [];
  for (const field of fields) {
    if (field.number !== number) continue;
    if (field.bytes.length === 0) values.push(field.value);
    for (let at = 0; at < field.bytes.length;) {
      const [value, end] = varint(field.bytes, at);
      values.push(value);
      at = end;
    }
  }
  return values;
}

/** The little-endian bytes of a repeated fixed-size number, one behind the other. */
export function fixedOf(fields: readonly Field[], number: number): Uint8Array {
  const parts = fields.filter((field) => field.number === number).map(({ bytes }) => bytes);
  if (parts.length === 1) return parts[0]!;
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export const messagesOf = (fields: readonly Field[], number: number): readonly Uint8Array[] =>
  fields.filter((field) => field.number === number).map(({ bytes }) => bytes);

export const integerOf = (fields: readonly Field[], number: number, otherwise = 0): number =>
  fields.findLast((field) => field.number === number)?.value ?? otherwise;

/** A string; '' where it is not given. UTF-8 that is broken is read as replacement characters. */
export function textOf(fields: readonly Field[], number: number): string {
  const bytes = fields.findLast((field) => field.number === number)?.bytes;
  return bytes ? utf8Text(bytes) : '';
}

/** UTF-8 as a string: core has no TextDecoder. */
export function utf8Text(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at++]!;
    const more = first < 0x80 ? 0 : first < 0xc0 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let code = more <= 0 ? first : first & (0x3f >> more);
    for (let i = 0; i < more; i++) code = (code << 6) | (bytes[at++]! & 63);
    text += more < 0 || !(code <= 0x10ffff) ? '\ufffd' : String.fromCodePoint(code);
  }
  return text;
}
