import { are, networks } from './plurals.ts';

/** Sharing a run: link, file, pictures, stored runs. */
export const share = {
  title: 'Share',
  result: 'Link with the result',
  resultHelp: (characters: string) =>
    `It shows the front and how it grew, as you see it, without weights. ${characters} characters.`,
  resultTooLong: (characters: string) =>
    `The result would take ${characters} characters, more than links hold safely. Send the file.`,
  copyResult: 'Copy the link with the result',
  front: 'For the class’s comparison',
  frontHelp:
    'Sizes and errors of your front alone, in a link short enough for a QR code. Hold the code up to the teacher’s camera, or send the link.',
  frontPlace: 'They come together in Compare.',
  who: 'Name beside it',
  frontQr: 'QR code of the front',
  copyFront: 'Copy its link',
  link: 'Link with the recipe',
  linkHelp: 'Plain text that can be read. It repeats the search, it does not carry the result.',
  copy: 'Copy the link',
  copyView: 'Copy the link to this view',
  file: 'The run as a file',
  fileHelp: 'Recipe, every network and the whole log. It opens here again as a replay.',
  without: 'Save without weights',
  frontWeights: 'Save with the weights of the front',
  allWeights: 'Save with all weights',
  noWeights: 'The file came without weights.',
  noMoreWeights: 'The file came with no weights beyond those of its front.',
  note: 'Your note, kept in the file',
  tables: 'Tables',
  tablesHelp:
    'For a spreadsheet or a program: all networks with their architecture, sizes, errors and parents, or one line a generation.',
  networksCsv: 'Networks as CSV',
  generationsCsv: 'Generations as CSV',
  noGenerations: 'Only the front of this run is known.',
  forExcel: 'For Excel (begins with a byte order mark)',
  pictures: 'Pictures',
  picturesHelp: 'The charts as they are on the screen now.',
  charts: { tradeOff: 'Trade-off', hypervolume: 'Lemon area', tree: 'Family tree' },
  png: (chart: string) => `${chart} as PNG`,
  svg: (chart: string) => `${chart} as SVG`,
  print: 'Print a one-page report',
  several: (count: number) => `${count} runs are laid over each other.`,
  unlike: 'They learn different data sets, so their errors cannot be compared.',
  merged: (front: number, count: number) =>
    `Together ${networks(front)} ${are(front)} on the front of ${count} runs.`,
  overlays: 'Other runs in this view',
  compare: 'Compare searches side by side',
  remove: (name: string) => `Take ${name} out`,
  stored: 'Runs kept in this browser',
  noStored: 'No run is kept in this browser yet.',
  spaceTaken: (megabytes: string) => `This page takes about ${megabytes} MB in this browser.`,
  isKept: 'It is kept until you delete it.',
  mayGo:
    'The browser may delete it when room runs short (Safari: after seven days without a visit); save what matters as a file.',
  keepIt: 'Ask the browser to keep it',
  keepRefused: 'The browser does not promise to keep it; save what matters as a file.',
  prune: 'Free room',
  pruneHelp: 'Deletes the weights of networks that lost. Runs, fronts and their weights stay.',
  pruning: 'Deleting…',
  openStored: 'Open',
  resumeStored: 'Continue',
  removeStored: 'Delete',
  finished: 'finished',
  unfinished: 'not finished',
  about: 'About this run',
  device: 'Made on',
  date: 'Date',
  origin: 'Goes on from',
  fork: 'Go on from here',
  forkHelp: 'Searches on from this generation, on this device. The origin is kept in the file.',
};

/** The English words of checking and printing a run; fetched with them, not with the first page. */
export const verify = {
  title: 'Check this run',
  help: 'What the file says is computed again from its log, and every network whose weights came along answers the validation images here, and the test images where the file has a test error.',
  run: 'Check it now',
  running: 'Checking…',
  log: {
    costs: (n: string) => `Sizes and costs follow from the layers, ${n} numbers`,
    images: (n: string) => `Images inherited add up, ${n} networks`,
    fronts: (n: string) => `The front is the best of all networks, ${n} generations`,
    hypervolume: (n: string) => `The lemon area (hypervolume) is that of the front, ${n} generations`,
    draws: (n: string) =>
      `This version of the program draws the same children from the seed, ${n} generations`,
  },
  network: (id: number, claimed: string, found: string) =>
    `#${id}: ${claimed} error claimed, ${found} found here`,
  tested: (id: number, claimed: string, found: string) =>
    `#${id} on the test images: ${claimed} error claimed, ${found} found here`,
  holds: 'holds',
  fails: 'does not hold',
  unchecked: 'It cannot be checked here.',
  noWeights: 'No weights came with this file, so its errors cannot be checked.',
};

export const report = {
  summary: (trained: string, proposed: string, generations: number, time: string) =>
    `${trained} networks trained of ${proposed} proposed in ${generations} generations and ${time}.`,
  backend: (backend: string) => `Trained on ${backend}.`,
  hypervolume: (hypervolume: string, front: number) =>
    `Lemon area (hypervolume) ${hypervolume}, ${front} networks on the front.`,
  honest: 'One seed. Errors are those of the validation images, which drove the search.',
};
