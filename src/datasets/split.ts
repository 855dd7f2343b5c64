import { addAll } from '../core/add-all.ts';
import { seeded } from '../core/random.ts';

/** Share of the training part that a search validates on, where its facts say no other. */
export const validationShare = 0.2;

export interface Split {
  readonly train: readonly number[];
  readonly validation: readonly number[];
}

/** Round-robin over classes: in every prefix the class counts differ by at most one while all classes last. */
export function roundRobin<T>(classes: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...classes.map((members) => members.length));
  const order: T[] = [];
  for (let turn = 0; turn < longest; turn++)
    for (const members of classes) if (turn < members.length) order.push(members[turn]!);
  return order;
}

/** Row numbers of each class, as units that stay together: groups where there are any, else single rows. */
function unitsByClass(labels: Uint8Array, groups: Uint8Array): number[][][] {
  const classes = new Map<number, Map<number, number[]>>();
  labels.forEach((label, row) => {
    const units = classes.get(label) ?? new Map<number, number[]>();
    classes.set(label, units);
    const unit = groups.length > 0 ? groups[row]! : row;
    units.set(unit, [...(units.get(unit) ?? []), row]);
  });
  return [...classes.keys()].sort((a, b) => a - b).map((label) => [...classes.get(label)!.values()]);
}

/**
 * Divides the rows of a training part into training and validation rows. Of each class `share` (rounded) validates,
 * drawn by `seed`; rows of one group are never parted, so a grouped class may give a few less. Both results
 * go round-robin over the classes, so that every prefix is balanced.
 */
export function splitRows(
  labels: Uint8Array,
  groups: Uint8Array,
  seed: number,
  share = validationShare,
): Split {
  const train: number[][] = [];
  const validation: number[][] = [];
  unitsByClass(labels, groups).forEach((units, label) => {
    const rows = units.reduce((sum, unit) => sum + unit.length, 0);
    const wanted = Math.round(rows * share);
    const [forTrain, forValidation]: [number[], number[]] = [[], []];
    for (const unit of seeded(`${seed}/split/${label}`).shuffle(units)) {
      addAll(forValidation.length + unit.length <= wanted ? forValidation : forTrain, unit);
    }
    train.push(forTrain);
    validation.push(forValidation);
  });
  return { train: roundRobin(train), validation: roundRobin(validation) };
}

/**
 * The division that a set comes with: of `rows` the last `validating` validate. Of `count` rows taken, as many in
 * proportion of each.
 */
export function givenSplit(rows: number, validating: number, count: number): Split {
  const learning = rows - validating;
  const forTrain = Math.max(1, Math.round((count * learning) / rows));
  const range = (start: number, length: number) => Array.from({ length }, (_, i) => start + i);
  return { train: range(0, forTrain), validation: range(learning, Math.max(1, count - forTrain)) };
}
