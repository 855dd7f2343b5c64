import { plural } from './plurals.ts';

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
