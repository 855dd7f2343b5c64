import { fieldsOf, fixedOf, integerOf, integersOf, messagesOf, textOf } from './wire.ts';

/** Values in row-major order: what networks compute with as float32, whole numbers as float64. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
  /** Bits of a whole number, as it was stored; 0 of other numbers. */
  readonly bits: number;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

export const tensor = (shape: readonly number[], values: Float32Array): Tensor => ({
  ...{ shape, values },
  bits: 0,
});

export const integers = (values: readonly number[], shape: readonly number[] = [values.length]): Tensor => ({
  ...{ shape, values: Float64Array.from(values) },
  bits: 64,
});

/** IEEE 754 half precision. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

interface NumberType {
  readonly bytes: number;
  readonly bits: number;
  readonly read: (view: DataView, at: number) => number;
}

/** TensorProto.DataType; field 5 holds small numbers as int32, of float16 its bits. */
const types: Readonly<Record<number, NumberType>> = {
  1: { bytes: 4, bits: 0, read: (view, at) => view.getFloat32(at, true) },
  2: { bytes: 1, bits: 8, read: (view, at) => view.getUint8(at) },
  3: { bytes: 1, bits: 8, read: (view, at) => view.getInt8(at) },
  4: { bytes: 2, bits: 16, read: (view, at) => view.getUint16(at, true) },
  5: { bytes: 2, bits: 16, read: (view, at) => view.getInt16(at, true) },
  6: { bytes: 4, bits: 32, read: (view, at) => view.getInt32(at, true) },
  7: { bytes: 8, bits: 64, read: (view, at) => Number(view.getBigInt64(at, true)) },
  9: { bytes: 1, bits: 1, read: (view, at) => view.getUint8(at) },
  10: { bytes: 2, bits: 0, read: (view, at) => half(view.getUint16(at, true)) },
  11: { bytes: 8, bits: 0, read: (view, at) => view.getFloat64(at, true) },
  12: { bytes: 4, bits: 32, read: (view, at) => view.getUint32(at, true) },
  13: { bytes: 8, bits: 64, read: (view, at) => Number(view.getBigUint64(at, true)) },
};

export interface ReadTensor {
  readonly name: string;
  /** Null where it lies elsewhere or its numbers are of a type that is not read. */
  readonly tensor: Tensor | null;
  /** The file in which its numbers lie; null where they are here. */
  readonly elsewhere: string | null;
  readonly type: number;
}

/** A TensorProto. Throws RangeError where numbers and shape do not fit. */
export function readTensor(bytes: Uint8Array): ReadTensor {
  const fields = fieldsOf(bytes);
  const name = textOf(fields, 8);
  const type = integerOf(fields, 2);
  if (integerOf(fields, 14) === 1) {
    const entries = messagesOf(fields, 13).map(fieldsOf);
    const location = entries.find((entry) => textOf(entry, 1) === 'location');
    return { name, tensor: null, elsewhere: location ? textOf(location, 2) : '', type };
  }
  const known = types[type];
  if (!known) return { name, tensor: null, elsewhere: null, type };
  const shape = integersOf(fields, 1);
  const count = sizeOf(shape);
  const raw = fixedOf(fields, 9);
  const listed = listedOf(fields, type);
  if ((raw.length > 0 ? raw.length / known.bytes : listed.length) !== count)
    throw new RangeError(`${name} does not fit its shape`);
  const values = known.bits === 0 ? new Float32Array(count) : new Float64Array(count);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  for (let i = 0; i < count; i++) values[i] = raw.length > 0 ? known.read(view, i * known.bytes) : listed[i]!;
  return { name, tensor: { shape, values, bits: known.bits }, elsewhere: null, type };
}

/** Numbers in the fields of their type, where they are not given as raw bytes. */
function listedOf(fields: ReturnType<typeof fieldsOf>, type: number): ArrayLike<number> {
  const fixed = (field: number) => {
    const bytes = fixedOf(fields, field);
    const { bytes: size, read } = types[type]!;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, i * size));
  };
  if (type === 1) return fixed(4);
  if (type === 11) return fixed(10);
  if (type === 7) return integersOf(fields, 7);
  if (type === 12 || type === 13) return integersOf(fields, 11);
  const small = integersOf(fields, 5);
  return type === 10 ? small.map(half) : small;
}
