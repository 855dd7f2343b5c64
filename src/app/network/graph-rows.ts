import { isBlock } from '../../core/architecture/graph.ts';
import type { DiffRow, PlacedNode } from '../../core/morphisms/diff.ts';
import { exactText, listText, sizeText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import { filtersIn } from './graph-layout.ts';
import { nodeText } from './row-look.ts';

/** A row of the graph, standing for `times` equal blocks in a row where it is folded. */
export interface GraphLine {
  readonly row: DiffRow;
  readonly times: number;
}

/** Fold only graphs with more blocks than this. */
const foldAbove = 14;

const quiet = (row: DiffRow): boolean => row.change === 'kept' || row.change === 'retargeted';

/** Whether `next` may be folded into the block before it: the same block again, read by nothing else. */
function continues(rows: readonly DiffRow[], previous: DiffRow, next: DiffRow): boolean {
  const [a, b] = [previous.after, next.after];
  if (!a || !b || !quiet(previous) || !quiet(next) || !isBlock(a.node) || !isBlock(b.node)) return false;
  const alike =
    a.node.kind === b.node.kind &&
    a.node.kernelSize === b.node.kernelSize &&
    a.node.filters === b.node.filters;
  const readers = rows.filter((row) => row.after?.inputs.includes(previous.key));
  return alike && b.inputs[0] === previous.key && readers.length === 1;
}

/** Rows as lines; in graphs of more than 14 blocks equal neighbours become one. */
export function foldRows(rows: readonly DiffRow[]): readonly GraphLine[] {
  const blocks = rows.filter((row) => row.after && isBlock(row.after.node)).length;
  if (blocks <= foldAbove) return rows.map((row) => ({ row, times: 1 }));
  const lines: GraphLine[] = [];
  const renamed = new Map<string, string>();
  for (const row of rows) {
    const last = lines.at(-1);
    if (last && continues(rows, tail(last, renamed, rows), row)) {
      renamed.set(row.key, renamed.get(last.row.key) ?? last.row.key);
      lines[lines.length - 1] = { row: last.row, times: last.times + 1 };
    } else lines.push({ row, times: 1 });
  }
  return lines.map(({ row, times }) => ({ row: redirected(row, renamed), times }));
}

/** The last of the rows that a line stands for. */
function tail(line: GraphLine, renamed: ReadonlyMap<string, string>, rows: readonly DiffRow[]): DiffRow {
  return rows.findLast((row) => row === line.row || renamed.get(row.key) === line.row.key) ?? line.row;
}

function redirected(row: DiffRow, renamed: ReadonlyMap<string, string>): DiffRow {
  const place = (at: PlacedNode | null): PlacedNode | null =>
    at && { ...at, inputs: at.inputs.map((key) => renamed.get(key) ?? key) };
  return { ...row, before: place(row.before), after: place(row.after) };
}

export const widestOf = (rows: readonly DiffRow[]): number =>
  Math.max(
    1,
    ...rows.flatMap(({ before, after }) => [before, after].map((at) => (at ? filtersIn(at.node) : 0))),
  );

export function outputText({ node, shape }: PlacedNode): string {
  return node.kind === 'head' ? String(shape.channels) : `${shape.height}×${shape.width}×${shape.channels}`;
}

export interface RowNumbers {
  readonly output: string;
  readonly parameters: string;
  readonly multiplyAdds: string;
}

/** What stands in the columns; nothing for a removed node. */
export function numbersOf({ row, times }: GraphLine): RowNumbers {
  const place = row.after;
  if (!place) return { output: '', parameters: '', multiplyAdds: '' };
  const { parameters, multiplyAdds } = place.cost;
  return {
    output: outputText(place),
    parameters: parameters === 0 ? '' : exactText(parameters * times),
    multiplyAdds: multiplyAdds === 0 ? '' : sizeText(multiplyAdds * times),
  };
}

/** A row in words, for those who do not see the drawing. */
export function rowSentence(line: GraphLine): string {
  const { row, times } = line;
  const place = row.after ?? row.before!;
  const name = isBlock(place.node)
    ? texts.network.row.block(place.node.id, nodeText(place.node))
    : nodeText(place.node);
  const { parameters, multiplyAdds } = place.cost;
  return listText([
    name,
    texts.network.row.changes[row.change],
    times > 1 ? texts.network.row.repeated(times) : '',
    texts.network.row.node('', outputText(place)).replace(/^, /, ''),
    parameters > 0
      ? texts.network.row.cost(exactText(parameters * times), exactText(multiplyAdds * times))
      : '',
    place.inputs.length > 1
      ? texts.network.row.reads(
          listText(place.inputs.map((key) => (key === 'input' ? texts.network.nodes.input : key))),
        )
      : '',
  ]);
}
