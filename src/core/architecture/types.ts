/** Brands keep the ids of different things apart at no run-time cost. */
export type NodeId = string & { readonly __brand: 'NodeId' };
export type ArchitectureId = string & { readonly __brand: 'ArchitectureId' };

export type KernelSize = 1 | 3 | 5;

/** The images: `[height, width, channels]`. Exactly one per architecture. */
export interface InputNode {
  readonly kind: 'input';
  readonly id: NodeId;
  readonly inputs: readonly [];
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Conv-BN-ReLU: k x k, stride 1, same padding, no bias. */
export interface ConvNode {
  readonly kind: 'conv';
  readonly id: NodeId;
  readonly inputs: readonly [NodeId];
  readonly kernelSize: KernelSize;
  readonly filters: number;
}

/** The separable twin: depthwise k x k, then 1 x 1, then BN and ReLU (nothing between the two convolutions). */
export interface SepConvNode {
  readonly kind: 'sepConv';
  readonly id: NodeId;
  readonly inputs: readonly [NodeId];
  readonly kernelSize: KernelSize;
  readonly filters: number;
}

/** 2 x 2 max pooling, stride 2, valid padding: height and width are halved, rounding down. */
export interface MaxPoolNode {
  readonly kind: 'maxPool';
  readonly id: NodeId;
  readonly inputs: readonly [NodeId];
}

/** lambda * main + (1 - lambda) * skip, lambda learned, stored raw, clipped to [0, 1]. `inputs` = [main, skip]. */
export interface AddNode {
  readonly kind: 'add';
  readonly id: NodeId;
  readonly inputs: readonly [main: NodeId, skip: NodeId];
}

/** Concatenation along channels, in the order of `inputs`; the first is the main path. */
export interface ConcatNode {
  readonly kind: 'concat';
  readonly id: NodeId;
  readonly inputs: readonly [main: NodeId, ...rest: NodeId[]];
}

/** Global average pooling, dense, softmax. `task` 0 is the data set searched on; 1 a second data set's head. */
export interface HeadNode {
  readonly kind: 'head';
  readonly id: NodeId;
  readonly inputs: readonly [NodeId];
  readonly classes: number;
  readonly task: number;
}

export type ArchitectureNode =
  InputNode | ConvNode | SepConvNode | MaxPoolNode | AddNode | ConcatNode | HeadNode;
export type BlockNode = ConvNode | SepConvNode;

/** An immutable directed acyclic graph; `nodes` is in topological order, the input first, heads last. */
export interface Architecture {
  readonly nodes: readonly ArchitectureNode[];
}

export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}
