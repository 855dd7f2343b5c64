import { findBlock, findNode, freshBlockId, insertAfter, nonNegativeNodes } from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import type { Architecture, ConvNode, NodeId } from '../architecture/types.ts';
import { hasSecondHead } from '../architecture/weights.ts';
import { fail, ok } from '../result.ts';
import type { MorphismIn, Operator } from './operator.ts';
import { transfer } from './transfer.ts';
import type { TensorSource } from './weight-map.ts';

const forms = [{ after: 'node', kernelSize: [3, 5] }] as const;
type Deepen = MorphismIn<'deepen', (typeof forms)[number]>;

interface DeepenFacts {
  readonly after: NodeId;
  /** What it comes behind is a block. */
  readonly afterBlock: boolean;
  readonly block: NodeId;
  readonly kernelSize: 3 | 5;
  readonly filters: number;
}

const identityKernel: TensorSource = { kind: 'fill', fill: { kind: 'identity' } };
const measured = (statistic: 'mean' | 'variance' | 'deviation'): TensorSource => ({
  kind: 'fill',
  fill: { kind: 'measured', statistic },
});

function newBlock(architecture: Architecture, { after, kernelSize }: Deepen): ConvNode {
  const filters = shapesOf(architecture).get(after)!.channels;
  return { kind: 'conv', id: freshBlockId(architecture, after), inputs: [after], kernelSize, filters };
}

const sites = (architecture: Architecture): readonly Deepen[] => {
  const safe = nonNegativeNodes(architecture);
  return architecture.nodes
    .filter((node) => safe.has(node.id))
    .map(({ id }) => ({ operator: 'deepen', after: id, kernelSize: 3 }));
};

/**
 * Inserts a Conv-BN-ReLU block with an identity kernel (network morphisms of type I, I and III; Elsken et al. 2019,
 * section 3.1). BN undoes itself: gamma = sqrt(variance + eps), beta = mean, both measured. Both heads share gamma and
 * beta, so a second head's statistics begin as copies of the first's: any others would not be the identity. Exact only
 * where the input is never negative, hence behind a ReLU. Kernel size 3 or 5, drawn uniformly [ours].
 */
export const deepen: Operator<Deepen, DeepenFacts> = {
  kind: 'deepen',
  exactness: 'exact',
  forms,
  sites,
  cellSites: ({ ids }) => ids.map((after) => ({ operator: 'deepen', after, kernelSize: 3 })),
  vary: (morphism, random) => ({ ...morphism, kernelSize: random.pick([3, 5] as const) }),
  apply(architecture, morphism) {
    const { after } = morphism;
    if (!findNode(architecture, after)) return fail(`there is no node ${after}`);
    if (!nonNegativeNodes(architecture).has(after)) return fail(`the output of ${after} may be negative`);
    const block = newBlock(architecture, morphism);
    const child = insertAfter(architecture, after, block);
    const tensors = transfer(architecture, child, {
      replaced: new Map([[after, { by: block.id, runs: null }]]),
      own: new Map([
        [
          block.id,
          {
            kernel: identityKernel,
            gamma: measured('deviation'),
            beta: measured('mean'),
            mean: measured('mean'),
            variance: measured('variance'),
            ...(hasSecondHead(architecture) && {
              mean1: measured('mean'),
              variance1: measured('variance'),
            }),
          },
        ],
      ]),
    });
    return ok({ child, map: { tensors, selections: [] }, affected: [], refits: [] });
  },
  facts(architecture, morphism) {
    const { after, kernelSize } = morphism;
    const { id, filters } = newBlock(architecture, morphism);
    return {
      after,
      afterBlock: findBlock(architecture, after) !== undefined,
      block: id,
      kernelSize,
      filters,
    };
  },
};
