import { describe as describeArchitecture } from '../architecture/describe.ts';
import { objectiveKeys } from '../search/objectives.ts';
import { historyOf } from './history.ts';
import type { RunView } from './view.ts';

type Cell = string | number | boolean | null | undefined;

/** One cell (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe before it. */
function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A CSV text of `rows` under `header`, lines ended by CR LF. */
export const csv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** All networks of a run, one a line. Empty cells: not known. */
export function networksCsv(view: RunView): string {
  const header = [
    ...['id', 'parent', 'generation', 'status', 'on_front', ...objectiveKeys],
    ...['own_images', 'inherited_images', 'train_seconds', 'operators', 'architecture'],
  ];
  const rows = [...view.networks.values()].map((network) => [
    network.id,
    network.parent,
    network.generation,
    network.status,
    network.onFront,
    ...objectiveKeys.map((key) => network.objectives[key]),
    network.ownImages,
    network.inheritedImages,
    network.trainSeconds,
    network.chain.map(({ operator }) => operator).join(' '),
    describeArchitecture(network.architecture),
  ]);
  return csv(header, rows);
}

/** The generations that have competed, one a line. `images_seen`: by all networks trained until then. */
export function generationsCsv(view: RunView): string {
  const competed = view.generations.filter(({ outcome }) => outcome !== null);
  const rows = historyOf(view).map((point, index) => {
    const { proposals, trained, outcome } = competed[index]!;
    return [
      ...[point.generation, proposals.length, trained.length],
      ...[outcome!.joined.length, outcome!.left.length],
      ...[point.frontSize, point.hypervolume, point.images, point.trainSeconds],
    ];
  });
  const header = [
    ...['generation', 'proposed', 'trained', 'joined', 'left'],
    ...['front', 'hypervolume', 'images_seen', 'train_seconds'],
  ];
  return csv(header, rows);
}
