import { installDawn } from '../../scripts/dawn.ts';
import type { Architecture } from '../../src/core/architecture/types.ts';
import { webgpuAdapter } from '../../src/engine/adapters.ts';
import { createPlanEngine } from '../../src/engine/webgpu/plan-engine.ts';
import { ImageData } from '../../src/engine/webgpu/image-data.ts';
import { chain, r10 } from './networks.ts';
import { planRunner } from './peer-plan.ts';
import { reportOf } from './trainee.ts';

/**
 * `npx tsx test/bench/submissions.ts`: what the plan's defaults were chosen by, on the npm package `webgpu`. Milliseconds
 * a step (of the clock, of the processor) over steps per submission and submissions in flight, every loss read back; then
 * the steps per second of several trainers at once, each on a device of its own as in a worker.
 */
installDawn();

const tiny = chain({ height: 8, width: 8, channels: 1 }, [{ filters: 4 }, 'pool', { filters: 4 }]);
const adapter = await webgpuAdapter();
const software = adapter?.software ?? true;
/** With the steps of one measurement. */
const networks = [
  { name: 'tiny', architecture: tiny, total: software ? 64 : 2048 },
  { name: 'R10', architecture: r10.architecture, total: software ? 16 : 1024 },
];
const stepsPerSubmission = software ? [1, 4, 16] : [1, 4, 16, 64];
console.log(adapter?.name);

async function open(architecture: Architecture) {
  const made = await createPlanEngine(reportOf(software));
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const { gpu } = made.value;
  const { runner } = await planRunner(gpu, new ImageData(gpu), architecture, 4);
  return { gpu, runner };
}

type Trainer = Awaited<ReturnType<typeof open>>;

/** Makes `total` steps as runTraining does: the losses of every submission are read, `most` of them pending. */
async function train({ gpu, runner }: Trainer, total: number, perSubmission: number, most: number) {
  const pending: Promise<unknown>[] = [];
  for (let done = 0; done < total; done += perSubmission) {
    if (pending.length === most) await pending.shift();
    const encoder = gpu.device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let i = 0; i < perSubmission; i++) runner.planAt(0).encode(pass);
    pass.end();
    gpu.device.queue.submit([encoder.finish()]);
    pending.push(gpu.read(runner.losses, runner.lossBytes));
  }
  await Promise.all(pending);
}

/** The least of several times: other work on the machine only ever adds. */
async function timed(work: () => Promise<unknown>) {
  let [clock, processor] = [Infinity, Infinity];
  for (let i = 0; i < 5; i++) {
    const [began, busy] = [performance.now(), process.cpuUsage()];
    await work();
    clock = Math.min(clock, performance.now() - began);
    const { user, system } = process.cpuUsage(busy);
    processor = Math.min(processor, (user + system) / 1000);
  }
  return { clock, processor };
}

for (const { name, architecture, total } of networks) {
  const trainer = await open(architecture);
  await train(trainer, 2, 1, 1);
  for (const most of [1, 2, 3]) {
    for (const perSubmission of stepsPerSubmission) {
      const { clock, processor } = await timed(() => train(trainer, total, perSubmission, most));
      const [a, b] = [clock, processor].map((time) => (time / total).toFixed(3));
      console.log(
        `${name}: ${perSubmission} steps a submission, ${most} in flight: ${a} ms, CPU ${b} ms a step`,
      );
    }
  }
  const others = [await open(architecture), await open(architecture)];
  for (const count of [1, 2, 3]) {
    const all = [trainer, ...others].slice(0, count);
    const { clock } = await timed(() =>
      Promise.all(all.map((one) => train(one, total, software ? 4 : 64, 2))),
    );
    console.log(
      `${name}: ${count} trainers: ${((1000 * count * total) / clock).toFixed(1)} steps/s together`,
    );
  }
}
process.exit(0);
