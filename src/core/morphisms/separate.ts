import { blockOf, blocksOf, findBlock, replaceNode, weightedNeighbours } from '../architecture/graph.ts';
import { parameterCount } from '../architecture/cost.ts';
import type { Architecture, ConvNode, KernelSize, NodeId } from '../architecture/types.ts';
import type { TensorRef } from '../architecture/weights.ts';
import { fail, ok, type Result } from '../result.ts';
import type { MorphismIn, Operator } from './operator.ts';
import { transfer } from './transfer.ts';

const forms = [{ block: 'node' }] as const;
type Separate = MorphismIn<'separate', (typeof forms)[number]>;

interface SeparateFacts {
  readonly block: NodeId;
  readonly kernelSize: KernelSize;
}

/** The child's graph, where the block is a convolution that gets smaller by it. */
function separated(architecture: Architecture, block: NodeId): Result<Architecture, string> {
  const node = findBlock(architecture, block);
  if (!node) return fail(`there is no block ${block}`);
  if (node.kind === 'sepConv') return fail(`block ${block} is separable already`);
  if (node.kernelSize === 1) return fail(`block ${block} is 1x1: nothing to separate`);
  const child = replaceNode(architecture, { ...node, kind: 'sepConv' });
  if (parameterCount(child) >= parameterCount(architecture))
    return fail(`block ${block} would not get smaller`);
  return ok(child);
}

const sites = (architecture: Architecture): readonly Separate[] =>
  blocksOf(architecture)
    .filter((node): node is ConvNode => separated(architecture, node.id).ok)
    .map(({ id }) => ({ operator: 'separate', block: id }));

/**
 * A convolution becomes separable. Start [ours]: per input channel, the best rank-1 factorisation (SVD) of its
 * k*k x filters slice, one factor to the depthwise, one to the pointwise kernel. BN stays.
 */
export const separate: Operator<Separate, SeparateFacts> = {
  kind: 'separate',
  exactness: 'approximate',
  forms,
  sites,
  cellSites: ({ blocks }) => blocks.map((block) => ({ operator: 'separate', block })),
  vary: (morphism) => morphism,
  apply(architecture, { block }) {
    const result = separated(architecture, block);
    if (!result.ok) return result;
    const child = result.value;
    const from: TensorRef = { node: block, name: 'kernel' };
    const tensors = transfer(architecture, child, {
      own: new Map([
        [
          block,
          {
            depthwise: { kind: 'factor', from, part: 'depthwise' },
            pointwise: { kind: 'factor', from, part: 'pointwise' },
          },
        ],
      ]),
    });
    const touched = new Set([
      block,
      ...weightedNeighbours(architecture, [block], -1),
      ...weightedNeighbours(architecture, [block], 1),
    ]);
    const affected = child.nodes.map((node) => node.id).filter((id) => touched.has(id));
    return ok({ child, map: { tensors, selections: [] }, affected, refits: [block] });
  },
  facts: (architecture, { block }) => ({ block, kernelSize: blockOf(architecture, block).kernelSize }),
};
