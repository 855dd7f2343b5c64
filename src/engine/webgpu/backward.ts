import type {
  AddNode,
  ArchitectureNode,
  BlockNode,
  HeadNode,
  NodeId,
} from '../../core/architecture/types.ts';
import { tensorKey, type TensorName } from '../../core/architecture/weights.ts';
import { addBackward, type GradientTarget } from './kernels/add.ts';
import { bnReluBackward, bnSums } from './kernels/bn-relu.ts';
import { convWeights } from './kernels/conv-weights.ts';
import { convolution } from './kernels/conv.ts';
import { copy } from './kernels/copy.ts';
import { headTraining } from './kernels/head.ts';
import type { ArenaTensor, View } from './kernels/kernel.ts';
import { maxPoolBackward } from './kernels/max-pool.ts';
import type { BlockRecord, ForwardPass } from './forward.ts';
import { neededNodes } from '../live-nodes.ts';
import { inside, type Views } from './views.ts';

/** Where a tensor's gradient lies: `splits` parts to be added up. */
export interface GradientPlace {
  readonly offset: number;
  readonly splits: number;
}

interface Sums {
  readonly partials: ArenaTensor;
  readonly parts: number;
}

export interface BackwardOptions {
  readonly pass: ForwardPass;
  /** Nodes the head depends on, in topological order. */
  readonly live: readonly ArchitectureNode[];
  readonly gradients: Views;
  readonly isTrained: (node: NodeId) => boolean;
  readonly isSoft: boolean;
  readonly ring: number;
}

/** Appends the backward pass, node by node in reverse, and notes where every weight's gradient lies. */
export class BackwardPass {
  readonly places = new Map<string, GradientPlace>();
  private readonly options: BackwardOptions;
  private readonly pass: ForwardPass;
  /** Nodes whose output needs a gradient. */
  private readonly needed: ReadonlySet<NodeId>;
  /** Gradients still to come per node, and those received. */
  private readonly expected = new Map<NodeId, number>();
  private readonly received = new Map<NodeId, number>();
  private readonly sums = new Map<NodeId, Sums>();

  constructor(options: BackwardOptions) {
    this.options = options;
    this.pass = options.pass;
    this.needed = neededNodes(options.live, options.isTrained);
    for (const { inputs } of options.live) {
      for (const input of inputs) this.expected.set(input, (this.expected.get(input) ?? 0) + 1);
    }
  }

  run(head: HeadNode): void {
    this.head(head);
    for (const node of [...this.options.live].reverse()) {
      if (node.kind !== 'head' && this.needed.has(node.id)) this.node(node);
    }
  }

  private reserve(node: NodeId, name: TensorName): (splits: number, length: number) => number {
    return (splits, length) => {
      const offset = this.pass.program.reserveGradient(splits * length);
      this.places.set(tensorKey({ node, name }), { offset, splits });
      return offset;
    };
  }

  /** Where the next contribution to a node's gradient goes; `isLast` when it completes it. */
  private target(node: NodeId): GradientTarget & { readonly isLast: boolean } {
    if (!this.needed.has(node)) {
      const unused = this.pass.program.dense(`unused:${node}`, 1, 4);
      return { view: unused, mode: 'unwanted', isLast: false };
    }
    const before = this.received.get(node) ?? 0;
    this.received.set(node, before + 1);
    return {
      view: this.options.gradients.of(node),
      mode: before === 0 ? 'write' : 'accumulate',
      isLast: before + 1 === this.expected.get(node),
    };
  }

  private head(node: HeadNode): void {
    const { graph, program, batch, outputs } = this.pass;
    const input = node.inputs[0];
    const { height, width } = graph.shapes.get(input)!;
    const { view, mode } = this.target(input);
    program.add(
      node.id,
      headTraining({
        reduction: program.reduction,
        batch,
        pixels: height * width,
        classes: node.classes,
        source: outputs.of(input),
        kernel: graph.placement.offset(node.id, 'kernel'),
        bias: graph.placement.offset(node.id, 'bias'),
        result: view,
        wanted: mode !== 'unwanted',
        accumulate: mode === 'accumulate',
        isSoft: this.options.isSoft,
        ring: this.options.ring,
        reserveKernel: this.reserve(node.id, 'kernel'),
        reserveBias: this.reserve(node.id, 'bias'),
      }),
    );
  }

  private node(node: Exclude<ArchitectureNode, HeadNode>): void {
    switch (node.kind) {
      case 'input':
        return;
      case 'conv':
      case 'sepConv':
        this.block(node);
        return;
      case 'maxPool':
        this.maxPool(node.id, node.inputs[0]);
        return;
      case 'add':
        this.add(node);
        return;
      case 'concat':
        this.concat(node.id, node.inputs);
        return;
    }
  }

  private maxPool(id: NodeId, input: NodeId): void {
    const { graph, program, batch, outputs } = this.pass;
    const { height, width } = graph.shapes.get(input)!;
    const { view, mode } = this.target(input);
    const gradient = this.options.gradients.of(id);
    const accumulate = mode === 'accumulate';
    const source = outputs.of(input);
    program.add(id, maxPoolBackward({ batch, height, width, gradient, source, result: view, accumulate }));
  }

