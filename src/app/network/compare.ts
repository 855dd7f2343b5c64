import { diffArchitectures, type DiffRow, diffRows } from '../../core/morphisms/diff.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { exactText, percentText, sizeText } from '../text/format.ts';
import { texts } from '../text/texts.ts';
import { lineageOf } from '../../core/run-file/view.ts';

/** The nearest network that both come from (possibly one of the two), or null. */
export function commonAncestor(view: RunView, a: NetworkId, b: NetworkId): NetworkId | null {
  const line = new Set(lineageOf(view, a).map((network) => network.id));
  return lineageOf(view, b).findLast((network) => line.has(network.id))?.id ?? null;
}

export function ancestorSentence(view: RunView, a: NetworkId, b: NetworkId): string {
  const ancestor = commonAncestor(view, a, b);
  if (ancestor === null) return texts.network.compare.noAncestor;
  if (ancestor === a) return texts.network.compare.direct(a, b);
  if (ancestor === b) return texts.network.compare.direct(b, a);
  return texts.network.compare.ancestor(ancestor);
}

export interface NumberRow {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  /** b against a: "+1.2 points", "2.4 times". */
  readonly difference: string;
  /** Which of the two is better (all are minimised); null where it says nothing. */
  readonly better: 'a' | 'b' | null;
}

const blocksOf = ({ architecture }: NetworkView) =>
  architecture.nodes.filter((node) => node.kind === 'conv' || node.kind === 'sepConv').length;

function times(a: number, b: number): string {
  if (a === b || a === 0 || b === 0) return a === b ? '=' : '';
  return b > a ? `× ${(b / a).toPrecision(2)}` : `÷ ${(a / b).toPrecision(2)}`;
}

const signed = (value: number, text: string) => (value === 0 ? '=' : `${value > 0 ? '+' : '−'}${text}`);

/** The two networks' numbers, side by side. */
export function compareNumbers(a: NetworkView, b: NetworkView): readonly NumberRow[] {
  const rows: NumberRow[] = [];
  const better = (left: number, right: number) => (left === right ? null : left < right ? 'a' : 'b');
  const [ea, eb] = [a.objectives.error, b.objectives.error];
  if (ea !== undefined && eb !== undefined)
    rows.push({
      name: texts.network.compare.rows.error,
      a: percentText(ea),
      b: percentText(eb),
      difference: signed(eb - ea, `${Math.abs(100 * (eb - ea)).toFixed(1)}`),
      better: better(ea, eb),
    });
  for (const key of ['parameters', 'multiplyAdds'] as const) {
    const [left, right] = [a.objectives[key], b.objectives[key]];
    if (left === undefined || right === undefined) continue;
    rows.push({
      name: texts.network.compare.rows[key],
      a: sizeText(left),
      b: sizeText(right),
      difference: times(left, right),
      better: better(left, right),
    });
  }
  const [ba, bb] = [blocksOf(a), blocksOf(b)];
  const images = (network: NetworkView) => network.ownImages + network.inheritedImages;
  rows.push(
    {
      name: texts.network.compare.rows.blocks,
      a: String(ba),
      b: String(bb),
      difference: signed(bb - ba, String(Math.abs(bb - ba))),
      better: null,
    },
    {
      name: texts.network.compare.rows.images,
      a: exactText(images(a)),
      b: exactText(images(b)),
      difference: times(images(a), images(b)),
      better: null,
    },
  );
  return rows;
}

export interface PairedRow {
  readonly key: string;
  readonly row: DiffRow;
  readonly alike: boolean;
}

/** Nodes of both, paired by id; for networks without a common ancestor that is pairing by number. */
export function pairRows(a: NetworkView, b: NetworkView): readonly PairedRow[] {
  return diffRows(diffArchitectures(a.architecture, b.architecture)).map((row) => ({
    key: row.key,
    row,
    alike:
      (row.change === 'kept' || row.change === 'retargeted') &&
      row.before!.cost.parameters === row.after!.cost.parameters,
  }));
}
