import type {
  AddNode,
  ArchitectureNode,
  BlockNode,
  HeadNode,
  NodeId,
} from '../../core/architecture/types.ts';
import type { TensorName } from '../../core/architecture/weights.ts';
import { convolutionOf, filterGradientOf, paddedLength } from './convolutions.ts';
import type { Call, ForwardPass, Kept, Subject } from './forward.ts';
import type { Region } from './heap.ts';
import type { Address } from './kernels.ts';

export interface BackwardOptions {
  readonly forward: ForwardPass;
  /** Where the gradient of a tensor of the weights goes. */
  readonly gradient: (node: NodeId, name: TensorName) => Address;
  /** Nodes whose output needs a gradient. */
  readonly needed: ReadonlySet<NodeId>;
  readonly isTrained: (node: NodeId) => boolean;
  /** Receives the mean loss of the batch. */
  readonly onLoss: (loss: number) => void;
}

/** Writes the calls of loss and backward pass, in reverse; gives back every region once its last reader is written. */
export class BackwardPass {
  /** Rows of probabilities, [batch, classes]. */
  targets: Region | null = null;
  private readonly subject: Subject;
  private readonly options: BackwardOptions;
  private readonly outputGradients = new Map<NodeId, Region>();

  constructor(subject: Subject, options: BackwardOptions) {
    this.subject = subject;
    this.options = options;
  }

  private get calls(): Call[] {
    return this.options.forward.calls;
  }

  /** Lets `write` put one contribution to the gradient of a node's output where it is told; the first is it, others are added. */
  private flow(to: NodeId, write: (target: Region) => void): void {
    if (!this.options.needed.has(to)) return;
    const { arena, kernels, batch, shapes } = this.subject;
    const { height, width, channels } = shapes.get(to)!;
    const count = batch * height * width * channels;
    const sum = this.outputGradients.get(to);
    const target = arena.take(count);
    write(target);
    if (!sum) {
      this.outputGradients.set(to, target);
      return;
    }
    this.calls.push(() => kernels.addTo(sum.address, target.address, count));
    arena.giveBack(target);
  }

  /** Global average pooling, dense layer, loss, and back to the head's input. */
  head(head: HeadNode): void {
    const { kernels, arena, batch, shapes, weight } = this.subject;
    const { forward, gradient, isTrained, onLoss } = this.options;
    const [input, { classes, id }] = [head.inputs[0], head];
    const { height, width, channels } = shapes.get(input)!;
    const area = height * width;
    const x = forward.y(input).address;
    const targets = this.subject.lasting.take(batch * classes);
    this.targets = targets;
    const [pooled, dpooled] = [arena.take(batch * channels), arena.take(batch * channels)];
    const logits = arena.take(batch * classes);
    const unused = isTrained(id) ? [] : [arena.take(channels * classes), arena.take(classes)];
    const dkernel = unused[0]?.address ?? gradient(id, 'kernel');
    const dbias = unused[1]?.address ?? gradient(id, 'bias');
    const [kernel, bias] = [weight(id, 'kernel'), weight(id, 'bias')];
    const [p, dp, l] = [pooled.address, dpooled.address, logits.address];
    this.calls.push(
      () => kernels.globalAverage(x, p, batch, area, channels),
      () => kernels.dense(p, kernel, bias, l, batch, channels, classes),
      () => onLoss(kernels.softmaxLoss(l, targets.address, batch, classes)),
      () => kernels.denseBack(p, kernel, l, dp, dkernel, dbias, batch, channels, classes),
    );
    this.flow(input, (dx) =>
      this.calls.push(() => kernels.globalAverageBack(dp, dx.address, batch, area, channels)),
    );
    arena.giveBack(pooled, dpooled, logits, ...unused);
  }

  node(node: Exclude<ArchitectureNode, HeadNode>): void {
    const { forward } = this.options;
    const dy = this.outputGradients.get(node.id);
    if (dy) this.propagate(node, dy, forward.kept.get(node.id)!);
    if (dy) this.subject.arena.giveBack(dy);
    // Images are written before a run, so nothing else may lie there.
    if (node.kind !== 'input') forward.release(node.id);
  }

  private propagate(node: Exclude<ArchitectureNode, HeadNode>, dy: Region, kept: Kept): void {
    switch (node.kind) {
      case 'input':
        return;
      case 'conv':
      case 'sepConv':
        this.block(node, dy, kept);
        return;
      case 'maxPool':
        this.maxPool(node.inputs[0], dy, kept.y);
        return;
      case 'add':
        this.add(node, dy);
        return;
      case 'concat':
        this.concat(node.id, node.inputs, dy);
        return;
    }
  }

  private maxPool(input: NodeId, dy: Region, y: Region): void {
    const { kernels, batch, shapes } = this.subject;
    const { height, width, channels } = shapes.get(input)!;
    const x = this.options.forward.y(input).address;
    this.flow(input, (dx) =>
      this.calls.push(() =>
        kernels.maxPoolBack(dy.address, x, y.address, dx.address, batch, height, width, channels),
      ),
    );
  }

