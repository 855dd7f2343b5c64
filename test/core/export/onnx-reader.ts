/** A slow, independent reader and interpreter of the few ONNX operators that are written: the oracle of onnx.ts. */
export interface Value {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

type Field = {
  readonly field: number;
  readonly wire: number;
  readonly value: number;
  readonly bytes: Uint8Array;
};

function fields(bytes: Uint8Array): Field[] {
  const list: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const [field, wire] = [key >> 3, key & 7];
    if (wire === 0) list.push({ field, wire, value: varint(), bytes: new Uint8Array() });
    else {
      const length = wire === 5 ? 4 : varint();
      list.push({ field, wire, value: 0, bytes: bytes.slice(at, at + length) });
      at += length;
    }
  }
  if (at !== bytes.length) throw new Error('a field runs past its message');
  return list;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const all = (list: readonly Field[], field: number) => list.filter((entry) => entry.field === field);
const one = (list: readonly Field[], field: number) => all(list, field)[0];
const nameOf = (list: readonly Field[], field: number) => text(one(list, field)!.bytes);

interface Operation {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: ReadonlyMap<string, readonly number[]>;
}

function operation(bytes: Uint8Array): Operation {
  const list = fields(bytes);
  const attributes = all(list, 5).map((entry) => {
    const parts = fields(entry.bytes);
    const float = one(parts, 2);
    const numbers = float
      ? [new DataView(float.bytes.buffer).getFloat32(0, true)]
      : [...all(parts, 3), ...all(parts, 8)].map((part) => part.value);
    const type = one(parts, 20)!.value;
    if (type !== (float ? 1 : one(parts, 3) ? 2 : 7)) throw new Error('attribute type does not fit');
    return [nameOf(parts, 1), numbers] as const;
  });
  return {
    type: nameOf(list, 4),
    inputs: all(list, 1).map((entry) => text(entry.bytes)),
    output: nameOf(list, 2),
    attributes: new Map(attributes),
  };
}

function constant(bytes: Uint8Array): readonly [string, Value] {
  const list = fields(bytes);
  if (one(list, 2)!.value !== 1) throw new Error('not float32');
  const shape = all(list, 1).map((entry) => entry.value);
  const raw = one(list, 9)!.bytes;
  const values = new Float64Array(new Float32Array(raw.buffer));
  if (values.length !== shape.reduce((a, b) => a * b, 1)) throw new Error('shape and data differ');
  return [nameOf(list, 8), { shape, values }];
}

function conv(x: Value, kernel: Value, bias: Value | undefined, group: number, pad: number): Value {
  const [n, , h, w] = x.shape as [number, number, number, number];
  const [out, inputs, size] = kernel.shape as [number, number, number];
  const values = new Float64Array(n * out * h * w);
  for (let b = 0; b < n; b++)
    for (let o = 0; o < out; o++)
      for (let i = 0; i < h; i++)
        for (let j = 0; j < w; j++) {
          let sum = bias?.values[o] ?? 0;
          const first = Math.floor(o / (out / group)) * inputs;
          for (let c = 0; c < inputs; c++)
            for (let di = 0; di < size; di++)
              for (let dj = 0; dj < size; dj++) {
                const [y, z] = [i + di - pad, j + dj - pad];
                if (y < 0 || z < 0 || y >= h || z >= w) continue;
                sum +=
                  x.values[((b * x.shape[1]! + first + c) * h + y) * w + z]! *
                  kernel.values[((o * inputs + c) * size + di) * size + dj]!;
              }
          values[((b * out + o) * h + i) * w + j] = sum;
        }
  return { shape: [n, out, h, w], values };
}

function maxPool(x: Value): Value {
  const [n, c, h, w] = x.shape as [number, number, number, number];
  const [oh, ow] = [Math.floor(h / 2), Math.floor(w / 2)];
  const values = new Float64Array(n * c * oh * ow).map((_, index) => {
    const [j, i, plane] = [index % ow, Math.floor(index / ow) % oh, Math.floor(index / (ow * oh))];
    const at = (a: number, b: number) => x.values[(plane * h + 2 * i + a) * w + 2 * j + b]!;
    return Math.max(at(0, 0), at(0, 1), at(1, 0), at(1, 1));
  });
  return { shape: [n, c, oh, ow], values };
}

/** Elementwise with a right operand that is a scalar, a [1, channels, 1, 1], or of the same shape. */
function elementwise(a: Value, b: Value, f: (a: number, b: number) => number): Value {
  const [, channels = 1, h = 1, w = 1] = a.shape;
  const pick = (i: number) =>
    b.values.length === a.values.length ? i : b.values.length === 1 ? 0 : Math.floor(i / (h * w)) % channels;
  return { shape: a.shape, values: a.values.map((value, i) => f(value, b.values[pick(i)]!)) };
}

function evaluate({ type, attributes }: Operation, inputs: readonly Value[]): Value {
  const x = inputs[0]!;
  const [n = 1, channels = 1, h = 1, w = 1] = x.shape;
  switch (type) {
    case 'Conv':
      return conv(x, inputs[1]!, inputs[2], attributes.get('group')![0]!, attributes.get('pads')![0]!);
    case 'BatchNormalization': {
      const epsilon = attributes.get('epsilon')![0]!;
      const [gamma, beta, mean, variance] = inputs.slice(1).map((value) => value.values) as Float64Array[];
      const values = x.values.map((value, i) => {
        const c = Math.floor(i / (h * w)) % channels;
        return (gamma![c]! * (value - mean![c]!)) / Math.sqrt(variance![c]! + epsilon) + beta![c]!;
      });
      return { shape: x.shape, values };
    }
    case 'Relu':
      return { shape: x.shape, values: x.values.map((value) => Math.max(0, value)) };
    case 'MaxPool':
      return maxPool(x);
    case 'Mul':
      return elementwise(x, inputs[1]!, (a, b) => a * b);
    case 'Add':
      return elementwise(x, inputs[1]!, (a, b) => a + b);
    case 'Concat': {
      const parts: number[] = [];
      for (let b = 0; b < n; b++)
        for (const { shape, values } of inputs) {
          const each = shape[1]! * h * w;
          parts.push(...values.subarray(b * each, (b + 1) * each));
        }
      const total = inputs.reduce((sum, { shape }) => sum + shape[1]!, 0);
      return { shape: [n, total, h, w], values: Float64Array.from(parts) };
    }
    case 'GlobalAveragePool': {
      const values = new Float64Array(n * channels).map(
        (_, i) => x.values.subarray(i * h * w, (i + 1) * h * w).reduce((a, b) => a + b, 0) / (h * w),
      );
      return { shape: [n, channels, 1, 1], values };
    }
    case 'Flatten':
      return { shape: [n, x.values.length / n], values: x.values };
    case 'Gemm': {
      if (attributes.get('transB')![0] !== 1) throw new Error('OpenCV reads Gemm with transB only');
      const [columns, rows] = inputs[1]!.shape as [number, number];
      const values = new Float64Array(n * columns).map((_, i) => {
        let sum = inputs[2]!.values[i % columns]!;
        for (let r = 0; r < rows; r++)
          sum += x.values[Math.floor(i / columns) * rows + r]! * inputs[1]!.values[(i % columns) * rows + r]!;
        return sum;
      });
      return { shape: [n, columns], values };
    }
    case 'Softmax': {
      const powers = x.values.map((value) => Math.exp(value));
      const sum = (row: number) =>
        powers.subarray(row * channels, (row + 1) * channels).reduce((a, b) => a + b, 0);
      return { shape: x.shape, values: powers.map((value, i) => value / sum(Math.floor(i / channels))) };
    }
    default:
      throw new Error(`no operator ${type}`);
  }
}

/** Decodes a model; `run` interprets it on images [n, channels, height, width]. Throws on anything dangling. */
export function readOnnx(bytes: Uint8Array) {
  const model = fields(bytes);
  const graph = fields(one(model, 7)!.bytes);
  const operations = all(graph, 1).map((entry) => operation(entry.bytes));
  const names = (field: number) => all(graph, field).map((entry) => nameOf(fields(entry.bytes), 1));
  return {
    irVersion: one(model, 1)!.value,
    opset: one(fields(one(model, 8)!.bytes), 2)!.value,
    inputs: names(11),
    outputs: names(12),
    docString: nameOf(model, 6),
    metadata: new Map(
      all(model, 14).map(
        (entry) => [nameOf(fields(entry.bytes), 1), nameOf(fields(entry.bytes), 2)] as const,
      ),
    ),
    operations,
    run(images: Value): ReadonlyMap<string, Value> {
      const values = new Map<string, Value>(all(graph, 5).map((entry) => constant(entry.bytes)));
      values.set('images', images);
      for (const step of operations) {
        const inputs = step.inputs.map((name) => {
          const value = values.get(name);
          if (!value) throw new Error(`${step.type} reads ${name}, which nothing gives`);
          return value;
        });
        if (values.has(step.output)) throw new Error(`${step.output} is written twice`);
        values.set(step.output, evaluate(step, inputs));
      }
      return values;
    },
  };
}
