import { Builder, type Offset } from 'flatbuffers';
import { utf8 } from '../portable.ts';

/** Numbers of TensorFlow Lite's schema (schema.fbs, version 3). */
export const tensorTypes = { float32: 0, int32: 2, uint8: 3, int8: 9 } as const;
export const operatorCodes = {
  ADD: 0,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  DEQUANTIZE: 6,
  FULLY_CONNECTED: 9,
  MAX_POOL_2D: 17,
  MUL: 18,
  SOFTMAX: 25,
  MEAN: 40,
  QUANTIZE: 114,
} as const;
export type OperatorName = keyof typeof operatorCodes;

/** One field of an operator's options, in the schema's order; a null is left at its default. */
type OptionField = readonly ['int8' | 'int32' | 'float32', number] | null;

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: keyof typeof tensorTypes;
  /** Little-endian, for constants. */
  readonly data?: Uint8Array;
  readonly quantisation?: {
    readonly scales: readonly number[];
    readonly zeroPoints: readonly number[];
    /** The axis that several scales belong to. */
    readonly axis: number;
  };
}

export interface TfliteOperator {
  readonly name: OperatorName;
  /** The first version of the operator that takes these types. */
  readonly version: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Which member of the union BuiltinOptions, and its fields; null for none. */
  readonly options: { readonly type: number; readonly fields: readonly OptionField[] } | null;
}

export interface TfliteModel {
  readonly description: string;
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  /** Names of the model's input and output in its signature, and their tensors. */
  readonly input: readonly [name: string, tensor: number];
  readonly output: readonly [name: string, tensor: number];
  /** A text that readers of the file find under this name. */
  readonly metadata: readonly [name: string, text: string];
}

/** Writes tables field by field; a field that is left out has its default. */
class ModelWriter {
  readonly #builder = new Builder(1 << 16);

  text(text: string): Offset {
    return this.#builder.createString(text);
  }

  vector(size: 4 | 8, values: readonly number[], add: (value: number) => void): Offset {
    this.#builder.startVector(size, values.length, size);
    for (const value of values.toReversed()) add(value);
    return this.#builder.endVector();
  }

  integers(values: readonly number[]): Offset {
    return this.vector(4, values, (value) => this.#builder.addInt32(value));
  }

  longs(values: readonly number[]): Offset {
    return this.vector(8, values, (value) => this.#builder.addInt64(BigInt(value)));
  }

  floats(values: readonly number[]): Offset {
    return this.vector(4, values, (value) => this.#builder.addFloat32(value));
  }

  offsets(values: readonly Offset[]): Offset {
    return this.vector(4, values, (value) => this.#builder.addOffset(value));
  }

  /** Bytes that begin at a multiple of 16, as the schema asks for. */
  bytes(values: Uint8Array): Offset {
    this.#builder.startVector(1, values.length, 16);
    for (let i = values.length - 1; i >= 0; i--)
      this.#builder.addInt8(values[i]! > 127 ? values[i]! - 256 : values[i]!);
    return this.#builder.endVector();
  }

  table(...fields: readonly (readonly ['int8' | 'int32' | 'float32' | 'offset', number] | null)[]): Offset {
    const builder = this.#builder;
    builder.startObject(fields.length);
    fields.forEach((field, slot) => {
      if (!field) return;
      const [kind, value] = field;
      if (kind === 'offset') builder.addFieldOffset(slot, value, 0);
      // No default is given: what is written is there, also where it is 0.
      else if (kind === 'float32') builder.addFieldFloat32(slot, value, NaN);
      else if (kind === 'int32') builder.addFieldInt32(slot, value, NaN);
      else builder.addFieldInt8(slot, value, NaN);
    });
    return builder.endObject();
  }

  finish(root: Offset): Uint8Array<ArrayBuffer> {
    this.#builder.finish(root, 'TFL3');
    return new Uint8Array(this.#builder.asUint8Array());
  }
}

const offset = (value: Offset) => ['offset', value] as const;

/** A model of one graph as a .tflite file: FlatBuffers by Google's library, tables by the schema's field numbers. */
export function tfliteFile(model: TfliteModel): Uint8Array<ArrayBuffer> {
  const { tensors, operators } = model;
  const writer = new ModelWriter();
  // Buffer 0 is empty by convention: tensors that are computed name it.
  const buffers: Offset[] = [writer.table()];
  const bufferOf = (data: Uint8Array | undefined) =>
    data ? buffers.push(writer.table(offset(writer.bytes(data)))) - 1 : 0;
  const written = tensors.map(({ name, shape, type, data, quantisation }) => {
    const buffer = bufferOf(data);
    const parameters = quantisation && [
      offset(writer.floats(quantisation.scales)),
      offset(writer.longs(quantisation.zeroPoints)),
    ];
    const quantised = parameters && [
      offset(writer.table(null, null, ...parameters, null, null, ['int32', quantisation.axis])),
    ];
    const fields = [offset(writer.integers(shape)), offset(writer.text(name))] as const;
    return writer.table(
      fields[0],
      ['int8', tensorTypes[type]],
      ['int32', buffer],
      fields[1],
      ...(quantised ?? []),
    );
  });
  const kinds = [...new Map(operators.map(({ name, version }) => [`${name}/${version}`, { name, version }]))];
  const codes = kinds.map(([, { name, version }]) => {
    const code = operatorCodes[name];
    return writer.table(['int8', code], null, ['int32', version], ['int32', code]);
  });
  const steps = operators.map(({ name, version, inputs, outputs, options }) => {
    const index = kinds.findIndex(([key]) => key === `${name}/${version}`);
    const ends = [offset(writer.integers(inputs)), offset(writer.integers(outputs))];
    if (!options) return writer.table(['int32', index], ...ends);
    const chosen = writer.table(...options.fields);
    return writer.table(['int32', index], ...ends, ['int8', options.type], offset(chosen));
  });
  const [input, output] = [model.input, model.output];
  const graph = writer.table(
    offset(writer.offsets(written)),
    offset(writer.integers([input[1]])),
    offset(writer.integers([output[1]])),
    offset(writer.offsets(steps)),
    offset(writer.text('main')),
  );
  const end = ([name, tensor]: readonly [string, number]) =>
    writer.offsets([writer.table(offset(writer.text(name)), ['int32', tensor])]);
  const signature = writer.table(
    offset(end(input)),
    offset(end(output)),
    offset(writer.text('serving_default')),
    null,
    ['int32', 0],
  );
  const metadataBuffer = bufferOf(utf8(model.metadata[1]));
  const metadata = writer.table(offset(writer.text(model.metadata[0])), ['int32', metadataBuffer]);
  return writer.finish(
    writer.table(
      ['int32', 3],
      offset(writer.offsets(codes)),
      offset(writer.offsets([graph])),
      offset(writer.text(model.description)),
      offset(writer.offsets(buffers)),
      null,
      offset(writer.offsets([metadata])),
      offset(writer.offsets([signature])),
    ),
  );
}
