import { plural } from './plurals.ts';

/** Words of the place where a found network's training is finished, and of what is then shown with it. */
export const finish = {
  title: 'Finish training',
  open: 'Finish its training',
  lead: (images: string) =>
    `The search spent a small part of its images on this network. Finish it on all ${images} training images, those it was compared by included; then it is tested once.`,
  start: 'Begin with',
  starts: { found: 'its weights', scratch: 'new weights' },
  startHelp: {
    found: 'Goes on from what the search taught it: better where time is short.',
    scratch: 'Forgets all and learns anew, as the authors of LEMONADE do; needs more images.',
  },
  budget: 'Train for',
  minutes: (minutes: number) => plural(minutes, '1 minute', `${minutes} minutes`),
  byImages: 'so many images',
  images: 'Images to train on',
  augment: 'Images',
  augments: { none: 'as they are', shift: 'shifted at random', 'shift-flip': 'shifted and mirrored' },
  which: 'Networks',
  thisOne: 'this one',
  wholeFront: (networks: number) => `all ${networks} on the front`,
  go: 'Start',
  again: 'Start again',
  replaces: (id: number) => `What finishing left of #${id} before is replaced; its result stays in the list.`,
  pause: 'Pause',
  resume: 'Go on',
  stop: 'Stop and discard',
  preparing: 'Loading all images and testing the device…',
  measuring: 'Measuring how many images fit into the time…',
  training: (id: number, seen: string, of: string) => `#${id}: ${seen} of ${of} images`,
  left: (time: string) => `${time} left`,
  paused: (id: number, seen: string, of: string) =>
    `#${id} is paused at ${seen} of ${of} images. It is not finished: go on, or discard it.`,
  testing: (id: number) => `#${id}: testing it once…`,
  waiting: (networks: number) => plural(networks, '1 network waits.', `${networks} networks wait.`),
  share: (seen: string, of: string) => ` (${seen} of ${of} images)`,
  exportMeanwhile: (share: string) =>
    `Its training is being finished now${share}: a download made here still has the weights of before.`,
  exportWaiting:
    'It waits for its training to be finished: a download made here still has the weights of before.',
  lost: 'An unfinished training is not kept: if this page is closed or loaded anew, it starts from the beginning.',
  searching: 'A search runs in this tab and needs the processor. Pause it, or wait for its end.',
  twoHeads: 'Networks for two data sets cannot be finished yet.',
  badImages: 'Give a whole number of images from 1 to 100,000,000.',
  unkept: 'It is kept on this page only: save the run as a file, with weights, to keep it.',
  outcome: (before: string, now: string, images: string) =>
    `Its test error fell from ${before} (as found) to ${now} (finished), on ${images} images it never saw.`,
  worse: (before: string, now: string, images: string) =>
    `No gain: its test error was ${before} as found and is ${now} finished, on ${images} images it never saw. Its weights as found are still there.`,
  how: {
    found: (images: string, minutes: string) => `on its weights, ${images} images in ${minutes}`,
    scratch: (images: string, minutes: string) => `from scratch, ${images} images in ${minutes}`,
  },
  results: 'Finished so far',
  current: 'in use',
  weights: 'Weights',
  versions: { found: 'As found', finished: 'Finished' },
  testError: 'test error, finished',
  finishedTag: 'finished',
  testOnly:
    'It has learned from the validation images too, so only its error on the test images counts. The front shows it as it was found.',
  onTest: 'Counted on the test images: this network has learned from the others.',
  noneWrong: 'No wrong answer among the test images.',
  asFound: 'as found',
  note: (error: string) => `${error} test error`,
  report: (id: number, outcome: string, how: string) => `#${id} finished (${how}): ${outcome}`,
};
