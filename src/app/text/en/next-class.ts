import { plural } from './plurals.ts';

/** Making the browser ready for other pupils. */
export const nextClass = {
  title: 'Before the next class',
  lead: 'Forgets what this browser keeps of this class: runs, own pictures, answers and bets.',
  reset: 'Reset for the next class',
  asked: 'Reset for the next class?',
  nothing: 'Nothing is kept in this browser. The page only begins anew.',
  goes: 'This browser forgets:',
  runs: (count: number, names: string) => `${plural(count, '1 run', `${count} runs`)}: ${names}`,
  sets: (count: number, names: string) =>
    `${plural(count, '1 set of own pictures', `${count} sets of own pictures`)}: ${names}`,
  answers: 'answers of lessons, and bets',
  page: 'what is on the page now, and puzzles begun',
  more: (names: string, count: number) => `${names} and ${count} more`,
  stays: 'Language, theme and the site itself stay.',
  save: 'Save runs and pictures first',
  saving: 'Packing…',
  saved: 'Saved as one ZIP. Unpacked, this page opens each file in it.',
  notSaved: (names: string) => `These could not be read and are not in the ZIP: ${names}.`,
  forget: 'Forget it all',
  forgetting: 'Forgetting…',
  keep: 'Keep everything',
  cancel: 'Cancel',
  inUse: (names: string) =>
    `Still in use in another tab, so kept: ${names}. Close that tab, then press again.`,
  done: 'Everything is forgotten.',
  begin: 'Begin anew',
};
