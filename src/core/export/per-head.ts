import { withoutUnused } from '../architecture/graph.ts';
import type { Architecture, ArchitectureNode } from '../architecture/types.ts';
import {
  hasSecondHead,
  layoutOf,
  statisticNames,
  tensorKey,
  type TensorName,
  type Weights,
} from '../architecture/weights.ts';
import type { DescribedNetwork } from './code-lines.ts';
import type { ExportedNetwork, HeadFacts } from './portable.ts';

/** The part of a network that the head of `task` depends on; that head becomes the only one. */
const aloneWith = ({ nodes }: Architecture, task: number): Architecture =>
  withoutUnused({
    nodes: nodes.flatMap((node): readonly ArchitectureNode[] => {
      if (node.kind !== 'head') return [node];
      return node.task === task ? [{ ...node, task: 0 }] : [];
    }),
  });

/** The weights of `alone`, with the running statistics that the head of `task` has in `architecture`. */
function weightsOf(architecture: Architecture, weights: Weights, alone: Architecture, task: number): Weights {
  const slots = new Map(layoutOf(architecture).slots.map((slot) => [tensorKey(slot), slot]));
  const names = statisticNames(task);
  const nameOf = (name: TensorName) => (name === 'mean' || name === 'variance' ? names[name] : name);
  const layout = layoutOf(alone);
  const own: Weights = new Float32Array(layout.length);
  for (const { node, name, offset } of layout.slots) {
    const from = slots.get(tensorKey({ node, name: nameOf(name) }))!;
    own.set(weights.subarray(from.offset, from.offset + from.length), offset);
  }
  return own;
}

/**
 * A network as one network a head. Two heads share their kernels, but each sees its own pixel normalisation and BN
 * statistics, which no one graph of the formats written here has: so every head becomes a network of its own. `second`
 * gives the second's classes and normalisation; where it is missing, only the first head is given.
 */
export function describedHeads(
  network: DescribedNetwork,
  second: HeadFacts | null,
): readonly DescribedNetwork[] {
  if (!hasSecondHead(network.architecture)) return [network];
  return [network, ...(second ? [second] : [])].map(({ classes, mean, deviation, preparation }, task) => ({
    name: `${network.name}, head ${task + 1} of 2`,
    architecture: aloneWith(network.architecture, task),
    ...{ classes, mean, deviation },
    ...(preparation && { preparation }),
    head: { number: task + 1, of: 2 },
  }));
}

/** The same with weights. Throws RangeError when their number is wrong. */
export function exportedHeads(
  network: ExportedNetwork,
  second: HeadFacts | null,
): readonly ExportedNetwork[] {
  const { architecture, weights } = network;
  const { length } = layoutOf(architecture);
  if (weights.length !== length) throw new RangeError(`expected ${length} weights, got ${weights.length}`);
  return describedHeads(network, second).map((head, task) => ({
    ...head,
    weights: weightsOf(architecture, weights, head.architecture, task),
  }));
}
