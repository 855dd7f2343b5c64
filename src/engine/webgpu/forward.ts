import type { ArchitectureNode, BlockNode, NodeId } from '../../core/architecture/types.ts';
import { statisticNames } from '../../core/architecture/weights.ts';
import { add } from './kernels/add.ts';
import { bnRelu } from './kernels/bn-relu.ts';
import { convolution, convolutionGrid, type BatchNormOffsets } from './kernels/conv.ts';
import { copy } from './kernels/copy.ts';
import { gather } from './kernels/gather.ts';
import type { ArenaTensor, View } from './kernels/kernel.ts';
import { maxPool } from './kernels/max-pool.ts';
import type { Graph } from './graph.ts';
import type { Program } from './program.ts';
import { inside, type Views } from './views.ts';

/**
 * How a block runs: 'batch' normalises by this batch (training); 'measured' by the running statistics but measures
 * the batch's; 'folded' by the running ones, in the convolution itself.
 */
export type BlockMode = 'batch' | 'measured' | 'folded';

/** What the backward pass needs of a block. */
export interface BlockRecord {
  readonly mode: BlockMode;
  readonly normalisation: BatchNormOffsets;
  /** Convolution output; absent where folded. */
  readonly z?: ArenaTensor;
  /** sepConv: the depthwise output. */
  readonly depthwise?: View;
}

export interface ForwardPass {
  readonly graph: Graph;
  readonly program: Program;
  readonly batch: number;
  /** Whose head's running statistics BN takes. */
  readonly task: number;
  readonly outputs: Views;
  readonly modeOf: (node: NodeId) => BlockMode;
  /** Statistics are written as (mean, variance). */
  readonly isRaw: boolean;
  readonly blocks: Map<NodeId, BlockRecord>;
}

/** Appends the dispatches that compute a node's output; heads have none here. */
export function forward(pass: ForwardPass, node: ArchitectureNode): void {
  const { graph, program, batch, outputs } = pass;
  const { height, width } = graph.shapes.get(node.inputs[0] ?? node.id)!;
  switch (node.kind) {
    case 'input':
      program.add(node.id, gather(batch, height, width, outputs.of(node.id)));
      return;
    case 'conv':
    case 'sepConv':
      pass.blocks.set(node.id, block(pass, node));
      return;
    case 'maxPool': {
      const [source, result] = [outputs.of(node.inputs[0]), outputs.of(node.id)];
      program.add(node.id, maxPool({ batch, height, width, source, result }));
      return;
    }
    case 'add':
      program.add(
        node.id,
        add({
          rows: outputs.rows(node.id),
          main: outputs.of(node.inputs[0]),
          skip: outputs.of(node.inputs[1]),
          result: outputs.of(node.id),
          lambda: graph.placement.offset(node.id, 'lambda'),
        }),
      );
      return;
    case 'concat':
      concatenate(pass, node.id, node.inputs);
      return;
    case 'head':
      return;
  }
}

/** Copies the inputs that do not lie in the concat already. */
function concatenate({ program, outputs }: ForwardPass, id: NodeId, inputs: readonly NodeId[]): void {
  let offset = 0;
  const seen = new Set<NodeId>();
  for (const input of inputs) {
    const source = outputs.of(input);
    if (!outputs.isHosted(input, id) || seen.has(input)) {
      const result = inside(outputs.of(id), offset, source.channels);
      program.add(id, copy(outputs.rows(id), source, result, false));
    }
    seen.add(input);
    offset += source.channels;
  }
}

function block(pass: ForwardPass, node: BlockNode): BlockRecord {
  const { graph, program, batch, outputs } = pass;
  const { offset } = graph.placement;
  const { reduction } = program;
  const { height, width } = graph.shapes.get(node.id)!;
  const result = outputs.of(node.id);
  const rows = outputs.rows(node.id);
  const mode = pass.modeOf(node.id);
  const running = statisticNames(pass.task);
  const normalisation: BatchNormOffsets = {
    gamma: offset(node.id, 'gamma'),
    beta: offset(node.id, 'beta'),
    mean: offset(node.id, running.mean),
    variance: offset(node.id, running.variance),
    statistics: mode === 'folded' ? 0 : program.reserveStatistics(node.filters),
  };
  const depthwise = node.kind === 'sepConv' ? depthwiseOutput(pass, node) : undefined;
  const common = {
    batch,
    height,
    width,
    kernelSize: node.kind === 'conv' ? node.kernelSize : 1,
    source: depthwise ?? outputs.of(node.inputs[0]),
    weights: offset(node.id, node.kind === 'conv' ? 'kernel' : 'pointwise'),
    normalisation,
    reduction,
  };
  const kept = { mode, normalisation, ...(depthwise ? { depthwise } : {}) };
  if (mode === 'folded') {
    program.add(node.id, convolution({ ...common, result, epilogue: 'affine' }));
    return kept;
  }
  const z = program.dense(`z:${node.id}`, rows, node.filters);
  const { parts, rowsPerPart } = convolutionGrid(rows, node.filters, reduction);
  const partials = program.tensor(`statistics:${node.id}`, 2 * parts * node.filters);
  program.add(
    node.id,
    convolution({ ...common, result: z, epilogue: 'statistics', partials: () => partials }),
  );
  program.add(
    node.id,
    bnRelu({
      reduction,
      rows,
      z: z.tensor,
      partials,
      parts,
      rowsPerPart,
      result,
      normalisation,
      isRunning: mode === 'measured',
      isRaw: pass.isRaw,
    }),
  );
  return { ...kept, z: z.tensor };
}

function depthwiseOutput({ graph, program, batch, outputs }: ForwardPass, node: BlockNode): View {
  const source = outputs.of(node.inputs[0]);
  const { height, width } = graph.shapes.get(node.id)!;
  const result = program.dense(`depthwise:${node.id}`, outputs.rows(node.id), source.channels);
  const weights = graph.placement.offset(node.id, 'depthwise');
  const { kernelSize } = node;
  const { reduction } = program;
  program.add(
    node.id,
    convolution({ batch, height, width, kernelSize, source, result, weights, isDepthwise: true, reduction }),
  );
  return result;
}
