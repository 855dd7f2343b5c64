import { describe as describeArchitecture } from '../architecture/describe.ts';
import type { NetworkId } from '../search/events.ts';
import { type ObjectiveKey, objectiveKeys } from '../search/objectives.ts';
import { historyOf } from './history.ts';
import type { RunView } from './view.ts';

type Cell = string | number | boolean | null | undefined;

/**
 * One cell (RFC 4180). Text that a spreadsheet would run as a formula, also behind spaces or from full-width signs, gets an
 * apostrophe before it.
 */
function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^\s*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A CSV text of `rows` under `header`, lines ended by CR LF. */
export const csv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/**
 * The text with the byte order mark by which Excel knows UTF-8; other programs read a first column's name with a
 * stray character in it, so whoever saves a file chooses.
 */
export const withByteOrderMark = (text: string): string => `\ufeff${text}`;

/** Column of each objective, with its unit. */
const columns: Readonly<Record<ObjectiveKey, string>> = {
  error: 'validation_error_share',
  secondError: 'second_validation_error_share',
  parameters: 'parameters_count',
  multiplyAdds: 'multiply_adds_count',
  activationBytes: 'activation_memory_bytes',
  inferenceSeconds: 'inference_seconds',
};

/**
 * All networks of a run, one a line; units stand in the header. Empty cells: not known. `testErrors` are shares of the
 * official test images, where they were measured. An architecture is what `parseDescription` reads.
 */
export function networksCsv(
  view: RunView,
  testErrors: ReadonlyMap<NetworkId, number> = new Map<NetworkId, number>(),
): string {
  const header = [
    ...['id', 'parent', 'generation', 'status', 'on_front', ...objectiveKeys.map((key) => columns[key])],
    ...['test_error_share', 'own_images', 'inherited_images', 'train_seconds', 'operators', 'architecture'],
  ];
  const rows = [...view.networks.values()].map((network) => [
    network.id,
    network.parent,
    network.generation,
    network.status,
    network.onFront,
    ...objectiveKeys.map((key) => network.objectives[key]),
    testErrors.get(network.id),
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
    ...['front', 'hypervolume_share', 'images_seen', 'train_seconds'],
  ];
  return csv(header, rows);
}
