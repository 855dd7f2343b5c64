import type * as en from '../en/puzzle-results.ts';
import type { Reworded } from '../reworded.ts';

/** Results of the puzzle of the day, pasted into Compare. */
export const puzzleResults = {
  title: (day: string) => `${day}的谜题`,
  count: (count: number, best: number) =>
    `${count} 个结果；其中 ${best} 个在大小和错误率上没有被别的结果同时胜过。`,
  claimed: '按各行所写列出，这里没有核对。',
  added: (count: number) => `已添加 ${count} 个谜题结果。`,
  refused: (line: string, why: string) => `“${line}”没有添加：${why}`,
  faults: {
    day: '缺少日期。请在解出的谜题里重新复制整行。',
    operators: '缺少算子符号。请在解出的谜题里重新复制整行。',
    numbers: '缺少大小或错误率。请在解出的谜题里重新复制整行。',
    otherDay: '它是另一天的谜题。要看那一天，请先清空这些结果。',
    already: '它已经在这里了。',
    tooMany: '最多放 300 个。请先清空这些结果。',
  },
  clear: '清空谜题结果',
  nameless: (number: number) => `第 ${number} 个`,
  fewest: '错得最少',
  smallest: '最小',
  goal: '目标',
  chart: (count: number, best: string) => `${count} 个结果的参数数目和错误率；全班最好的：${best}`,
  axisX: '参数数目',
  axisY: '↓ 错误率，%',
  columns: { name: '名字', operators: '算子，按顺序', parameters: '参数数目', error: '错误率' },
} satisfies Reworded<typeof en.puzzleResults>;
