import { plural } from './plurals.ts';

/** The English words of the sheet of own pictures; fetched with it. */
export const ownPictures = {
  intro:
    'Choose a folder that holds one folder per class, for example pets/cats and pets/dogs. The pictures are read here, kept in this browser, and sent nowhere.',
  folder: 'Choose a folder',
  orDrop: 'or drop it anywhere on this page.',
  byHand: 'Or class by class',
  className: 'Name of the class',
  addClass: 'Add its pictures',
  title: 'Name',
  untitled: 'My pictures',
  size: 'Size',
  sizes: (side: number) => `${side}×${side} pixels`,
  colour: 'Colour',
  colours: { 1: 'Grey', 3: 'Colour' },
  sizeHelp: 'The middle square of each picture, made this small. Smaller trains faster.',
  reading: (done: string, all: string) => `Reading, ${done} of ${all}`,
  counts: (train: string, test: string, classes: number) =>
    `${train} pictures to learn from (a fifth of them validates), ${test} kept for one test at the end, ${classes} classes.`,
  coarse: (points: string) =>
    `Few pictures: one validation picture is ${points} points of error, so small differences mean little.`,
  seen: 'As the networks will see them',
  ofClass: (name: string, count: string) => `${name}, ${count}`,
  removeClass: (name: string) => `Leave out ${name}`,
  unreadable: (count: number, first: string) =>
    plural(
      count,
      `${first} could not be read as a picture and is left out.`,
      `${count} files could not be read as pictures and are left out, ${first} first.`,
    ),
  duplicates: (count: number) =>
    plural(
      count,
      'One picture came twice and is used once.',
      `${count} pictures came twice and are used once.`,
    ),
  classless: (count: number) =>
    plural(
      count,
      'One picture lies in no folder of a class and is left out.',
      `${count} pictures lie in no folder of a class and are left out.`,
    ),
  nothing:
    'No pictures were found in folders there. Each class needs a folder of its own inside the one you choose.',
  tooMany: (count: string, most: string) =>
    `There are ${count} pictures; the first ${most} of them are taken, evenly over the classes.`,
  use: 'Search on these pictures',
  kept: 'In this browser',
  keptFacts: (count: string, classes: number, size: string) =>
    `${count} pictures, ${classes} classes, ${size}`,
  choose: 'Use',
  remove: 'Delete',
  removed: (title: string) => `Delete ${title}`,
  failed: {
    full: 'This browser has no room left for the pictures. Delete stored runs under Share, or take fewer pictures.',
    unavailable:
      'This browser lends the page no storage (a private window?), so the pictures cannot be kept for the workers.',
    blocked:
      'Another tab with an older version of this page holds the browser’s storage. Close it and try again.',
    failed: 'The browser could not keep the pictures. Try again.',
  },
};
