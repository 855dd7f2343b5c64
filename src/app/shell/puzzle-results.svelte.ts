import type { PuzzleFault, PuzzleResult } from './puzzle-lines.ts';
import { isPuzzleLine, readPuzzleLine } from './puzzle-lines.ts';

/** Why a line joins no others: unreadable, of another day, there already, or one too many. */
export type Refusal = PuzzleFault | 'otherDay' | 'already' | 'tooMany';

export interface Refused {
  readonly line: string;
  readonly why: Refusal;
}

/** No class is larger. [ours] */
const most = 300;

/** The results of a class for one day's puzzle, as pupils pasted them. */
export class PuzzleResults {
  list = $state.raw<readonly PuzzleResult[]>([]);

  /** Of all results here; null where there is none. */
  get day(): string | null {
    return this.list[0]?.day ?? null;
  }

  /** Adds the lines of `text` that are results; what else is in it is given back. */
  add(text: string): { readonly added: number; readonly refused: readonly Refused[]; readonly rest: string } {
    const refused: Refused[] = [];
    const rest: string[] = [];
    const before = this.list.length;
    for (const line of text.split(/\r?\n/)) {
      if (!isPuzzleLine(line)) {
        rest.push(line);
        continue;
      }
      const why = this.#addLine(line);
      if (why) refused.push({ line: line.trim(), why });
    }
    return { added: this.list.length - before, refused, rest: rest.join('\n').trim() };
  }

  #addLine(line: string): Refusal | null {
    const read = readPuzzleLine(line);
    if (!read.ok) return read.reason;
    const result = read.value;
    if (this.day !== null && result.day !== this.day) return 'otherDay';
    const said = JSON.stringify(result);
    if (result.name !== '' && this.list.some((one) => JSON.stringify(one) === said)) return 'already';
    if (this.list.length >= most) return 'tooMany';
    this.list = [...this.list, result];
    return null;
  }

  clear(): void {
    this.list = [];
  }
}
