import { plural } from './plurals.ts';

/** Networks answer a picture side by side. */
export const tryIt = {
  pad: 'Drawing pad',
  padHelp:
    'Draw with the pointer, or by keys: arrows move the pen, Enter lowers and lifts it, Delete clears.',
  padState: (column: number, row: number, down: boolean) =>
    `Pen ${down ? 'down' : 'up'}, column ${column} of 28, row ${row} of 28`,
  draw: 'Draw here',
  clear: 'Clear',
  give: 'Give me one',
  hard: 'A hard one',
  hardHelp: 'A validation image that this network gets wrong',
  noneHard: 'It gets all of the validation images right.',
  open: 'Open an image',
  drop: 'or drop or paste a picture',
  sees: 'What the networks see',
  truth: (name: string) => `The right answer is ${name}`,
  first: 'draw first',
  firstImage: 'pick an image first',
  sure: (share: string) => `${share} sure`,
  asking: 'asking',
  against: 'Against',
  none: 'no other',
  smallest: 'the smallest',
  best: 'the most accurate',
  parent: 'its parent',
  notReady: 'It can be asked once it is trained.',
  noAsk: 'The networks cannot be asked here.',
  same: 'Both say the same.',
  differ: 'They disagree.',
  answers: (label: string, answer: string, sure: string) => `${label} answers ${answer}, ${sure} sure`,
};

/** The same of what the camera sees. */
export const camera = {
  use: 'Camera',
  view: 'What the camera sees',
  perSecond: (count: string) => `${count} a second`,
};

/** What the tried picture really was. */
export const verdict = {
  was: 'It really was',
  choose: 'choose',
  score: (label: string, right: number, all: number) => `${label}: ${right} of ${all} right.`,
  add: (name: string) => `Add it to ${name}`,
  keep: (count: number) =>
    plural(count, 'Keep a version with this picture', `Keep a version with these ${count} pictures`),
  keeping: 'Keeping…',
  version: (title: string, version: number) => `${title} · ${version}`,
  kept: (title: string) => `${title} is now among your own pictures; a new search can learn from it.`,
  notKept: 'The new version could not be kept: its pictures are not in this browser, or there is no room.',
};
