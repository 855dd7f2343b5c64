import type { Program } from '../../src/engine/webgpu/program.ts';
import { Gpu } from '../../src/engine/webgpu/gpu.ts';
import { ImageData } from '../../src/engine/webgpu/image-data.ts';
import { measureCeilings, type Ceilings } from './ceilings.ts';
import { benchNetworks } from './networks.ts';
import { PassTimer } from './pass-timer.ts';
import { planRunner } from './peer-plan.ts';

/** One kernel in a step of the plan. */
export interface KernelTime {
  readonly kernel: string;
  readonly dispatches: number;
  /** GPU seconds in one step. */
  readonly seconds: number;
  /** Of the step's time over all kernels. */
  readonly share: number;
  /** The time that its bytes or its multiply-adds need at the measured ceilings, over the time it took. */
  readonly roofline: number;
  /** The same with the cost of an empty dispatch as a third ceiling. */
  readonly reachable: number;
  readonly bound: 'memory' | 'arithmetic' | 'dispatch';
}

/** GPU time of one training step of a network, kernel by kernel, against ceilings measured in the same run. */
export interface Roofline {
  readonly network: string;
  readonly batch: number;
  readonly ceilings: Ceilings;
  /** GPU seconds of whole steps, as trained; the kernels' sum differs by what overlaps and what caches keep. */
  readonly stepSeconds: number;
  readonly kernels: readonly KernelTime[];
}

export interface RooflineOptions {
  readonly software: boolean;
  /** Overrides the network's batch. */
  readonly batch?: number;
}

/** Measures network `index`. Fails with a plain reason where the adapter has no timestamp queries. */
export async function roofline(
  index: number,
  { software, batch: given }: RooflineOptions,
): Promise<Roofline> {
  const { name, architecture, batch: own } = benchNetworks[index]!;
  const batch = given ?? own;
  const opened = await Gpu.open({ timestamps: true });
  if (!opened.ok) throw new Error(JSON.stringify(opened.reason));
  const gpu = opened.value;
  try {
    if (!gpu.device.features.has('timestamp-query')) throw new Error('no timestamp-query on this adapter');
    const timer = new PassTimer(gpu, software);
    const ceilings = await measureCeilings(gpu, timer, software);
    const { runner } = await planRunner(gpu, new ImageData(gpu), architecture, batch);
    const plan = runner.planAt(0);
    const dispatches = plan.program.instructions.map(
      (_, i) => (pass: GPUComputePassEncoder) => plan.encodeOne(pass, i),
    );
    const seconds = await timer.seconds(dispatches);
    const [stepSeconds] = await timer.seconds([(pass) => plan.encode(pass)]);
    const kernels = kernelTimes(plan.program, seconds, ceilings);
    return { network: name, batch, ceilings, stepSeconds: stepSeconds!, kernels };
  } finally {
    gpu.dispose();
  }
}

/** Sums the dispatches of a step by kernel, longest first. `seconds`: of every dispatch of the program. */
export function kernelTimes(
  { instructions }: Pick<Program, 'instructions'>,
  seconds: readonly number[],
  { bytesPerSecond, multiplyAddsPerSecond, dispatchSeconds }: Ceilings,
): KernelTime[] {
  const total = seconds.reduce((sum, time) => sum + time, 0);
  const names = [...new Set(instructions.map(({ kernel }) => kernel.name))];
  const kernels = names.map((name): KernelTime => {
    const sums = { time: 0, ideal: 0, reachable: 0, memory: 0, arithmetic: 0, dispatch: 0, dispatches: 0 };
    instructions.forEach(({ kernel, bytes, multiplyAdds }, i) => {
      if (kernel.name !== name) return;
      const memory = bytes / bytesPerSecond;
      const arithmetic = multiplyAdds / multiplyAddsPerSecond;
      const ideal = Math.max(memory, arithmetic);
      sums.dispatches++;
      sums.time += seconds[i]!;
      sums.ideal += ideal;
      sums.reachable += Math.max(ideal, dispatchSeconds);
      const bound =
        dispatchSeconds > ideal ? 'dispatch' : memory >= arithmetic ? ('memory' as const) : 'arithmetic';
      sums[bound] += seconds[i]!;
    });
    const bounds = ['memory', 'arithmetic', 'dispatch'] as const;
    return {
      kernel: name,
      dispatches: sums.dispatches,
      seconds: sums.time,
      share: sums.time / total,
      roofline: sums.ideal / sums.time,
      reachable: sums.reachable / sums.time,
      bound: bounds.reduce((a, b) => (sums[b] > sums[a] ? b : a)),
    };
  });
  return kernels.sort((a, b) => b.seconds - a.seconds);
}
