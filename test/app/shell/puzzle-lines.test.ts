import { beforeAll, describe, expect, it } from 'vitest';
import { symbols } from '../../../src/app/learn/compose/letters.ts';
import { bestOf, readPuzzleLine, type PuzzleResult } from '../../../src/app/shell/puzzle-lines.ts';
import { PuzzleResults } from '../../../src/app/shell/puzzle-results.svelte.ts';
import { compose as english } from '../../../src/app/text/en/compose.ts';
import { compose as chinese } from '../../../src/app/text/zh/compose.ts';

const link = 'https://example.org/#compose=1&puzzle=today';
const three = [symbols.separate, symbols.widen, symbols.deepen].join(' ');
const line = english.result('Nov 28, 2026', three, '1,234', '8.9 %', link);

describe('a pasted result of the puzzle of the day', () => {
  it('is read as it is copied, in either language and with whatever stands before it', () => {
    const wanted = {
      day: '2026-11-28',
      operators: ['separate', 'widen', 'deepen'],
      parameters: 1234,
      error: 0.089,
    };
    for (const [text, name] of [
      [line, ''],
      [`Ada: ${line}`, 'Ada'],
      [`- Emmy Noether > ${line}`, 'Emmy Noether'],
      [english.result('28 Nov 2026', three, '1,234', '8.9 %', link), ''],
      [chinese.result('2026年11月28日', three, '1,234', '8.9%', link), ''],
      [`小明：${chinese.result('2026年11月28日', three, '1,234', '8.9%', link)}`, '小明'],
    ] as const) {
      const read = readPuzzleLine(text);
      expect(read.ok && { ...read.value, error: Number(read.value.error.toFixed(6)) }, text).toEqual({
        ...wanted,
        name,
      });
    }
  });

  it('is refused by what is missing', () => {
    const reasonOf = (text: string) => {
      const read = readPuzzleLine(text);
      return read.ok ? null : read.reason;
    };
    expect(reasonOf(line.replace(/Nov.*2026/, 'some day'))).toBe('day');
    expect(reasonOf(line.replace(three, ''))).toBe('operators');
    expect(reasonOf(line.replace('8.9 %', ''))).toBe('numbers');
    expect(reasonOf(line.replace('8.9 %', '890 %'))).toBe('numbers');
    expect(reasonOf(link)).toBe('day');
  });
});

describe('the results of a class', () => {
  let class9: PuzzleResults;
  beforeAll(() => {
    class9 = new PuzzleResults();
  });

  it('come in many at once; wrong lines, doubles and other days are named, links are left to others', () => {
    const pupils = Array.from(
      { length: 30 },
      (_, i) => `P${i}: ${english.result('Nov 28, 2026', three, String(900 + i), `${9 - i / 10} %`, link)}`,
    );
    const other = english.result('Nov 27, 2026', three, '900', '8 %', link);
    const { added, refused, rest } = class9.add(
      [...pupils, pupils[3]!, `Eve: ${other}`, 'Bob: LEMONADE ◆ hm', 'https://x.org/#result=abc'].join('\n'),
    );
    expect(added).toBe(30);
    expect(refused.map(({ why }) => why)).toEqual(['already', 'otherDay', 'day']);
    expect(refused[1]!.line).toMatch(/^Eve/);
    expect(rest).toBe('https://x.org/#result=abc');
    expect(class9.day).toBe('2026-11-28');
  });

  it('have a front of those that no other beats', () => {
    const at = (parameters: number, error: number): PuzzleResult => ({
      name: '',
      day: '2026-11-28',
      operators: ['widen'],
      parameters,
      error,
    });
    const all = [at(3, 0.1), at(1, 0.4), at(2, 0.5), at(3, 0.2), at(5, 0.1)];
    expect(bestOf(all)).toEqual([all[1], all[0]]);
    // The whole class of above: each is larger and errs less than the one before.
    expect(bestOf(class9.list)).toHaveLength(30);
  });
});
