import { fail, ok, type Result } from '../../core/result.ts';
import type { OperatorKind } from '../../core/morphisms/morphism.ts';
import { operatorKinds } from '../charts/geometry/glyphs.ts';
import { symbols } from '../learn/compose/letters.ts';

/** What a pupil's pasted line says of the puzzle of the day. Nothing of it can be checked here. */
export interface PuzzleResult {
  /** Whatever stands before the line, as a chat puts it there; '' where nothing does. */
  readonly name: string;
  /** Of the puzzle: 2026-11-28. */
  readonly day: string;
  readonly operators: readonly OperatorKind[];
  readonly parameters: number;
  /** Share of wrong answers. */
  readonly error: number;
}

/** Why a line that is meant as a result is none: no day, no operators, no size or error that can be. */
export type PuzzleFault = 'day' | 'operators' | 'numbers';

/** No line of this page is longer, with a name before it. [ours] */
const longest = 600;
const mostOperators = 12;
const anySymbol = new RegExp(
  [...operatorKinds]
    .map((kind) => symbols[kind])
    .sort((a, b) => b.length - a.length)
    .join('|'),
  'g',
);

/** Whether a line is meant as a result of a puzzle, be it whole or not. */
export const isPuzzleLine = (line: string): boolean =>
  /[&#?]puzzle=/.test(line) || (line.includes('LEMONADE') && line.search(anySymbol) >= 0);

function dayOf(text: string): string | null {
  const numbers = /(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})/.exec(text)?.slice(1).map(Number);
  const milliseconds = numbers
    ? Date.UTC(numbers[0]!, numbers[1]! - 1, numbers[2])
    : Date.parse(`${text.replace(/^[^,，]*[,，]/, '').trim()} UTC`);
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString().slice(0, 10) : null;
}

/** Reads one line, in whatever language of the page it was copied. */
export function readPuzzleLine(line: string): Result<PuzzleResult, PuzzleFault> {
  const text = line.slice(0, longest).replace(/[a-z][a-z.+-]*:\/\/\S*/gi, ' ');
  const at = text.indexOf('LEMONADE');
  const rest = at < 0 ? '' : text.slice(at + 'LEMONADE'.length);
  const colon = rest.search(/[:：]/);
  const day = colon < 0 ? null : dayOf(rest.slice(0, colon));
  if (day === null) return fail('day');
  const body = rest.slice(colon + 1);
  const found = [...body.matchAll(anySymbol)];
  const last = found.at(-1);
  if (!last || found.length > mostOperators) return fail('operators');
  const operators = found.flatMap(([symbol]) => operatorKinds.find((kind) => symbols[kind] === symbol) ?? []);
  const numbers = body.slice(last.index + last[0].length);
  const parameters = Number(/\d[\d,]*/.exec(numbers)?.[0].replaceAll(',', '') ?? NaN);
  const error = Number(/(\d+(?:\.\d+)?)\s*%/.exec(numbers)?.[1] ?? NaN) / 100;
  if (!(parameters >= 1 && parameters <= 1e7 && error >= 0 && error <= 1)) return fail('numbers');
  const name = text
    .slice(0, at)
    .replace(/^[\s\-*•>]+|[\s:：,，>–-]+$/g, '')
    .slice(0, 40);
  return ok({ name, day, operators, parameters, error });
}

/** Those that no other beats: smaller or as small, and no more errors; smallest first. */
export function bestOf(results: readonly PuzzleResult[]): readonly PuzzleResult[] {
  const bySize = results.toSorted((a, b) => a.parameters - b.parameters || a.error - b.error);
  let least = Infinity;
  return bySize.filter(({ error }) => {
    if (error >= least) return false;
    least = error;
    return true;
  });
}
