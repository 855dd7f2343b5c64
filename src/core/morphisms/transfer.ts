import { nodesById } from '../architecture/graph.ts';
import { shapesOf } from '../architecture/shapes.ts';
import type { Architecture, ArchitectureNode, NodeId } from '../architecture/types.ts';
import { tensorsOf, type TensorName } from '../architecture/weights.ts';
import { concatRuns, unscaled, type Runs } from './channel-runs.ts';
import type { Fill, TensorMap, TensorSource } from './weight-map.ts';

/** What a morphism did to the graph, as far as the weights of the nodes that it left alone are concerned. */
export interface Rewiring {
  /** Parent nodes whose readers now read `by`: how `by`'s channels relate to those of the node replaced. */
  readonly replaced?: ReadonlyMap<NodeId, { readonly by: NodeId; readonly runs: Runs }>;
  /** Blocks with other filters than before: their own tensors' output channels. */
  readonly outputs?: ReadonlyMap<NodeId, Runs>;
  /** The same blocks as their readers see them, where that differs (Net2Wider shares out the readers' weights). */
  readonly consumed?: ReadonlyMap<NodeId, Runs>;
  /** Concats that lost operands: which of the parent's operands each remaining one was. */
  readonly operands?: ReadonlyMap<NodeId, readonly number[]>;
  /** Relative noise on repeated filters. */
  readonly noise?: number;
  /** Sources of tensors that the general rule does not cover: new nodes, and nodes that changed their kind. */
  readonly own?: ReadonlyMap<NodeId, Partial<Record<TensorName, TensorSource>>>;
}

export const constant = (value: number): Fill => ({ kind: 'constant', value });
export const he = (fanIn: number): Fill => ({ kind: 'he', fanIn });

/** How every child node that the parent has too relates to it, channel by channel, as its readers see it. */
function relations(parent: Architecture, child: Architecture, rewiring: Rewiring) {
  const parentNodes = nodesById(parent);
  const parentShapes = shapesOf(parent);
  const own = new Map<NodeId, Runs>();
  /** The relation at operand `slot` of a node; `parentSlot` where operands were dropped. */
  const edge = (node: ArchitectureNode, slot: number, parentSlot = slot): Runs => {
    const now = (node.inputs as readonly NodeId[])[slot]!;
    const before = (parentNodes.get(node.id)!.inputs as readonly NodeId[])[parentSlot]!;
    if (now === before) return own.get(now) ?? null;
    const stand = rewiring.replaced?.get(before);
    if (stand?.by !== now)
      throw new Error(`node ${node.id}: reads ${now} instead of ${before} for no known reason`);
    return stand.runs;
  };
  for (const node of child.nodes) {
    const old = parentNodes.get(node.id);
    if (!old) continue;
    switch (node.kind) {
      case 'conv':
      case 'sepConv':
        own.set(node.id, rewiring.consumed?.get(node.id) ?? rewiring.outputs?.get(node.id) ?? null);
        break;
      case 'maxPool':
      case 'add':
        own.set(node.id, edge(node, 0));
        break;
      case 'concat': {
        const slots = rewiring.operands?.get(node.id) ?? node.inputs.map((_, index) => index);
        const widths = (old.inputs as readonly NodeId[]).map((id) => parentShapes.get(id)!.channels);
        const parts = slots.map((parentSlot, slot) => ({
          offset: widths.slice(0, parentSlot).reduce((a, b) => a + b, 0),
          channels: widths[parentSlot]!,
          runs: edge(node, slot, parentSlot),
        }));
        const whole = slots.length === widths.length && parts.every(({ runs }) => runs === null);
        own.set(node.id, whole ? null : concatRuns(parts));
        break;
      }
      case 'input':
      case 'head':
        break;
    }
  }
  return edge;
}

/**
 * The weight map's tensors: one for every tensor of the child, in node order. Weights of nodes that parent and child
 * share are gathered from the parent: output channels as the block's filters changed, input channels as what it reads
 * changed. New input channels start at zero in conv, pointwise and dense kernels (so that nothing changes) and with
 * He's normal in depthwise ones (so that never both factors are zero); new filters start with He's normal. Statistics of
 * new filters are measured on the first head's images for both heads: their readers' weights are zero, and re-estimation
 * follows training.
 */
export function transfer(
  parent: Architecture,
  child: Architecture,
  rewiring: Rewiring,
): readonly TensorMap[] {
  const edge = relations(parent, child, rewiring);
  const nodes = nodesById(child);
  return tensorsOf(child).map(({ node: id, name, shape }): TensorMap => {
    const to = { node: id, name };
    const own = rewiring.own?.get(id)?.[name];
    if (own) return { to, source: own };
    const node = nodes.get(id)!;
    const outputs = rewiring.outputs?.get(id) ?? null;
    const gather = (
      runs: { readonly inputs?: Runs; readonly outputs?: Runs },
      newOutputs: Fill,
      newInputs: Fill = constant(0),
      noise = 0,
    ): TensorMap => ({
      to,
      source: {
        kind: 'gather',
        from: to,
        inputs: runs.inputs ?? null,
        outputs: runs.outputs ?? null,
        newInputs,
        newOutputs,
        noise,
      },
    });
    switch (name) {
      case 'kernel':
      case 'pointwise': {
        const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
        const noise = node.kind === 'head' || outputs === null ? 0 : (rewiring.noise ?? 0);
        return gather({ inputs: edge(node, 0), outputs }, he(fanIn), constant(0), noise);
      }
      case 'depthwise': {
        const fill = he(shape[0]! * shape[1]!);
        return gather({ inputs: unscaled(edge(node, 0)) }, fill, fill);
      }
      case 'gamma':
        return gather({ outputs }, constant(1));
      case 'beta':
      case 'bias':
      case 'lambda':
        return gather({ outputs }, constant(0));
      case 'mean':
      case 'mean1':
        return gather({ outputs }, { kind: 'measured', statistic: 'mean' });
      case 'variance':
      case 'variance1':
        return gather({ outputs }, { kind: 'measured', statistic: 'variance' });
    }
  });
}
