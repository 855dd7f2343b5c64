import type {
  Dispatch,
  FixedName,
  Operand,
  Reduction,
  View,
} from '../../../../src/engine/webgpu/kernels/kernel.ts';
import { Gpu } from '../../../../src/engine/webgpu/gpu.ts';
import { seeded } from '../../../../src/core/random.ts';

export type Contents = ReadonlyMap<FixedName | number, Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>;

const keyOf = (operand: Operand): FixedName | number => (typeof operand === 'string' ? operand : operand.id);

/** Runs one dispatch over buffers of its own; resolves with what its operands hold afterwards, by name or tensor id. */
export async function runDispatch(
  gpu: Gpu,
  { kernel, sizes, operands, workgroups }: Dispatch,
  contents: Contents,
): Promise<Map<FixedName | number, Float32Array<ArrayBuffer>>> {
  const errors = gpu.errorCount;
  const { pipeline, layout } = await gpu.compiled(kernel);
  const buffers = new Map<FixedName | number, GPUBuffer>();
  for (const operand of operands) {
    const content = contents.get(keyOf(operand)) ?? (typeof operand === 'string' ? 64 : 4 * operand.floats);
    if (!buffers.has(keyOf(operand))) buffers.set(keyOf(operand), gpu.storage(kernel.name, content));
  }
  const uniform = gpu.buffer('sizes', 256, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
  gpu.device.queue.writeBuffer(
    uniform,
    0,
    Uint32Array.from(kernel.fields, (field) => sizes[field]!),
  );
  const entries = [uniform, ...operands.map((operand) => buffers.get(keyOf(operand))!)];
  const encoder = gpu.device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    gpu.device.createBindGroup({
      layout,
      entries: entries.map((buffer, binding) => ({ binding, resource: { buffer } })),
    }),
  );
  pass.dispatchWorkgroups(...workgroups);
  pass.end();
  gpu.device.queue.submit([encoder.finish()]);
  const results = new Map<FixedName | number, Float32Array<ArrayBuffer>>();
  for (const [key, buffer] of buffers) {
    results.set(key, new Float32Array(await gpu.read(buffer, buffer.size)));
    gpu.free(buffer);
  }
  gpu.free(uniform);
  const failure = gpu.failureSince(errors);
  if (failure !== null) throw new Error(JSON.stringify(failure));
  return results;
}

/** Random numbers, the same for the same name. */
export function randomNumbers(name: string, length: number): Float32Array<ArrayBuffer> {
  const random = seeded(name);
  return Float32Array.from({ length }, () => random.normal());
}

/** Every kernel that adds up is tested in both ways. */
export const reductions: readonly Reduction[] = ['shared', 'serial'];

let ids = 0;

/** A view of `channels` channels from `offset` in rows of `stride` numbers. */
export function view(rows: number, channels: number, stride = channels, offset = 0): View {
  const id = ids++;
  return { tensor: { id, label: `t${id}`, floats: rows * stride }, stride, offset, channels };
}

/** The number of row `row`, channel `channel` of a view. */
export const at = (data: Float32Array, { stride, offset }: View, row: number, channel: number): number =>
  data[row * stride + offset + channel]!;

/** Largest difference, relative to 1 + |expected|. */
export function worst(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / (1 + Math.abs(expected[i]!));
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  }
  return largest;
}

export async function openGpu(): Promise<Gpu> {
  const opened = await Gpu.open();
  if (!opened.ok) throw new Error(JSON.stringify(opened.reason));
  return opened.value;
}
