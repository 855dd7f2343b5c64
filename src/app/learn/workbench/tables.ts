import { exactText } from '../../text/format.ts';
import type {
  DistillReading,
  LearnReading,
  Measured,
  Opened,
  Broken,
} from '../../../engine/workbench/results.ts';
import { rowOf } from './answers.ts';
import { placeText } from './board/reading.ts';
import { type Board, groupsByCell } from './board/board.ts';
import type { Timeline } from './board/timeline.ts';
import { differenceText, divergenceText, shareText } from './numbers.ts';
import { texts } from '../../text/texts.ts';

/** What a picture of the bench shows, as text: the first `texts` columns are words, the rest numbers. */
export interface DataTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly texts: number;
  readonly rows: readonly (readonly string[])[];
}

/** A float32 weight with the digits that tell it from its neighbours in a table. */
const weightText = (value: number): string => String(Number(value.toPrecision(6)));

const answerOf = (logits: Float32Array): number =>
  logits.reduce((best, value, c) => (value > logits[best]! ? c : best), 0);

/** The parent's numbers on the board, in the order of the board. */
export function parentTable(
  board: Board,
  weights: ReadonlyMap<string, number>,
  classes: readonly string[],
): DataTable {
  const groups = groupsByCell(board);
  return {
    title: texts.workbench.tables.parent,
    columns: [texts.workbench.tables.where, texts.workbench.tables.value],
    texts: 1,
    rows: [...groups].map(([key, group]) => [placeText(group, key, classes), weightText(weights.get(key)!)]),
  };
}

/** Where every number of the child on the board comes from; at the end the parent's that no child has. */
export function originTable(
  timeline: Timeline,
  boards: { readonly parent: Board; readonly child: Board },
  classes: readonly string[],
): DataTable {
  const [before, after] = [groupsByCell(boards.parent), groupsByCell(boards.child)];
  const place = new Map([...after.keys()].map((key, i) => [key, i]));
  const inOrder = [...timeline.motions].sort(
    (a, b) => (place.get(a.key) ?? place.size) - (place.get(b.key) ?? place.size),
  );
  const rows = inOrder.map((motion) => {
    const gone = motion.kind === 'gone';
    const key = gone ? motion.source! : motion.key;
    const group = (gone ? before : after).get(key);
    return [
      group ? placeText(group, key, classes) : key,
      texts.workbench.origins[motion.kind],
      motion.before === null ? '' : weightText(motion.before),
      gone ? '' : weightText(motion.after),
    ];
  });
  return {
    title: texts.workbench.tables.origins,
    columns: [
      texts.workbench.tables.where,
      texts.workbench.tables.from,
      texts.workbench.parent,
      texts.workbench.child,
    ],
    texts: 2,
    rows,
  };
}

/** Every check image: what it is, what both networks answer, how far their logits lie apart at most. */
export function imageTable(
  { answers, check }: Pick<Opened, 'answers' | 'check'>,
  child: Measured,
  classes: readonly string[],
): DataTable {
  const name = (index: number) => classes[index] ?? String(index);
  return {
    title: texts.workbench.sameImages(answers.count),
    columns: texts.workbench.tables.images,
    texts: 4,
    rows: Array.from({ length: answers.count }, (_, i) => [
      String(i + 1),
      name(check.labels[i]!),
      name(answerOf(rowOf(answers.logits, i, answers.count))),
      name(answerOf(rowOf(child.answers.logits, i, answers.count))),
      differenceText(child.difference.each[i]!),
    ]),
  };
}

/** The way of a distillation. */
export const distillTable = (readings: readonly DistillReading[]): DataTable => ({
  title: texts.workbench.distillTitle,
  columns: texts.workbench.tables.distill,
  texts: 0,
  rows: readings.map(({ images, difference, answers }) => [
    exactText(images),
    divergenceText(difference.divergence),
    differenceText(difference.max),
    String(difference.alike),
    shareText(answers.right, answers.count),
  ]),
});

/** What every wrong way does. */
export const breakTable = (broken: readonly Broken[]): DataTable => ({
  title: texts.workbench.tables.breaks,
  columns: texts.workbench.tables.breakColumns,
  texts: 1,
  rows: broken.map(({ kind, difference, answers, stuck }) => [
    texts.workbench.breaks[kind],
    differenceText(difference.max),
    String(difference.alike),
    shareText(answers.right, answers.count),
    stuck ? texts.workbench.tables.stuck(stuck.zero, stuck.of) : '',
  ]),
});

/** The learning curves, reading by reading. */
export const learnTable = (readings: readonly LearnReading[]): DataTable => ({
  title: texts.workbench.curves,
  columns: texts.workbench.tables.learn,
  texts: 1,
  rows: readings.map(({ arm, seed, images, error }) => [
    texts.workbench.arms[arm],
    String(seed),
    exactText(images),
    `${(100 * error).toFixed(1)} %`,
  ]),
});
