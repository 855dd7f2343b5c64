import { isBlock } from '../../core/architecture/graph.ts';
import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import { diffChain, diffRows, type NodeChange } from '../../core/morphisms/diff.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';

/** What an operator leaves of the node that it changes. */
const leaves: Readonly<Record<OperatorKind, NodeChange>> = {
  deepen: 'added',
  widen: 'wider',
  skip: 'added',
  remove: 'removed',
  prune: 'pruned',
  separate: 'separated',
};

/** Whether what `operator` did is still to be seen between the network's parent and the network. */
export function showsEffect(view: RunView, { parent, chain }: NetworkView, operator: OperatorKind): boolean {
  const from = parent === null ? undefined : view.networks.get(parent);
  if (!from || !chain.some((morphism) => morphism.operator === operator)) return false;
  const diff = diffChain(from.architecture, chain);
  return (
    diff.ok &&
    diffRows(diff.value).some(
      ({ change, operators, before, after }) =>
        change === leaves[operator] &&
        operators.includes(operator) &&
        (operator === 'skip' ? !isBlock(after!.node) : isBlock((after ?? before)!.node)),
    )
  );
}

/**
 * A network that shows what an operator does: one made by it alone before others, one of the front before others, one
 * that errs less than its parent before others, then the largest; null where none shows it.
 */
export function madeBy(view: RunView, operator: OperatorKind): NetworkView | null {
  const error = ({ objectives }: NetworkView) => objectives.error ?? 1;
  const worth = (network: NetworkView): readonly number[] => [
    Number(network.chain.every((morphism) => morphism.operator === operator)),
    Number(network.onFront),
    Number(error(network) < error(view.networks.get(network.parent!)!)),
    network.objectives.parameters ?? 0,
  ];
  const better = (a: NetworkView, b: NetworkView) => {
    const [of, than] = [worth(a), worth(b)];
    const at = of.findIndex((value, i) => value !== than[i]);
    return at >= 0 && of[at]! > than[at]!;
  };
  return [...view.networks.values()]
    .filter((network) => network.status === 'evaluated' && showsEffect(view, network, operator))
    .reduce<NetworkView | null>((best, network) => (!best || better(network, best) ? network : best), null);
}