  private add(node: AddNode): void {
    const { graph, program, outputs } = this.pass;
    const [main, skip] = node.inputs;
    program.add(
      node.id,
      addBackward({
        reduction: program.reduction,
        rows: outputs.rows(node.id),
        gradient: this.options.gradients.of(node.id),
        main: outputs.of(main),
        skip: outputs.of(skip),
        toMain: this.target(main),
        toSkip: this.target(skip),
        lambda: graph.placement.offset(node.id, 'lambda'),
        reserve: this.reserve(node.id, 'lambda'),
      }),
    );
  }

  /** Inputs whose gradient lies inside the concat's have it already. */
  private concat(id: NodeId, inputs: readonly NodeId[]): void {
    const { program, outputs, graph } = this.pass;
    let offset = 0;
    const seen = new Set<NodeId>();
    for (const input of inputs) {
      const { channels } = graph.shapes.get(input)!;
      const { view, mode } = this.target(input);
      const isInPlace = this.options.gradients.isHosted(input, id) && !seen.has(input);
      if (mode !== 'unwanted' && !isInPlace) {
        const source = inside(this.options.gradients.of(id), offset, channels);
        program.add(id, copy(outputs.rows(id), source, view, mode === 'accumulate'));
      }
      seen.add(input);
      offset += channels;
    }
  }

  private block(node: BlockNode): void {
    const { graph, program, outputs } = this.pass;
    const record = this.pass.blocks.get(node.id)!;
    const rows = outputs.rows(node.id);
    const gradient = this.options.gradients.of(node.id);
    const isTrained = record.mode === 'batch';
    const sums = isTrained ? (this.sums.get(node.id) ?? this.makeSums(node, record, gradient)) : null;
    const dz = program.dense(`dz:${node.id}`, rows, node.filters);
    program.add(
      node.id,
      bnReluBackward({
        reduction: program.reduction,
        rows,
        gradient,
        preactivation: record.z ? { ...dz, tensor: record.z } : outputs.of(node.id),
        result: dz.tensor,
        normalisation: record.normalisation,
        sums,
        unused: 'statistics',
        dgamma: isTrained ? this.reserve(node.id, 'gamma')(1, node.filters) : 0,
        dbeta: isTrained ? this.reserve(node.id, 'beta')(1, node.filters) : 0,
      }),
    );
    if (node.kind === 'conv') {
      this.layer(node, 'kernel', dz, outputs.of(node.inputs[0]), node.inputs[0], isTrained);
      return;
    }
    const { channels } = graph.shapes.get(node.inputs[0])!;
    const between = program.dense(`d-depthwise:${node.id}`, rows, channels);
    this.layer(node, 'pointwise', dz, record.depthwise!, between, isTrained);
    this.layer(node, 'depthwise', between, outputs.of(node.inputs[0]), node.inputs[0], isTrained);
  }

  private makeSums(node: BlockNode, record: BlockRecord, gradient: View): Sums {
    const { program, outputs } = this.pass;
    const made = bnSums({
      reduction: program.reduction,
      rows: outputs.rows(node.id),
      gradient,
      z: record.z!,
      normalisation: record.normalisation,
      partials: (parts) => program.tensor(`sums:${node.id}`, 2 * parts * node.filters),
    });
    program.add(node.id, made);
    return made;
  }

  /** One linear layer of a block: the gradient of its input (a node, or a tensor of the block), and of its kernel. */
  private layer(
    node: BlockNode,
    name: 'kernel' | 'pointwise' | 'depthwise',
    dz: View,
    source: View,
    input: NodeId | View,
    isTrained: boolean,
  ): void {
    const { graph, program, batch } = this.pass;
    const { height, width } = graph.shapes.get(node.id)!;
    const isDepthwise = name === 'depthwise';
    const kernelSize = name === 'pointwise' ? 1 : node.kernelSize;
    const weights = graph.placement.offset(node.id, name);
    const { reduction } = program;
    const common = { batch, height, width, kernelSize, isDepthwise, reduction };
    const to = typeof input === 'string' ? this.target(input) : { view: input, mode: 'write', isLast: false };
    if (to.mode !== 'unwanted') {
      const producer = typeof input === 'string' && to.isLast ? this.sumsWanted(input) : null;
      const made = convolution({
        ...common,
        source: dz,
        result: to.view,
        weights,
        isTransposed: true,
        accumulate: to.mode === 'accumulate',
        ...(producer && {
          epilogue: 'sums' as const,
          normalisation: producer.normalisation,
          preactivation: producer.z!,
          partials: (parts: number) => program.tensor(`sums:${input}`, 2 * parts * to.view.channels),
        }),
      });
      program.add(node.id, made);
      if (producer) this.sums.set(input as NodeId, { partials: made.partials!, parts: made.parts });
    }
    if (isTrained) {
      const reserve = this.reserve(node.id, name);
      program.add(node.id, convWeights({ ...common, source, gradient: dz, reserve }));
    }
  }

  /** The block whose BN sums can be made where its gradient is completed. */
  private sumsWanted(node: NodeId): BlockRecord | null {
    const record = this.pass.blocks.get(node);
    return record?.mode === 'batch' && !this.options.gradients.isHosted(node) ? record : null;
  }
}
