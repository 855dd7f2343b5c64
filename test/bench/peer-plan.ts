import type { Architecture } from '../../src/core/architecture/types.ts';
import { seeded } from '../../src/core/random.ts';
import type { TrainingSchedule } from '../../src/engine/engine.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { webgpuAdapter } from '../../src/engine/adapters.ts';
import { createPlanEngine } from '../../src/engine/webgpu/plan-engine.ts';
import { compileTraining, lossRing } from '../../src/engine/webgpu/compile.ts';
import type { Gpu } from '../../src/engine/webgpu/gpu.ts';
import { graphOf } from '../../src/engine/webgpu/graph.ts';
import { ImageData } from '../../src/engine/webgpu/image-data.ts';
import { packWeights } from '../../src/engine/webgpu/parameters.ts';
import { Runner } from '../../src/engine/webgpu/runner.ts';
import { benchImages, reportOf, type Library } from './trainee.ts';

/** The training of a network as PlanNetwork.train prepares it. */
export async function planRunner(
  gpu: Gpu,
  images: ImageData,
  architecture: Architecture,
  batch: number,
  steps = 20_000,
): Promise<{ readonly runner: Runner; dispose(): void }> {
  const graph = graphOf(architecture);
  const data = benchImages(architecture, batch);
  const schedule: TrainingSchedule = {
    ...{ images: steps * batch, batch, rate: 0.01, warmup: 0, momentum: 0.9, weightDecay: 0 },
    ...{ augment: 'none' as const, randomName: 'bench' },
  };
  const weights = initialWeights(architecture, seeded('weights'));
  const parameters = gpu.storage('parameters', packWeights(graph.placement, weights));
  const momenta = gpu.storage('momenta', 4 * graph.placement.trainableFloats);
  const averages = gpu.storage('averages', 4 * graph.placement.trainableFloats);
  const compiled = compileTraining(graph, {
    ...{ batch, task: 0, trained: null, isSoft: false },
    reduction: gpu.reduction,
  });
  const runner = await Runner.create({
    ...{ gpu, compiledAt: () => compiled, data, buffers: images.of(data), teacher: null, schedule },
    ...{ parameters, momenta, averages, task: 0, tasks: 1 },
  });
  return {
    runner,
    dispose: () => {
      runner.dispose();
      gpu.free(parameters);
      gpu.free(momenta);
      gpu.free(averages);
    },
  };
}

/** As the plan's trainer: the next submission is encoded while the last one runs. */
const mostInFlight = 2;

/** The compiled plan: what PlanNetwork.train does, with the encoding of steps timed on its own. */
export async function planLibrary(): Promise<Library> {
  const adapter = await webgpuAdapter();
  const made = await createPlanEngine(reportOf(adapter?.software ?? true));
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const { gpu } = made.value;
  const images = new ImageData(gpu);
  return async (architecture, batch, ofSchedule) => {
    const { runner, dispose } = await planRunner(gpu, images, architecture, batch, ofSchedule);
    return {
      run: async (steps) => {
        let scripted = 0;
        const inFlight: Promise<unknown>[] = [];
        for (let done = 0; done < steps; done += lossRing) {
          const began = performance.now();
          const encoder = gpu.device.createCommandEncoder();
          const pass = encoder.beginComputePass();
          for (let i = done; i < Math.min(steps, done + lossRing); i++) runner.planAt(i).encode(pass);
          pass.end();
          gpu.device.queue.submit([encoder.finish()]);
          scripted += performance.now() - began;
          inFlight.push(gpu.read(runner.losses, runner.lossBytes));
          if (inFlight.length === mostInFlight) await inFlight.shift();
        }
        await Promise.all(inFlight);
        const failure = gpu.failureSince(0);
        if (failure !== null) throw new Error(JSON.stringify(failure));
        return scripted;
      },
      dispose,
    };
  };
}
