import type { ArchitectureNode, BlockNode, HeadNode, NodeId, Shape } from '../../core/architecture/types.ts';
import { statisticNames, type TensorName } from '../../core/architecture/weights.ts';
import { batchNormEpsilon } from '../engine.ts';
import { convolutionOf, paddedLength } from './convolutions.ts';
import type { Arena, Region } from './heap.ts';
import type { Address, WasmKernels } from './kernels.ts';

/** One call of a kernel, its addresses and sizes fixed. */
export type Call = () => void;

/**
 * How a block runs: 'batch' normalises by this batch (training); 'running' by the running statistics; 'measured' as
 * 'batch', and keeps the batch's mean and variance; 'measured-running' as 'running', and keeps them too.
 */
export type BlockMode = 'batch' | 'running' | 'measured' | 'measured-running';

/** What a node leaves behind; `y` is its output. */
export interface Kept {
  readonly y: Region;
  /** Blocks in training: convolution output, and mean and 1 / deviation of its channels. */
  readonly z?: Region;
  readonly mean?: Region;
  readonly inverse?: Region;
  /** Blocks: mean and variance of the batch, where they are measured. */
  readonly variance?: Region;
  /** Blocks that run by their running statistics: y = relu(z scale + shift). */
  readonly scale?: Region;
  /** sepConv: output of the depthwise convolution. */
  readonly d?: Region;
}

export interface Subject {
  readonly kernels: WasmKernels;
  readonly arena: Arena;
  /** For what is written before a run and read in it: nothing of a run may lie there. */
  readonly lasting: Arena;
  readonly shapes: ReadonlyMap<NodeId, Shape>;
  /** Where a tensor of the weights lies. */
  readonly weight: (node: NodeId, name: TensorName) => Address;
  readonly batch: number;
  /** Whose head's running statistics BN takes. */
  readonly task: number;
}

/** Writes the calls of a forward pass, node by node. */
export class ForwardPass {
  readonly kept = new Map<NodeId, Kept>();
  readonly calls: Call[] = [];
  /** Calls that depend on the weights alone: once before `calls` is repeated. */
  readonly prepare: Call[];
  /** Where the images go: [batch, height, width, channels]. */
  images: Region | null = null;
  private readonly subject: Subject;
  private readonly modeOf: (node: NodeId) => BlockMode;
  private readonly repeats: boolean;

  /** With `repeats` the weights do not change between runs: `prepare` has what follows from them. */
  constructor(subject: Subject, modeOf: (node: NodeId) => BlockMode, repeats: boolean) {
    this.subject = subject;
    this.modeOf = modeOf;
    this.repeats = repeats;
    this.prepare = repeats ? [] : this.calls;
  }

  y(node: NodeId): Region {
    return this.kept.get(node)!.y;
  }

  /** Gives back all that a node keeps. */
  release(node: NodeId): void {
    const { y, z, mean, inverse, scale, d } = this.kept.get(node)!;
    const regions = [y, z, mean, inverse, scale, d].filter((region) => region !== undefined);
    this.subject.arena.giveBack(...new Set(regions));
    this.kept.delete(node);
  }

  /** Forward passes alone: gives back outputs that no node after `index` reads; statistics stay. */
  releaseRead(nodes: readonly ArchitectureNode[], index: number): void {
    for (const id of new Set(nodes[index]!.inputs)) {
      const isReadBy = ({ inputs }: ArchitectureNode) => inputs.some((input) => input === id);
      if (nodes.slice(index + 1).some(isReadBy)) continue;
      const { y, d } = this.kept.get(id)!;
      if (y !== this.images) this.subject.arena.giveBack(y);
      if (d) this.subject.arena.giveBack(d);
    }
  }

  node(node: Exclude<ArchitectureNode, HeadNode>): void {
    const { kernels, arena, batch, shapes, weight } = this.subject;
    const { height, width, channels } = shapes.get(node.id)!;
    const count = batch * height * width * channels;
    switch (node.kind) {
      case 'input':
        this.images = this.subject.lasting.take(count);
        this.kept.set(node.id, { y: this.images });
        return;
      case 'conv':
      case 'sepConv':
        this.kept.set(node.id, this.block(node));
        return;
      case 'maxPool': {
        const x = this.y(node.inputs[0]);
        const y = arena.take(count);
        const from = shapes.get(node.inputs[0])!;
        this.calls.push(() =>
          kernels.maxPool(x.address, y.address, batch, from.height, from.width, from.channels),
        );
        this.kept.set(node.id, { y });
        return;
      }
      case 'add': {
        const [main, skip] = [this.y(node.inputs[0]), this.y(node.inputs[1])];
        const lambda = weight(node.id, 'lambda');
        const y = arena.take(count);
        this.calls.push(() => kernels.mix(lambda, main.address, skip.address, y.address, count));
        this.kept.set(node.id, { y });
        return;
      }
      case 'concat': {
        const y = arena.take(count);
        let offset = 0;
        for (const input of node.inputs) {
          const x = this.y(input).address;
          const { channels: own } = shapes.get(input)!;
          const to = y.address + 4 * offset;
          this.calls.push(() => kernels.copyColumns(x, own, to, channels, batch * height * width, own));
          offset += own;
        }
        this.kept.set(node.id, { y });
        return;
      }
    }
  }

