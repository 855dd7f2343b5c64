import { layoutOf } from '../../../core/architecture/weights.ts';
import type { WorkbenchState } from './workbench-state.svelte.ts';
import {
  breakTable,
  type DataTable,
  distillTable,
  imageTable,
  learnTable,
  originTable,
  parentTable,
} from './tables.ts';

/** What the beat shows, as tables; before the bet is settled nothing of the child. */
export function tablesOf(bench: WorkbenchState): readonly DataTable[] {
  const { opened, transformed, boards, timeline, classes, measured } = bench;
  if (!opened || !transformed || !boards || !timeline || !measured) return [];
  const approximate = !transformed.exact && bench.trials.distillation.length > 0;
  switch (bench.beat) {
    case 1:
    case 2: {
      const weights = new Map(
        layoutOf(opened.architecture).slots.flatMap(({ node, name, offset, length }) =>
          Array.from({ length }, (_, i) => [`${node}/${name}/${i}`, opened.weights[offset + i]!] as const),
        ),
      );
      return [parentTable(boards.parent, weights, classes)];
    }
    case 3:
      return [originTable(timeline, boards, classes)];
    case 4:
      return [
        ...(approximate ? [distillTable(bench.trials.distillation)] : []),
        imageTable({ answers: bench.compared, check: opened.check }, measured, classes),
      ];
    case 5:
      return [
        ...(bench.trials.tried.length > 0 ? [breakTable(bench.trials.tried)] : []),
        ...(bench.trials.learning.length > 0 ? [learnTable(bench.trials.learning)] : []),
        originTable(timeline, boards, classes),
      ];
  }
}
