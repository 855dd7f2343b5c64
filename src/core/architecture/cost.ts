import { shapesOf } from './shapes.ts';
import type { Architecture, ArchitectureNode, NodeId, Shape } from './types.ts';

/** What one node, or a whole network, costs for one image. */
export interface Cost {
  /** Trainable numbers: kernels, BN's gamma and beta (2 per filter; running statistics are not counted), lambda, bias. */
  readonly parameters: number;
  /** Of convolutions and the dense layer; taps on the padding are counted, BN, ReLU, pooling, merging are not. */
  readonly multiplyAdds: number;
  /** Float32 output of the node. A separable block's inner depthwise output is not a node's output. */
  readonly activationBytes: number;
}

function costOf(node: ArchitectureNode, input: Shape | undefined, output: Shape): Cost {
  const area = output.height * output.width;
  const activationBytes = 4 * area * output.channels;
  switch (node.kind) {
    case 'conv': {
      const kernel = node.kernelSize ** 2 * input!.channels * node.filters;
      return { parameters: kernel + 2 * node.filters, multiplyAdds: area * kernel, activationBytes };
    }
    case 'sepConv': {
      const kernels = node.kernelSize ** 2 * input!.channels + input!.channels * node.filters;
      return { parameters: kernels + 2 * node.filters, multiplyAdds: area * kernels, activationBytes };
    }
    case 'head': {
      const kernel = input!.channels * node.classes;
      return { parameters: kernel + node.classes, multiplyAdds: kernel, activationBytes };
    }
    case 'add':
      return { parameters: 1, multiplyAdds: 0, activationBytes };
    case 'input':
    case 'maxPool':
    case 'concat':
      return { parameters: 0, multiplyAdds: 0, activationBytes };
  }
}

/** Cost of every node. Throws on an architecture that does not validate. */
export function nodeCosts(architecture: Architecture): ReadonlyMap<NodeId, Cost> {
  const shapes = shapesOf(architecture);
  return new Map(
    architecture.nodes.map((node) => {
      const first = node.inputs[0];
      return [
        node.id,
        costOf(node, first === undefined ? undefined : shapes.get(first), shapes.get(node.id)!),
      ];
    }),
  );
}

/** Cost of the whole network: the sum over its nodes, the input image included in activationBytes. */
export function networkCost(architecture: Architecture): Cost {
  let parameters = 0;
  let multiplyAdds = 0;
  let activationBytes = 0;
  for (const cost of nodeCosts(architecture).values()) {
    parameters += cost.parameters;
    multiplyAdds += cost.multiplyAdds;
    activationBytes += cost.activationBytes;
  }
  return { parameters, multiplyAdds, activationBytes };
}

/** Trainable parameters; equals layoutOf(architecture).trainableLength. */
export const parameterCount = (architecture: Architecture): number => networkCost(architecture).parameters;

/** Multiply-adds of one image's forward pass. */
export const multiplyAdds = (architecture: Architecture): number => networkCost(architecture).multiplyAdds;

/** Float32 bytes of all nodes' outputs for one image. */
export const activationBytes = (architecture: Architecture): number =>
  networkCost(architecture).activationBytes;
