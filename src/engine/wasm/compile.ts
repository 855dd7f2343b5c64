import type { Architecture, NodeId, Shape } from '../../core/architecture/types.ts';
import { shapesOf } from '../../core/architecture/shapes.ts';
import type { TensorName } from '../../core/architecture/weights.ts';
import { ancestors, headOf, neededNodes } from '../live-nodes.ts';
import { BackwardPass } from './backward.ts';
import { ForwardPass, type Call, type Subject } from './forward.ts';
import { Arena, type Heap, type Region } from './heap.ts';
import type { Address, WasmKernels } from './kernels.ts';

/** What compiling needs to know of a network. */
export interface Graph {
  readonly architecture: Architecture;
  readonly shapes: ReadonlyMap<NodeId, Shape>;
  readonly heap: Heap;
  readonly kernels: WasmKernels;
  /** Where a tensor of the weights lies. */
  readonly weight: (node: NodeId, name: TensorName) => Address;
}

/** The same weights under an architecture that has some of the nodes: a path of a supernet. */
export const graphAlong = (graph: Graph, architecture: Architecture): Graph => ({
  ...graph,
  architecture,
  shapes: shapesOf(architecture),
});

/** A list of calls with its memory. Dispose of it. */
export interface Program {
  readonly batch: number;
  /** Where the images go, [batch, height, width, channels]. */
  readonly images: Region;
  run(): void;
  dispose(): void;
}

/** One training step but for the optimiser; `run` leaves gradients, and the mean loss is returned by `step`. */
export interface TrainingProgram extends Program {
  /** Rows of probabilities, [batch, classes]. */
  readonly targets: Region;
  step(): number;
}

/**
 * A training step on the head of `task`. `trained`: the nodes whose weights move (null: all); the BN of the others runs
 * in inference mode. `gradient`: where the gradient of a tensor goes; those of other tensors are left alone.
 */
export function compileTraining(
  graph: Graph,
  gradient: (node: NodeId, name: TensorName) => Address,
  batch: number,
  task: number,
  trained: ReadonlySet<NodeId> | null,
): TrainingProgram {
  const head = headOf(graph.architecture, task);
  const live = ancestors(graph.architecture, head.id);
  const isTrained = (node: NodeId) => trained === null || trained.has(node);
  return inArenas(graph, batch, task, (subject, dispose) => {
    const forward = new ForwardPass(subject, (node) => (isTrained(node) ? 'batch' : 'running'), false);
    let loss = Number.NaN;
    const backward = new BackwardPass(subject, {
      ...{ forward, gradient, isTrained, needed: neededNodes(live, isTrained) },
      onLoss: (value) => (loss = value),
    });
    for (const node of live) if (node.kind !== 'head') forward.node(node);
    backward.head(head);
    for (const node of [...live].reverse()) if (node.kind !== 'head') backward.node(node);
    const { calls } = forward;
    const program = finished(batch, forward, calls, dispose);
    return {
      ...program,
      targets: backward.targets!,
      step: () => {
        program.run();
        return loss;
      },
    };
  });
}

/** Inference; `prepare` before the first run after the weights changed. */
export interface InferenceProgram extends Program {
  readonly logits: Region;
  readonly classes: number;
  prepare(): void;
}

/** Logits of the head of `task`, BN by its running statistics. */
export function compileInference(graph: Graph, batch: number, task: number): InferenceProgram {
  const head = headOf(graph.architecture, task);
  const live = ancestors(graph.architecture, head.id);
  return inArenas(graph, batch, task, (subject, dispose) => {
    const forward = new ForwardPass(subject, () => 'running', true);
    live.forEach((node, index) => {
      if (node.kind === 'head') return;
      forward.node(node);
      forward.releaseRead(live, index);
    });
    const { kernels, arena, lasting, shapes, weight } = subject;
    const { height, width, channels } = shapes.get(head.inputs[0])!;
    const { classes } = head;
    const [pooled, logits] = [arena.take(batch * channels), lasting.take(batch * classes)];
    const [x, p, l] = [forward.y(head.inputs[0]), pooled, logits].map(({ address }) => address) as [
      Address,
      Address,
      Address,
    ];
    const [kernel, bias] = [weight(head.id, 'kernel'), weight(head.id, 'bias')];
    forward.calls.push(
      () => kernels.globalAverage(x, p, batch, height * width, channels),
      () => kernels.dense(p, kernel, bias, l, batch, channels, classes),
    );
    const { prepare, calls } = forward;
    return {
      ...finished(batch, forward, calls, dispose),
      logits,
      classes,
      prepare: () => carryOut(prepare),
    };
  });
}

export interface StatisticsProgram extends Program {
  /** Of every wanted block, where mean and variance [filters] of its convolution output lie after a run. */
  readonly places: ReadonlyMap<NodeId, { readonly mean: Region; readonly variance: Region; filters: number }>;
  prepare(): void;
}

/**
 * Statistics of blocks' convolution outputs over one batch. `wanted` null: of all blocks, BN normalising by the batch;
 * else of those, BN normalising by the running statistics of the head of `task`.
 */
export function compileStatistics(
  graph: Graph,
  batch: number,
  wanted: ReadonlySet<NodeId> | null,
  task: number,
): StatisticsProgram {
  return inArenas(graph, batch, task, (subject, dispose) => {
    const forward = new ForwardPass(
      subject,
      (node) => (wanted === null ? 'measured' : wanted.has(node) ? 'measured-running' : 'running'),
      true,
    );
    const nodes = graph.architecture.nodes;
    const places = new Map<NodeId, { mean: Region; variance: Region; filters: number }>();
    nodes.forEach((node, index) => {
      if (node.kind === 'head') return;
      forward.node(node);
      const { mean, variance } = forward.kept.get(node.id)!;
      if (mean && variance)
        places.set(node.id, { mean, variance, filters: graph.shapes.get(node.id)!.channels });
      forward.releaseRead(nodes, index);
    });
    const { prepare, calls } = forward;
    return { ...finished(batch, forward, calls, dispose), places, prepare: () => carryOut(prepare) };
  });
}

/** Compiles in memory that `dispose` gives back, and that is given back at once where compiling throws. */
function inArenas<T>(
  { heap, kernels, shapes, weight }: Graph,
  batch: number,
  task: number,
  compile: (subject: Subject, dispose: () => void) => T,
): T {
  const [arena, lasting] = [new Arena(heap), new Arena(heap)];
  const dispose = () => {
    arena.dispose();
    lasting.dispose();
  };
  try {
    return compile({ kernels, arena, lasting, shapes, weight, batch, task }, dispose);
  } catch (error) {
    dispose();
    throw error;
  }
}

const finished = (
  batch: number,
  { images }: ForwardPass,
  calls: readonly Call[],
  dispose: () => void,
): Program => ({ batch, images: images!, run: () => carryOut(calls), dispose });

function carryOut(calls: readonly Call[]): void {
  for (const call of calls) call();
}