  private add(node: AddNode, dy: Region): void {
    const { kernels, batch, shapes, weight } = this.subject;
    const { forward, gradient, isTrained } = this.options;
    const { height, width, channels } = shapes.get(node.id)!;
    const count = batch * height * width * channels;
    const lambda = weight(node.id, 'lambda');
    node.inputs.forEach((input, index) =>
      this.flow(input, (dx) =>
        this.calls.push(() => kernels.scaleByLambda(lambda, dy.address, dx.address, count, index === 1)),
      ),
    );
    if (!isTrained(node.id)) return;
    const [main, skip] = node.inputs.map((input) => forward.y(input).address) as [Address, Address];
    const dlambda = gradient(node.id, 'lambda');
    this.calls.push(() => kernels.mixBackLambda(dy.address, main, skip, dlambda, count));
  }

  private concat(id: NodeId, inputs: readonly NodeId[], dy: Region): void {
    const { kernels, batch, shapes } = this.subject;
    const { height, width, channels } = shapes.get(id)!;
    let offset = 0;
    for (const input of inputs) {
      const { channels: own } = shapes.get(input)!;
      const from = dy.address + 4 * offset;
      this.flow(input, (dx) =>
        this.calls.push(() =>
          kernels.copyColumns(from, channels, dx.address, own, batch * height * width, own),
        ),
      );
      offset += own;
    }
  }

  private block(node: BlockNode, dy: Region, kept: Kept): void {
    const { kernels, arena, batch, shapes, weight } = this.subject;
    const { forward, gradient } = this.options;
    const { height, width } = shapes.get(node.id)!;
    const [rows, { filters, id }] = [batch * height * width, node];
    const [g, y] = [dy.address, kept.y.address];
    // Where dy was, dz is from here on.
    if (kept.z && kept.mean && kept.inverse) {
      const [z, mean, inverse] = [kept.z.address, kept.mean.address, kept.inverse.address];
      const scratch = arena.take(3 * filters);
      arena.giveBack(scratch);
      const s = scratch.address;
      const [gamma, dgamma, dbeta] = [weight(id, 'gamma'), gradient(id, 'gamma'), gradient(id, 'beta')];
      this.calls.push(() =>
        kernels.normaliseReluBack(g, z, y, gamma, mean, inverse, g, dgamma, dbeta, s, rows, filters),
      );
    } else {
      const scale = kept.scale!.address;
      this.calls.push(() => kernels.scaleReluBack(g, y, scale, g, rows, filters));
    }
    const input = node.inputs[0];
    if (node.kind === 'conv') {
      this.convolution(node, 'kernel', forward.y(input).address, dy);
      this.flow(input, (dx) => this.convolutionInput(node, 'kernel', dy, dx));
      return;
    }
    this.convolution(node, 'pointwise', kept.d!.address, dy);
    const { channels } = shapes.get(input)!;
    const dd = arena.take(rows * channels);
    this.convolutionInput(node, 'pointwise', dy, dd);
    this.depthwise(node, dd);
    arena.giveBack(dd);
  }

  /** Gradient of a full or pointwise filter; `x` is what it was applied to. */
  private convolution(node: BlockNode, name: 'kernel' | 'pointwise', x: Address, dz: Region): void {
    if (!this.options.isTrained(node.id)) return;
    const { kernels, arena, batch, shapes } = this.subject;
    const size = name === 'kernel' ? node.kernelSize : 1;
    const dw = this.options.gradient(node.id, name);
    const gradient = filterGradientOf(kernels, shapes.get(node.inputs[0])!, node.filters, size);
    const room = arena.take(gradient.roomLength);
    arena.giveBack(room);
    this.calls.push(() => gradient.run(x, dz.address, dw, room.address, batch));
  }

  /** Gradient of what a full or pointwise filter was applied to. */
  private convolutionInput(node: BlockNode, name: 'kernel' | 'pointwise', dz: Region, dx: Region): void {
    const { kernels, arena, batch, shapes, weight } = this.subject;
    const { channels } = shapes.get(node.inputs[0])!;
    const size = name === 'kernel' ? node.kernelSize : 1;
    const filter = weight(node.id, name);
    const convolution = convolutionOf(kernels, shapes.get(node.id)!, channels, size, true);
    const [prepared, room] = [arena.take(convolution.filterLength), arena.take(convolution.roomLength)];
    arena.giveBack(prepared, room);
    const [p, r] = [prepared.address, room.address];
    this.calls.push(
      () => convolution.prepare(filter, p, r),
      () => convolution.run(dz.address, p, dx.address, r, batch),
    );
  }

  /** Gradients of a depthwise filter and of the block's input. */
  private depthwise(node: BlockNode, dd: Region): void {
    const { kernels, arena, batch, shapes, weight } = this.subject;
    const { forward, gradient, isTrained } = this.options;
    const [input, size] = [node.inputs[0], node.kernelSize];
    const { height, width, channels } = shapes.get(input)!;
    const x = forward.y(input).address;
    if (isTrained(node.id)) {
      const dw = gradient(node.id, 'depthwise');
      this.calls.push(() =>
        kernels.depthwiseBackFilter(x, dd.address, dw, batch, height, width, channels, size),
      );
    }
    const filter = weight(node.id, 'depthwise');
    this.flow(input, (dx) => {
      const turned = arena.take(size * size * channels);
      const padded = arena.take(paddedLength({ height, width, channels }, size));
      arena.giveBack(turned, padded);
      const [t, room] = [turned.address, padded.address];
      this.calls.push(
        () => kernels.turnFilter(filter, t, size, channels),
        () => kernels.depthwise(dd.address, t, dx.address, room, batch, height, width, channels, size),
      );
    });
  }
}
