import type { Task } from './lessons.ts';

/** Where on the screen a task is done, by how it is found in the page; the card keeps clear of it. */
export const taskPlaces: Readonly<Partial<Record<Task['what'], string>>> = {
  dominator: '#trade-off',
  fits: '#trade-off',
  origin: '#strip',
  bet: '.rail .answers',
  fewAlike: '.rail ul',
  deadEnd: '.rail ul',
  gate: '.stage .plot',
  differ: '.proof .pad',
  exact: '.bench nav',
  even: '.sampling .try',
  misjudged: '.weights .plot',
};
