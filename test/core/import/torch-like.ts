import { float32Bytes, joinBytes } from '../../../src/core/export/portable.ts';
import { bytesField, floatField, integerField, textField } from '../../../src/core/export/protobuf.ts';

/** Writes ONNX files as other programs do: field numbers are those of onnx.proto. */

type AttributeValue = number | readonly number[] | { readonly float: number } | { readonly text: string };

export interface Written {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
  readonly domain?: string;
}

/** Little-endian int64. */
export function int64Bytes(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
  return bytes;
}

const bytesIn = (field: number, bytes: Uint8Array) => bytesField(field, bytes);

/** A whole number of any sign; a negative one is a varint of ten bytes. */
function signedField(field: number, value: number): Uint8Array {
  if (value >= 0) return integerField(field, value);
  const bytes = Array.from({ length: 10 }, (_, i) => {
    const part = Number((BigInt.asUintN(64, BigInt(value)) >> BigInt(7 * i)) & 127n);
    return i < 9 ? part | 128 : part;
  });
  return Uint8Array.from([8 * field, ...bytes]);
}

function attribute(name: string, value: AttributeValue): Uint8Array {
  if (typeof value === 'number')
    return bytesField(5, textField(1, name), signedField(3, value), integerField(20, 2));
  if ('float' in value)
    return bytesField(5, textField(1, name), floatField(2, value.float), integerField(20, 1));
  if ('text' in value)
    return bytesField(5, textField(1, name), textField(4, value.text), integerField(20, 3));
  // PyTorch packs no list of an attribute, other writers do: here they are packed.
  const packed = joinBytes(value.map((one) => signedField(1, one).subarray(1)));
  return bytesField(5, textField(1, name), bytesIn(8, packed), integerField(20, 7));
}

const node = ({ type, inputs, output, attributes = {}, domain = '' }: Written) =>
  bytesField(
    1,
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(4, type),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    ...(domain ? [textField(7, domain)] : []),
  );

export interface WrittenTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly floats?: Float32Array;
  readonly integers?: readonly number[];
  /** Lies in this file instead. */
  readonly elsewhere?: string;
}

const initializer = ({ name, shape, floats, integers, elsewhere }: WrittenTensor) =>
  bytesField(
    5,
    ...shape.map((size) => integerField(1, size)),
    integerField(2, integers ? 7 : 1),
    textField(8, name),
    ...(elsewhere === undefined
      ? [bytesIn(9, floats ? float32Bytes(floats) : int64Bytes(integers ?? []))]
      : [bytesField(13, textField(1, 'location'), textField(2, elsewhere)), integerField(14, 1)]),
  );

const port = (field: number, name: string, shape: readonly (number | string)[], type = 1) =>
  bytesField(
    field,
    textField(1, name),
    bytesField(
      2,
      bytesField(
        1,
        integerField(1, type),
        bytesField(
          2,
          ...shape.map((size) =>
            bytesField(1, typeof size === 'number' ? integerField(1, size) : textField(2, size)),
          ),
        ),
      ),
    ),
  );

export interface WrittenModel {
  readonly nodes: readonly Written[];
  readonly constants: readonly WrittenTensor[];
  readonly input: readonly (number | string)[];
  readonly inputType?: number;
  readonly output: readonly (number | string)[];
  readonly operatorSet?: number;
}

/** A model whose input is `input` and whose output is `output`. */
export const writeModel = (model: WrittenModel): Uint8Array<ArrayBuffer> =>
  joinBytes([
    integerField(1, 8),
    textField(2, 'pytorch'),
    bytesField(
      7,
      ...model.nodes.map(node),
      textField(2, 'main_graph'),
      ...model.constants.map(initializer),
      port(11, 'input', model.input, model.inputType),
      port(12, 'output', model.output),
    ),
    bytesField(8, integerField(2, model.operatorSet ?? 17)),
  ]);
