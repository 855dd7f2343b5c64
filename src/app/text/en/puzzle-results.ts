import { plural } from './plurals.ts';

/** Results of the puzzle of the day, pasted into Compare. */
export const puzzleResults = {
  title: (day: string) => `Puzzle of ${day}`,
  count: (count: number, best: number) =>
    `${plural(count, '1 result', `${count} results`)}; ${plural(best, 'one is', `${best} are`)} beaten by no other in both size and error.`,
  claimed: 'As the lines say it; nothing of it is checked here.',
  added: (count: number) => `${plural(count, '1 puzzle result is', `${count} puzzle results are`)} added.`,
  refused: (line: string, why: string) => `“${line}” was not added: ${why}`,
  faults: {
    day: 'its day is missing. Copy the whole line from the solved puzzle again.',
    operators: 'its symbols are missing. Copy the whole line from the solved puzzle again.',
    numbers: 'its size or error is missing. Copy the whole line from the solved puzzle again.',
    otherDay: 'it is of another day’s puzzle. Clear these results first to see that day.',
    already: 'it is here already.',
    tooMany: 'there is room for 300. Clear these results first.',
  },
  clear: 'Clear the puzzle’s results',
  nameless: (number: number) => `No. ${number}`,
  fewest: 'fewest errors',
  smallest: 'smallest',
  goal: 'the goal',
  chart: (count: number, best: string) =>
    `${count} results by parameters and error; best of the class: ${best}`,
  axisX: 'parameters',
  axisY: '↓ error, % wrong',
  columns: { name: 'Name', operators: 'Operators, in order', parameters: 'Parameters', error: 'Error' },
};
