import { fail, ok, type Result } from '../result.ts';
import type { ImportProblem } from './import-problem.ts';
import { readTensor, type Tensor } from './onnx-tensor.ts';
import { fieldsOf, fixedOf, integerOf, integersOf, messagesOf, textOf, utf8Text } from './wire.ts';

/** An attribute of an operator, as far as operators here have any. */
export interface OnnxAttribute {
  readonly float: number;
  readonly integer: number;
  readonly text: string;
  readonly floats: readonly number[];
  readonly integers: readonly number[];
  readonly tensor: Tensor | null;
}

export interface OnnxNode {
  readonly type: string;
  /** '' for ONNX's own operators. */
  readonly domain: string;
  /** Names of values; '' for one left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** What goes in or comes out. */
export interface OnnxPort {
  readonly name: string;
  /** TensorProto.DataType: 1 float32, 2 uint8, 11 float64. */
  readonly type: number;
  /** Null where a size is a name or not given; null for all where no shape is given. */
  readonly shape: readonly (number | null)[] | null;
}

/** An ONNX file, read. */
export interface OnnxModel {
  /** Version of ONNX's own operators. */
  readonly operatorSet: number;
  readonly producer: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, Tensor>;
  /** Those that are no constants. */
  readonly inputs: readonly OnnxPort[];
  readonly outputs: readonly OnnxPort[];
}

/** Numbers below are field numbers of onnx.proto (ONNX 1.23). */
function readAttribute(bytes: Uint8Array): readonly [string, OnnxAttribute] {
  const fields = fieldsOf(bytes);
  const floats = fixedOf(fields, 7);
  const single = fixedOf(fields, 2);
  const tensor = messagesOf(fields, 5)[0];
  const floatAt = (from: Uint8Array, i: number) =>
    new DataView(from.buffer, from.byteOffset).getFloat32(4 * i, true);
  return [
    textOf(fields, 1),
    {
      float: single.length === 4 ? floatAt(single, 0) : 0,
      integer: integerOf(fields, 3),
      text: textOf(fields, 4),
      floats: Array.from({ length: floats.length >> 2 }, (_, i) => floatAt(floats, i)),
      integers: integersOf(fields, 8),
      tensor: tensor ? readTensor(tensor).tensor : null,
    },
  ];
}

function readNode(bytes: Uint8Array): OnnxNode {
  const fields = fieldsOf(bytes);
  const domain = textOf(fields, 7);
  return {
    type: textOf(fields, 4),
    domain: domain === 'ai.onnx' ? '' : domain,
    inputs: messagesOf(fields, 1).map(utf8Text),
    outputs: messagesOf(fields, 2).map(utf8Text),
    attributes: new Map(messagesOf(fields, 5).map(readAttribute)),
  };
}

function readPort(bytes: Uint8Array): OnnxPort {
  const fields = fieldsOf(bytes);
  const type = fieldsOf(messagesOf(fields, 2)[0] ?? new Uint8Array());
  const tensor = fieldsOf(messagesOf(type, 1)[0] ?? new Uint8Array());
  const shape = messagesOf(tensor, 2)[0];
  const sizeOf = (dimension: Uint8Array) => {
    const size = integerOf(fieldsOf(dimension), 1);
    return size > 0 ? size : null;
  };
  return {
    name: textOf(fields, 1),
    type: integerOf(tensor, 1),
    shape: shape ? messagesOf(fieldsOf(shape), 1).map(sizeOf) : null,
  };
}

/** A node whose output is a constant that it carries. */
const constantOf = ({ type, domain, outputs, attributes }: OnnxNode): readonly [string, Tensor] | null => {
  const tensor = attributes.get('value')?.tensor;
  return type === 'Constant' && domain === '' && tensor ? [outputs[0] ?? '', tensor] : null;
};

/** Reads an ONNX file. Problems: not ONNX, weights in another file, numbers of a type that is not read. */
export function readOnnxModel(bytes: Uint8Array): Result<OnnxModel, ImportProblem> {
  try {
    const fields = fieldsOf(bytes);
    const graph = messagesOf(fields, 7)[0];
    if (!graph || integerOf(fields, 1) < 1) return fail({ code: 'not-onnx' });
    const parts = fieldsOf(graph);
    const constants = new Map<string, Tensor>();
    for (const message of messagesOf(parts, 5)) {
      const { name, tensor, elsewhere, type } = readTensor(message);
      if (elsewhere !== null) return fail({ code: 'external-data', path: elsewhere });
      if (!tensor) return fail({ code: 'number-type', type });
      constants.set(name, tensor);
    }
    const nodes: OnnxNode[] = [];
    for (const node of messagesOf(parts, 1).map(readNode)) {
      const constant = constantOf(node);
      if (constant) constants.set(...constant);
      else nodes.push(node);
    }
    if (nodes.length === 0) return fail({ code: 'not-onnx' });
    const sets = messagesOf(fields, 8).map(fieldsOf);
    const own = sets.find((set) => ['', 'ai.onnx'].includes(textOf(set, 1)));
    const entries = messagesOf(fields, 14).map(fieldsOf);
    return ok({
      operatorSet: own ? integerOf(own, 2) : 1,
      producer: textOf(fields, 2),
      metadata: new Map(entries.map((entry) => [textOf(entry, 1), textOf(entry, 2)] as const)),
      nodes,
      constants,
      inputs: messagesOf(parts, 11)
        .map(readPort)
        .filter(({ name }) => !constants.has(name)),
      outputs: messagesOf(parts, 12).map(readPort),
    });
  } catch (error) {
    if (error instanceof RangeError) return fail({ code: 'not-onnx' });
    throw error;
  }
}
