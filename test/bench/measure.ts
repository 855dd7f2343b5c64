import type { Architecture } from '../../src/core/architecture/types.ts';
import type { Counters } from './counters.ts';
import { benchNetworks } from './networks.ts';
import type { Library } from './trainee.ts';

export const engines = ['plan', 'portable', 'stock', 'layers', 'jax-js'] as const;
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
  /** Steps that were timed. */
  readonly steps: number;
  /** From a never-seen architecture to the end of its first step, the library warm. */
  readonly firstStepMilliseconds: number;
  /** Most bytes of GPU buffers at once. */
  readonly bytes: number;
}

export interface MeasureOptions {
  readonly seconds: number;
  /** Overrides the network's batch: on emulated GPUs the large ones take minutes a step. */
  readonly batch?: number;
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

/** The same network with one filter more in every block's count of four: its shapes were never seen. */
function sibling({ nodes }: Architecture): Architecture {
  const grown = nodes.map((node) =>
    node.kind === 'conv' || node.kind === 'sepConv' ? { ...node, filters: node.filters + 4 } : node,
  );
  const hasAdd = nodes.some(({ kind }) => kind === 'add');
  // Adds tie channel numbers to each other: grow the image instead.
  return hasAdd
    ? { nodes: nodes.map((node) => (node.kind === 'input' ? { ...node, height: node.height + 4 } : node)) }
    : { nodes: grown };
}

/** Measures one engine on network `index`, in a context where nothing else ran before. */
export async function measure(
  counters: Counters,
  index: number,
  engine: EngineName,
  { seconds, batch: given }: MeasureOptions,
): Promise<BenchRow> {
  const { name, architecture, batch: own } = benchNetworks[index]!;
  const batch = given ?? own;
  const library = await libraryOf(engine);
  const trainee = await library(architecture, batch);
  await trainee.run(1);
  const before = { ...counters };
  let scripted = await trainee.run(1);
  const dispatches = counters.dispatches - before.dispatches;
  const submissions = counters.submissions - before.submissions;
  const began = performance.now();
  let steps = 0;
  scripted = 0;
  for (let round = 1; performance.now() - began < seconds * 1000; round = Math.min(64, round * 2)) {
    scripted += await trainee.run(round);
    steps += round;
  }
  const elapsed = performance.now() - began;
  trainee.dispose();
  const newborn = performance.now();
  const child = await library(sibling(architecture), batch);
  await child.run(1);
  const firstStepMilliseconds = performance.now() - newborn;
  child.dispose();
  return {
    ...{ network: name, engine, batch, dispatches, submissions, steps, firstStepMilliseconds },
    jsMilliseconds: scripted / steps,
    stepsPerSecond: (1000 * steps) / elapsed,
    bytes: counters.peakBytes,
  };
}
