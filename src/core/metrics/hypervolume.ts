import { normaliseAll } from '../search/bounds.ts';
import { nonDominated, type Vector } from '../search/dominance.ts';
import type { Bound } from '../search/events.ts';
import type { ObjectiveValues } from '../search/objectives.ts';

/** The reference point is this in every normalised objective: a network at an axis's worst end still counts. */
export const referenceCoordinate = 1.1;

/** Two objectives: the area under the staircase, by one sweep from left to right. O(n log n). */
function sweep2(points: readonly Vector[], reference: Vector): number {
  const sorted = [...points].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  let area = 0;
  let height = reference[1]!;
  for (const point of sorted) {
    if (point[1]! >= height) continue;
    area += (reference[0]! - point[0]!) * (height - point[1]!);
    height = point[1]!;
  }
  return area;
}

/**
 * Three objectives: slabs along the third, each times the area of the staircase of the points seen so far, which
 * is kept sorted and updated in place (Fonseca, Paquete, Lopez-Ibanez 2006, dimension sweep). O(n * front).
 */
function sweep3(points: readonly Vector[], reference: Vector): number {
  const sorted = [...points].sort((a, b) => a[2]! - b[2]!);
  const stairs: Vector[] = [];
  let volume = 0;
  let area = 0;
  sorted.forEach((point, index) => {
    if (!stairs.some((step) => step[0]! <= point[0]! && step[1]! <= point[1]!)) {
      const kept = stairs.filter((step) => !(point[0]! <= step[0]! && point[1]! <= step[1]!));
      kept.push(point);
      kept.sort((a, b) => a[0]! - b[0]!);
      stairs.splice(0, stairs.length, ...kept);
      area = sweep2(stairs, reference);
    }
    const next = index + 1 < sorted.length ? sorted[index + 1]![2]! : reference[2]!;
    volume += area * (next - point[2]!);
  });
  return volume;
}

/** `points` limited to what `point` does not already dominate: each is pushed to at least `point`. */
export const limit = (points: readonly Vector[], point: Vector): Vector[] =>
  points.map((other) => other.map((value, i) => Math.max(value, point[i]!)));

const thin = (points: readonly Vector[]): Vector[] => {
  const front = nonDominated(points).map((index) => points[index]!);
  return front.filter(
    (point, index) =>
      !front.some((other, before) => before < index && other.every((value, i) => value === point[i])),
  );
};

/** WFG: a sum of exclusive volumes, each the point's box less the limited rest (While, Bradstreet, Barone 2012). */
function wfg(points: readonly Vector[], reference: Vector): number {
  if (points.length === 0) return 0;
  if (reference.length === 3) return sweep3(points, reference);
  const last = reference.length - 1;
  const sorted = [...points].sort((a, b) => b[last]! - a[last]!);
  let volume = 0;
  sorted.forEach((point, index) => {
    const box = point.reduce((product, value, i) => product * (reference[i]! - value), 1);
    volume += box - wfg(thin(limit(sorted.slice(index + 1), point)), reference);
  });
  return volume;
}

/**
 * Volume dominated by `points` (minimised) up to `reference`; points beyond it in any objective count nothing.
 * Exact: sweep in two and three objectives, WFG above.
 */
export function hypervolume(points: readonly Vector[], reference: Vector): number {
  const inside = points.filter((point) => point.every((value, i) => value < reference[i]!));
  if (inside.length === 0) return 0;
  switch (reference.length) {
    case 1:
      return reference[0]! - Math.min(...inside.map((point) => point[0]!));
    case 2:
      return sweep2(inside, reference);
    case 3:
      return sweep3(inside, reference);
    default:
      return wfg(thin(inside), reference);
  }
}

/** `values` as a point in the box of `bounds`, clipped below at 0. */
export const pointIn = (values: ObjectiveValues, bounds: readonly Bound[]): Vector =>
  normaliseAll(values, bounds).map((value) => Math.max(0, value));

/**
 * Normalised to the run's bounds (clipped below at 0), reference point 1.1 in every objective: from 0 to 1.1^m.
 * Bounds are fixed before the run, so over an archive this never falls.
 */
export function normalisedHypervolume(
  networks: readonly ObjectiveValues[],
  bounds: readonly Bound[],
): number {
  return hypervolume(
    networks.map((values) => pointIn(values, bounds)),
    bounds.map(() => referenceCoordinate),
  );
}

/**
 * The number shown on the page, in the log and in the file: the share, 0 to 1, of the box between the best corner
 * of the bounds and the reference point. It is normalisedHypervolume / 1.1^m, so the two rank alike.
 */
export function hypervolumeShare(networks: readonly ObjectiveValues[], bounds: readonly Bound[]): number {
  return normalisedHypervolume(networks, bounds) / referenceCoordinate ** bounds.length;
}
