import type { Gpu } from '../../src/engine/webgpu/gpu.ts';
import type { PassTimer } from './pass-timer.ts';

/** What a device can do at most, measured on it. */
export interface Ceilings {
  /** Bytes read and written per second by a plain copy. */
  readonly bytesPerSecond: number;
  /** Multiply-adds of float32 per second, of independent chains in registers. */
  readonly multiplyAddsPerSecond: number;
  /** Seconds of a dispatch that does nothing to speak of, in a sequence of its like. */
  readonly dispatchSeconds: number;
}

const copySource = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let width = groups.x * 256u;
  for (var i = id.x; i < arrayLength(&source); i += width) { result[i] = source[i]; }
}`;

const chains = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const rounds = 256;
const multiplyAddsPerThread = 4 * chains.length * rounds;

/** The factor and the term come from memory, so that no compiler knows them. */
const multiplyAddSource = `
@group(0) @binding(0) var<storage, read> source: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> result: array<vec4f>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let factor = source[0];
  let term = source[1];
  ${chains.map((name, i) => `var ${name} = vec4f(f32(id.x + ${i}u));`).join('\n  ')}
  for (var i = 0u; i < ${rounds}u; i++) {
    ${chains.map((name) => `${name} = ${name} * factor + term;`).join('\n    ')}
  }
  result[id.x] = ${chains.join(' + ')};
}`;

/** Measures the ceilings; small sizes on an emulated GPU. */
export async function measureCeilings(gpu: Gpu, timer: PassTimer, isSoftware: boolean): Promise<Ceilings> {
  const { device } = gpu;
  const bytes = isSoftware ? 4 << 20 : 128 << 20;
  const source = gpu.storage('source', bytes);
  const result = gpu.storage('result', bytes);
  device.queue.writeBuffer(source, 0, new Float32Array([0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1]));
  const prepare = async (code: string) => {
    const module = device.createShaderModule({ code });
    const pipeline = await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
    const layout = pipeline.getBindGroupLayout(0);
    const bindings = (size: number) =>
      device.createBindGroup({
        layout,
        entries: [source, result].map((buffer, binding) => ({ binding, resource: { buffer, size } })),
      });
    return (size: number, groups: number) => {
      const group = bindings(size);
      return (pass: GPUComputePassEncoder) => {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(groups);
      };
    };
  };
  try {
    const [copy, multiplyAdd] = [await prepare(copySource), await prepare(multiplyAddSource)];
    const groups = isSoftware ? 16 : 8192;
    const [copying, multiplying, nothing] = await timer.seconds([
      copy(bytes, isSoftware ? 64 : 4096),
      multiplyAdd(bytes, groups),
      copy(16, 1),
    ]);
    return {
      bytesPerSecond: (2 * bytes) / copying!,
      multiplyAddsPerSecond: (256 * groups * multiplyAddsPerThread) / multiplying!,
      dispatchSeconds: nothing!,
    };
  } finally {
    gpu.free(source);
    gpu.free(result);
  }
}
