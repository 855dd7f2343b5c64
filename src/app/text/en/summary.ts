import { networks, plural } from './plurals.ts';

/** The card at the end of a run. */
export const summary = {
  label: 'Run finished',
  stopped: 'Run stopped',
  recorded: 'End of the recording',
  title: (front: number) => `${networks(front)} on the front`,
  lead: 'For each of them, nothing in this run is both smaller and more accurate.',
  leadOne: 'Nothing in this run is better than it in any objective.',
  leadMany: (objectives: number) =>
    `For each of them, nothing in this run is better in all ${objectives} objectives.`,
  trained: (trained: number, time: string, here: boolean) =>
    ` ${trained} networks were trained in ${time}${here ? ' on this computer' : ''}.`,
  bargain: (id: number, less: string, more: string) =>
    ` #${id} has ${less} fewer parameters than the most accurate one, for ${more} points more error.`,
  coarse: (images: number, points: string) =>
    ` Errors are counted on at most ${images} validation images, so one image is ${points} points.`,
  picks: {
    smallest: 'Smallest',
    bargain: 'Best bargain',
    best: 'Most accurate',
    only: 'Smallest and most accurate',
    useful: 'Smallest useful',
  },
  bargainHelp: 'The smallest within 2 points of the lowest error',
  usefulHelp: 'The smallest with an error under 50 %',
  error: 'error',
  parameters: 'parameters',
  stop: 'Stop',
  tryIt: 'Try it',
  grew: 'See how it grew',
  share: 'Share',
  test: 'Test on unseen images, once',
  tested: (error: string, validation: string) =>
    `${error} error on the unseen test images, ${validation} on the validation images`,
  testedFront: (tested: number, front: number) =>
    `${tested} of the front’s ${front} are tested; the saved file keeps their errors.`,
  testing: 'Testing…',
  allTested: 'The whole front is tested.',
  onTest: (error: string) => `${error} on test images`,
  goOn: 'Go on',
  goOnHelp: 'Search on for as many generations again',
  close: 'Close the card',
  reopen: 'Summary',
};

/** The run held against random search. */
export const rival = {
  against: 'Against random search',
  random: 'random search',
  same: 'same engine, same images seen, one seed',
  notRun: 'Random search was not run on this computer yet.',
  notInFile: 'A file brings one search; random search beside it is run here.',
  runToo: (time: string) => `Run it too, about ${time}`,
  runTooUnknown: 'Run it too',
  running: (share: string) => `Random search is running, ${share}`,
  never: 'Random search ended higher in this run.',
  tie: 'Both ended at the same value.',
};

interface Won {
  readonly error: string;
  readonly size: string;
  /** Size of the smallest network that is as accurate, as a share of the start's. */
  readonly ofItsSize: string | null;
  /** How many of the start's errors one of its size does not make. */
  readonly fewerErrors: string | null;
  /** Starting networks still on the front. */
  readonly left: number;
}

/** What the search won over its start, in one or two sentences. */
export function gainSentences({ error, size, ofItsSize, fewerErrors, left }: Won): string {
  const begun = `The best starting network had ${error} error with ${size} parameters.`;
  const won = [
    ...(ofItsSize === null ? [] : [`the front is as accurate with ${ofItsSize} of its size`]),
    ...(fewerErrors === null ? [] : [`at its size it makes ${fewerErrors} fewer errors`]),
  ];
  const behind =
    left === 0
      ? 'No starting network is left on it.'
      : `${left} of the starting networks ${plural(left, 'is', 'are')} still on it.`;
  if (won.length === 0) return `${begun} Nothing better of its size was found. ${behind}`;
  const sentence = won.join('; ');
  return `${begun} ${sentence[0]!.toUpperCase()}${sentence.slice(1)}. ${behind}`;
}
