import type { FixedName, Operand } from './kernels/kernel.ts';
import { planArena } from './arena.ts';
import type { Gpu } from './gpu.ts';
import type { Program } from './program.ts';
import type { Scratch } from './scratch.ts';

/** Uniform buffers are bound at multiples of this, the largest alignment a device may ask for. */
const uniformAlignment = 256;

/** Buffers that a plan works on and does not own. */
export type FixedBuffers = Readonly<Partial<Record<FixedName, GPUBuffer>>>;

interface Step {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

/**
 * A program on a device: memory assigned, pipelines and bind groups made once. Running a step only encodes the list.
 * Owns its sizes and, but for a shared scratch, its arena, the gradients and the statistics.
 */
export class Plan {
  readonly program: Program;
  readonly statistics: GPUBuffer;
  private readonly gpu: Gpu;
  private readonly owned: readonly GPUBuffer[];
  private readonly steps: readonly Step[];

  private constructor(
    gpu: Gpu,
    program: Program,
    statistics: GPUBuffer,
    owned: readonly GPUBuffer[],
    steps: readonly Step[],
  ) {
    this.gpu = gpu;
    this.program = program;
    this.statistics = statistics;
    this.owned = owned;
    this.steps = steps;
  }

  /** Waits for pipelines that are still being compiled. Throws where a buffer of the program is missing. */
  static async create(gpu: Gpu, program: Program, fixed: FixedBuffers, scratch?: Scratch): Promise<Plan> {
    const { instructions } = program;
    const compiled = await Promise.all(instructions.map(({ kernel }) => gpu.compiled(kernel)));
    const arena = planArena(instructions);
    const sizes = packSizes(program);
    const uniforms = gpu.buffer('sizes', sizes.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
    gpu.device.queue.writeBuffer(uniforms, 0, sizes);
    const owned = [uniforms];
    const own = (label: string, bytes: number) => {
      const buffer = gpu.storage(label, bytes);
      owned.push(buffer);
      return buffer;
    };
    const take = scratch?.taker() ?? own;
    const slots = arena.sizes.map((floats, i) => take(`arena ${i}`, 4 * floats));
    const gradients = take('gradients', 4 * program.gradientFloats);
    const statistics = take('statistics', 8 * program.statisticPairs);
    const buffers: FixedBuffers = { ...fixed, gradients, statistics };
    const bufferOf = (operand: Operand): GPUBuffer => {
      const buffer =
        typeof operand === 'string' ? buffers[operand] : slots[arena.slots.get(operand.id) ?? -1];
      if (!buffer) throw new Error(`no buffer for ${typeof operand === 'string' ? operand : operand.label}`);
      return buffer;
    };
    const steps = instructions.map(({ kernel, operands, workgroups }, index): Step => {
      const { pipeline, layout } = compiled[index]!;
      const range = { buffer: uniforms, offset: index * uniformAlignment, size: uniformAlignment };
      const entries = operands.map((operand, i) => ({
        binding: i + 1,
        resource: { buffer: bufferOf(operand) },
      }));
      const bindings = gpu.device.createBindGroup({
        label: kernel.name,
        layout,
        entries: [{ binding: 0, resource: range }, ...entries],
      });
      return { pipeline, bindings, workgroups };
    });
    return new Plan(gpu, program, statistics, owned, steps);
  }

  /** Appends one step to a compute pass. */
  encode(pass: GPUComputePassEncoder): void {
    let current: GPUComputePipeline | null = null;
    for (const { pipeline, bindings, workgroups } of this.steps) {
      if (pipeline !== current) pass.setPipeline(pipeline);
      current = pipeline;
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
    }
  }

  /** Appends dispatch `index` alone: to time it. */
  encodeOne(pass: GPUComputePassEncoder, index: number): void {
    const { pipeline, bindings, workgroups } = this.steps[index]!;
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
  }

  dispose(): void {
    for (const buffer of this.owned) this.gpu.free(buffer);
  }
}

/** The sizes of every dispatch, each at its own aligned offset, in the order of the kernel's fields. */
function packSizes({ instructions }: Program): Uint32Array<ArrayBuffer> {
  const words = uniformAlignment / 4;
  const packed = new Uint32Array(instructions.length * words);
  instructions.forEach(({ kernel, sizes }, index) => {
    kernel.fields.forEach((field, i) => {
      const size = sizes[field];
      if (size === undefined) throw new Error(`${kernel.name}: no size ${field}`);
      packed[index * words + i] = size;
    });
  });
  return packed;
}
