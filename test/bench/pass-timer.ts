import type { Gpu } from '../../src/engine/webgpu/gpu.ts';

type Encode = (pass: GPUComputePassEncoder) => void;

/** Passes timed in one submission. */
const mostPasses = 256;
/** Measurements of which the median counts. */
const samples = 3;

/** GPU time of pieces of work by timestamp queries, each piece repeated until the clock's resolution is no matter. */
export class PassTimer {
  private readonly gpu: Gpu;
  private readonly queries: GPUQuerySet;
  private readonly resolved: GPUBuffer;
  private readonly wantedSeconds: number;
  private readonly mostRepeats: number;

  /** Needs a device with 'timestamp-query'. On an emulated GPU nothing is repeated. */
  constructor(gpu: Gpu, isSoftware: boolean) {
    this.gpu = gpu;
    this.queries = gpu.device.createQuerySet({ type: 'timestamp', count: 2 * mostPasses });
    const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.resolved = gpu.buffer('timestamps', 16 * mostPasses, usage);
    this.wantedSeconds = isSoftware ? 0 : 1e-3;
    this.mostRepeats = isSoftware ? 1 : 1024;
  }

  /** Seconds of one execution of each piece, amid repetitions of its own. Throws where the GPU reports an error. */
  async seconds(work: readonly Encode[]): Promise<number[]> {
    let repeats = work.map(() => 1);
    await this.passes(work, repeats);
    for (let calibrations = 0; calibrations < 2; calibrations++) {
      const times = await this.passes(work, repeats);
      repeats = repeats.map((count, i) => this.moreRepeats(count, times[i]!));
    }
    const rounds: number[][] = [];
    for (let i = 0; i < samples; i++) rounds.push(await this.passes(work, repeats));
    return work.map((_, i) => {
      const sorted = rounds.map((times) => times[i]! / repeats[i]!).sort((a, b) => a - b);
      return sorted[samples >> 1]!;
    });
  }

  private moreRepeats(count: number, seconds: number): number {
    const factor = Math.ceil(this.wantedSeconds / Math.max(seconds, 1e-6));
    return Math.min(this.mostRepeats, count * Math.max(1, Math.min(64, factor)));
  }

  /** Seconds of one pass for each piece of work, `repeats` times within it. */
  private async passes(work: readonly Encode[], repeats: readonly number[]): Promise<number[]> {
    const times: number[] = [];
    const { device } = this.gpu;
    for (let first = 0; first < work.length; first += mostPasses) {
      const some = work.slice(first, first + mostPasses);
      const encoder = device.createCommandEncoder();
      some.forEach((encode, i) => {
        const pass = encoder.beginComputePass({
          timestampWrites: {
            querySet: this.queries,
            beginningOfPassWriteIndex: 2 * i,
            endOfPassWriteIndex: 2 * i + 1,
          },
        });
        for (let repeat = 0; repeat < repeats[first + i]!; repeat++) encode(pass);
        pass.end();
      });
      encoder.resolveQuerySet(this.queries, 0, 2 * some.length, this.resolved, 0);
      device.queue.submit([encoder.finish()]);
      const stamps = new BigUint64Array(await this.gpu.read(this.resolved, 16 * some.length));
      const failure = this.gpu.failureSince(0);
      if (failure !== null) throw new Error(JSON.stringify(failure));
      for (let i = 0; i < some.length; i++) times.push(Number(stamps[2 * i + 1]! - stamps[2 * i]!) / 1e9);
    }
    return times;
  }

  dispose(): void {
    this.queries.destroy();
    this.gpu.free(this.resolved);
  }
}
