import { addAll } from '../../core/add-all.ts';
import type { ArchitectureNode, NodeId } from '../../core/architecture/types.ts';
import { tensorKey } from '../../core/architecture/weights.ts';
import { headLogits } from './kernels/head.ts';
import type { Reduction } from './kernels/kernel.ts';
import { optimise, optimiserBlocks, type TrainedTensor } from './kernels/optimise.ts';
import { isDecayed } from '../schedule.ts';
import { ancestors, headOf, neededNodes } from '../live-nodes.ts';
import { BackwardPass } from './backward.ts';
import { forward, type BlockMode, type ForwardPass } from './forward.ts';
import type { Graph } from './graph.ts';
import { AliasConflict, Program } from './program.ts';
import { concatHomes, Views } from './views.ts';

/** Steps whose losses the GPU keeps between two readings, and so the most steps of one submission. */
export const lossRing = 64;

export interface TrainingProgram {
  readonly program: Program;
  /** The optimiser's block list. */
  readonly blocks: Uint32Array<ArrayBuffer>;
}

/**
 * One training step on the head of `task`. `trained`: the nodes whose weights move (null: all); the BN of the
 * others runs in inference mode. `isSoft`: targets are rows of probabilities, not labels.
 */
export function compileTraining(
  graph: Graph,
  options: {
    readonly batch: number;
    readonly task: number;
    readonly trained: ReadonlySet<NodeId> | null;
    readonly isSoft: boolean;
    readonly reduction: Reduction;
  },
): TrainingProgram {
  const { batch, task, trained, isSoft, reduction } = options;
  const head = headOf(graph.architecture, task);
  const live = ancestors(graph.architecture, head.id);
  const isTrained = (node: NodeId) => trained === null || trained.has(node);
  return avoidingConflicts((excluded, watch) => {
    const pass = startPass(
      graph,
      { batch, reduction },
      task,
      excluded,
      (node) => (isTrained(node) ? 'batch' : 'folded'),
      false,
    );
    const needed = neededNodes(live, isTrained);
    const gradients = new Views(
      pass.program,
      'd:',
      batch,
      graph.shapes,
      gradientHomes(graph, live, needed, excluded),
    );
    watch(pass.outputs, gradients);
    for (const node of live) forward(pass, node);
    const backward = new BackwardPass({ pass, live, gradients, isTrained, isSoft, ring: lossRing });
    backward.run(head);
    const tensors = trainedTensors(graph, isTrained, backward);
    const blocks = optimiserBlocks(tensors, reduction);
    pass.program.add('optimiser', optimise(blocks, tensors, reduction));
    return { program: pass.program, blocks };
  });
}

export interface BatchOptions {
  readonly batch: number;
  readonly reduction: Reduction;
}

/** One batch of inference: logits of the head of `task`, BN folded into the convolutions. */
export function compileInference(graph: Graph, options: BatchOptions, task: number): Program {
  const head = headOf(graph.architecture, task);
  const live = ancestors(graph.architecture, head.id);
  return avoidingConflicts((excluded, watch) => {
    const pass = startPass(graph, options, task, excluded, () => 'folded', false);
    watch(pass.outputs);
    for (const node of live) forward(pass, node);
    const { height, width } = graph.shapes.get(head.inputs[0])!;
    pass.program.add(
      head.id,
      headLogits({
        ...options,
        pixels: height * width,
        classes: head.classes,
        source: pass.outputs.of(head.inputs[0]),
        kernel: graph.placement.offset(head.id, 'kernel'),
        bias: graph.placement.offset(head.id, 'bias'),
      }),
    );
    return pass.program;
  });
}

export interface StatisticsProgram {
  readonly program: Program;
  /** Per wanted block, the index of its first (mean, variance) pair in the statistics buffer. */
  readonly places: ReadonlyMap<NodeId, number>;
}

/**
 * One batch whose only results are statistics of blocks' convolution outputs. `wanted` null: of all blocks, BN
 * normalising by the batch; else of those, BN normalising by the running statistics of the head of `task`.
 */
export function compileStatistics(
  graph: Graph,
  options: BatchOptions,
  wanted: ReadonlySet<NodeId> | null,
  task = 0,
): StatisticsProgram {
  const modeOf = (node: NodeId): BlockMode =>
    wanted === null ? 'batch' : wanted.has(node) ? 'measured' : 'folded';
  return avoidingConflicts((excluded, watch) => {
    const pass = startPass(graph, options, task, excluded, modeOf, true);
    watch(pass.outputs);
    for (const node of graph.architecture.nodes) forward(pass, node);
    const places = new Map<NodeId, number>();
    for (const [node, { mode, normalisation }] of pass.blocks) {
      if (mode !== 'folded') places.set(node, normalisation.statistics);
    }
    return { program: pass.program, places };
  });
}

function startPass(
  graph: Graph,
  { batch, reduction }: BatchOptions,
  task: number,
  excluded: ReadonlySet<NodeId>,
  modeOf: (node: NodeId) => BlockMode,
  isRaw: boolean,
): ForwardPass {
  const program = new Program(reduction);
  const homes = concatHomes(graph.architecture, graph.shapes, excluded);
  const outputs = new Views(program, 'y:', batch, graph.shapes, homes);
  return { graph, program, batch, task, outputs, modeOf, isRaw, blocks: new Map() };
}

/**
 * Tries with every concat in place; where a dispatch would then read and write one tensor, the concats in that
 * tensor copy instead, and it tries again. Ends, because every round excludes another concat.
 */
function avoidingConflicts<T>(
  compile: (excluded: ReadonlySet<NodeId>, watch: (...views: Views[]) => void) => T,
): T {
  const excluded = new Set<NodeId>();
  for (;;) {
    const watched: Views[] = [];
    try {
      return compile(excluded, (...views) => addAll(watched, views));
    } catch (error) {
      if (!(error instanceof AliasConflict)) throw error;
      const found = watched.flatMap((views) => views.concatsIn(error.tensor));
      if (found.every((concat) => excluded.has(concat))) throw error;
      for (const concat of found) excluded.add(concat);
    }
  }
}

/**
 * A node's gradient can lie inside its concat's where the concat's is the first contribution to it: all its other
 * consumers come before the concat, so their gradients come after.
 */
function gradientHomes(
  graph: Graph,
  live: readonly ArchitectureNode[],
  needed: ReadonlySet<NodeId>,
  excluded: ReadonlySet<NodeId>,
): ReturnType<typeof concatHomes> {
  const order = new Map(live.map((node, index) => [node.id, index]));
  const homes = new Map(concatHomes({ nodes: live }, graph.shapes, excluded));
  for (const [node, { concat }] of homes) {
    const isFirst = live.every(
      ({ id, inputs }) =>
        id === concat || !inputs.some((input) => input === node) || order.get(id)! < order.get(concat)!,
    );
    if (!isFirst || !needed.has(node)) homes.delete(node);
  }
  return homes;
}

function trainedTensors(
  graph: Graph,
  isTrained: (node: NodeId) => boolean,
  { places }: BackwardPass,
): TrainedTensor[] {
  const { layout, offset } = graph.placement;
  return layout.slots
    .filter((slot) => slot.trainable && isTrained(slot.node))
    .map((slot) => {
      const place = places.get(tensorKey(slot));
      return {
        parameters: offset(slot.node, slot.name),
        length: slot.length,
        gradients: place?.offset ?? 0,
        splits: place?.splits ?? 0,
        isDecayed: isDecayed(slot.name),
        isClipped: slot.name === 'lambda',
      };
    });
}