  private block(node: BlockNode): Kept {
    const { kernels, arena, batch, shapes, weight, task } = this.subject;
    const { height, width } = shapes.get(node.id)!;
    const [rows, { filters, id }] = [batch * height * width, node];
    const mode = this.modeOf(id);
    const d = node.kind === 'sepConv' ? this.depthwise(node) : undefined;
    const z = this.convolution(node, d ?? this.y(node.inputs[0]));
    const [gamma, beta] = [weight(id, 'gamma'), weight(id, 'beta')];
    const deep = d ? { d } : {};
    if (mode === 'batch') {
      const [y, mean, inverse] = [arena.take(rows * filters), arena.take(filters), arena.take(filters)];
      const scratch = arena.take(2 * filters);
      arena.giveBack(scratch);
      const [from, to, m, v, s] = [z, y, mean, inverse, scratch].map(({ address }) => address) as Five;
      this.calls.push(() =>
        kernels.normaliseRelu(from, gamma, beta, to, m, v, s, rows, filters, batchNormEpsilon),
      );
      return { y, z, mean, inverse, ...deep };
    }
    const measured = mode === 'running' ? null : { mean: arena.take(filters), variance: arena.take(filters) };
    if (measured) {
      const [m, v] = [measured.mean.address, measured.variance.address];
      this.calls.push(() => kernels.moments(z.address, m, v, rows, filters));
    }
    const isFixed = this.repeats && mode !== 'measured';
    const place = isFixed ? this.subject.lasting : arena;
    const [scale, shift] = [place.take(filters), place.take(filters)];
    const running = statisticNames(task);
    const [m, v] =
      mode === 'measured'
        ? [measured!.mean.address, measured!.variance.address]
        : [weight(id, running.mean), weight(id, running.variance)];
    const [s, t] = [scale.address, shift.address];
    (isFixed ? this.prepare : this.calls).push(() =>
      kernels.runningScale(gamma, beta, m, v, s, t, filters, batchNormEpsilon),
    );
    this.calls.push(() => kernels.scaleRelu(z.address, s, t, z.address, rows, filters));
    if (!isFixed) arena.giveBack(shift);
    return { y: z, ...(isFixed ? {} : { scale }), ...measured, ...deep };
  }

  /** The depthwise convolution of a sepConv, [batch, height, width, input channels]. */
  private depthwise(node: BlockNode): Region {
    const { kernels, arena, batch, shapes, weight } = this.subject;
    const { height, width, channels } = shapes.get(node.inputs[0])!;
    const size = node.kernelSize;
    const [x, filter] = [this.y(node.inputs[0]).address, weight(node.id, 'depthwise')];
    const d = arena.take(batch * height * width * channels);
    const padded = arena.take(paddedLength({ height, width, channels }, size));
    arena.giveBack(padded);
    this.calls.push(() =>
      kernels.depthwise(x, filter, d.address, padded.address, batch, height, width, channels, size),
    );
    return d;
  }

  /** The full or pointwise convolution of a block over `x`. */
  private convolution(node: BlockNode, x: Region): Region {
    const { kernels, arena, batch, shapes, weight } = this.subject;
    const shape = shapes.get(node.inputs[0])!;
    const size = node.kind === 'conv' ? node.kernelSize : 1;
    const filter = weight(node.id, node.kind === 'conv' ? 'kernel' : 'pointwise');
    const convolution = convolutionOf(kernels, shape, node.filters, size, false);
    const z = arena.take(batch * shape.height * shape.width * node.filters);
    const prepared = (this.repeats ? this.subject.lasting : arena).take(convolution.filterLength);
    const room = arena.take(convolution.roomLength);
    arena.giveBack(room);
    if (!this.repeats) arena.giveBack(prepared);
    const [from, p, to, r] = [x, prepared, z, room].map(({ address }) => address) as Four;
    this.prepare.push(() => convolution.prepare(filter, p, r));
    this.calls.push(() => convolution.run(from, p, to, r, batch));
    return z;
  }
}

type Four = [Address, Address, Address, Address];
type Five = [...Four, Address];
