import { operatorsOf } from '../../core/morphisms/operators-of.ts';
import { isJustTrained, type NetworkView, type RunView } from '../../core/run-file/view.ts';
import { dominates } from '../../core/search/dominance.ts';
import type { ObjectiveKey } from '../../core/search/objectives.ts';
import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import type { Brushes } from '../charts/props.ts';

export type RowFilter = 'front' | 'evaluated' | 'failed';
export type SortKey = ObjectiveKey | 'id' | 'parent' | 'generation' | 'images';
export type Role = 'front' | 'hidden' | 'dominated' | 'justTrained' | 'training' | 'failed';

export interface Row {
  readonly network: NetworkView;
  readonly role: Role;
  readonly operators: readonly OperatorKind[];
}

/** Whether `network` would also be on the front of `pair` alone, among `front`. */
export function onFrontOf(
  network: NetworkView,
  front: readonly NetworkView[],
  pair: readonly ObjectiveKey[],
): boolean {
  const values = (one: NetworkView) => pair.map((key) => one.objectives[key] ?? Infinity);
  const own = values(network);
  return !front.some((other) => dominates(values(other), own));
}

function roleOf(
  view: RunView,
  network: NetworkView,
  front: readonly NetworkView[],
  pair: readonly ObjectiveKey[],
): Role {
  if (network.status === 'training') return 'training';
  if (network.status === 'failed') return 'failed';
  if (isJustTrained(view, network)) return 'justTrained';
  if (!network.onFront) return 'dominated';
  return onFrontOf(network, front, pair) ? 'front' : 'hidden';
}

function valueOf(network: NetworkView, key: SortKey): number {
  switch (key) {
    case 'id':
      return network.id;
    case 'parent':
      return network.parent ?? 0;
    case 'generation':
      return network.generation;
    case 'images':
      return network.ownImages + network.inheritedImages;
    default:
      return network.objectives[key] ?? Infinity;
  }
}

export interface Listing {
  readonly filter: RowFilter;
  readonly sort: SortKey;
  readonly descending: boolean;
  readonly brushes: Brushes;
  /** The axes of the plot: what "through another objective" refers to. */
  readonly pair: readonly ObjectiveKey[];
}

/** The table's rows: filtered, brushed and sorted; equal values keep the order of their ids. */
export function rowsOf(view: RunView, listing: Listing): readonly Row[] {
  const { filter, sort, descending, brushes, pair } = listing;
  const all = [...view.networks.values()];
  const front = all.filter((network) => network.onFront);
  const kept = all.filter((network) => {
    if (filter === 'front' && !network.onFront) return false;
    if (filter === 'evaluated' && network.status === 'failed') return false;
    if (filter === 'failed' && network.status !== 'failed') return false;
    return Object.entries(brushes).every(([key, range]) => {
      const value = network.objectives[key as ObjectiveKey];
      return value === undefined || !range || (value >= range[0] && value <= range[1]);
    });
  });
  const sign = descending ? -1 : 1;
  kept.sort((a, b) => sign * (valueOf(a, sort) - valueOf(b, sort)) || a.id - b.id);
  return kept.map((network) => ({
    network,
    role: roleOf(view, network, front, pair),
    operators: operatorsOf(network.chain),
  }));
}

/** Comma-separated values of `rows`, stored units, for a spreadsheet. */
export function csvOf(rows: readonly Row[], keys: readonly ObjectiveKey[]): string {
  const head = [
    'network',
    'role',
    ...keys,
    'parent',
    'operators',
    'generation',
    'ownImages',
    'inheritedImages',
  ];
  const lines = rows.map(({ network, role, operators }) =>
    [
      network.id,
      role,
      ...keys.map((key) => network.objectives[key] ?? ''),
      network.parent ?? '',
      operators.join(' '),
      network.generation,
      network.ownImages,
      network.inheritedImages,
    ].join(','),
  );
  return [head.join(','), ...lines].join('\n');
}
