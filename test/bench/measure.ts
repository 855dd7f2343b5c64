import type { Architecture } from '../../src/core/architecture/types.ts';
import type { Counters } from './counters.ts';
import { benchNetworks, sibling } from './networks.ts';
import type { Library } from './trainee.ts';

/** In the order in which they are measured: where time is short, the last are missing. */
export const engines = ['plan', 'stock', 'jax-js', 'portable', 'layers'] as const;
export type EngineName = (typeof engines)[number];

/** One network under one engine. */
export interface BenchRow {
  readonly network: string;
  readonly engine: EngineName;
  readonly batch: number;
  /** Per step. */
  readonly dispatches: number;
  readonly submissions: number;
  readonly jsMilliseconds: number;
  readonly stepsPerSecond: number;
  /** Of all threads of this process, per step; null in a browser, which does not tell. On an emulated GPU the whole step. */
  readonly processorMilliseconds: number | null;
  /** Steps that were timed. */
  readonly steps: number;
  /** From a never-seen architecture to the end of its first step, the library warm; null: not measured. */
  readonly firstStepMilliseconds: number | null;
  /** Most bytes of GPU buffers at once. */
  readonly bytes: number;
}

export interface MeasureOptions {
  readonly seconds: number;
  /** Overrides the network's batch: on emulated GPUs the large ones take minutes a step. */
  readonly batch?: number;
  /** A cell that has taken more milliseconds than this measures no first step. */
  readonly patience: number;
}

/** Milliseconds of processor time so far; other work on the machine does not count, as it does for a clock. */
function processorTime(): number | null {
  if (typeof process === 'undefined') return null;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function libraryOf(engine: EngineName): Promise<Library> {
  switch (engine) {
    case 'plan':
      return (await import('./peer-plan.ts')).planLibrary();
    case 'portable':
      return (await import('./peer-tfjs.ts')).portableLibrary();
    case 'stock':
      return (await import('./peer-tfjs.ts')).stockLibrary();
    case 'layers':
      return (await import('./peer-tfjs.ts')).layersLibrary();
    case 'jax-js':
      return (await import('./peer-jax.ts')).jaxLibrary();
  }
}

/** Steps after which the device is waited for. */
const mostAtOnce = 1024;

/** Of the schedule whose first step is timed: 1,500 images in batches of 8, as a child of a search has. */
const childSteps = 188;

/** Measures one engine on network `index`, in a context where nothing else ran before. */
export async function measure(
  counters: Counters,
  index: number,
  engine: EngineName,
  { seconds, batch: given, patience }: MeasureOptions,
): Promise<BenchRow> {
  const { name, architecture, batch: own } = benchNetworks[index]!;
  const batch = given ?? own;
  const started = performance.now();
  const library = await libraryOf(engine);
  const trainee = await library(architecture, batch);
  await trainee.run(1);
  const before = { ...counters };
  await trainee.run(1);
  const dispatches = counters.dispatches - before.dispatches;
  const submissions = counters.submissions - before.submissions;
  const [began, busyBefore] = [performance.now(), processorTime()];
  let steps = 0;
  let scripted = 0;
  for (let round = 1; performance.now() - began < seconds * 1000; round = Math.min(mostAtOnce, round * 2)) {
    scripted += await trainee.run(round);
    steps += round;
  }
  const [elapsed, busyAfter] = [performance.now() - began, processorTime()];
  const bytes = counters.peakBytes;
  trainee.dispose();
  const firstStepMilliseconds =
    performance.now() - started < patience ? await firstStep(library, sibling(architecture), batch) : null;
  return {
    ...{ network: name, engine, batch, dispatches, submissions, steps, firstStepMilliseconds },
    jsMilliseconds: scripted / steps,
    stepsPerSecond: (1000 * steps) / elapsed,
    processorMilliseconds: busyBefore === null ? null : (busyAfter! - busyBefore) / steps,
    bytes,
  };
}

async function firstStep(library: Library, architecture: Architecture, batch: number): Promise<number> {
  const began = performance.now();
  const trainee = await library(architecture, batch, childSteps);
  await trainee.run(1);
  const milliseconds = performance.now() - began;
  trainee.dispose();
  return milliseconds;
}
