import { are, networks, plural } from './plurals.ts';

/** The card at the end of a run. */
export const summary = {
  label: 'Run finished',
  stopped: 'Run stopped',
  recorded: 'End of the recording',
  title: (front: number) => `${networks(front)} on the front`,
  lead: (front: number) =>
    `${networks(front)} ${are(front)} the best of their size (the front): nothing in this run is both smaller and more accurate.`,
  leadOne: 'One network is on the front: nothing in this run is better than it in any objective.',
  leadMany: (front: number, objectives: number) =>
    `${networks(front)} ${are(front)} on the front: for each, nothing in this run is better in all ${objectives} objectives.`,
  trained: (trained: number, time: string, here: boolean) =>
    ` ${trained} networks were trained in ${time}${here ? ' on this device' : ''}.`,
  bargain: (id: number, less: string, more: string) =>
    ` #${id} has ${less} fewer parameters than the most accurate one, for ${more} points more error.`,
  coarse: (images: number, points: string) =>
    ` Errors are counted on ${images} validation images, so one image is ${points} points.`,
  picks: {
    smallest: 'Smallest',
    bargain: 'Best bargain',
    best: 'Most accurate',
    only: 'Smallest and most accurate',
    useful: 'Smallest useful',
    between: 'In between',
  },
  bargainHelp: 'The smallest within 2 points of the lowest error',
  usefulHelp: 'The smallest with an error under 50 %',
  betweenHelp: 'Of those between the two, the one nearest to the middle size',
  start: 'a starting network',
  onlyTrained: 'a starting network, trained longer',
  error: 'validation error',
  parameters: 'parameters',
  stop: 'Stop',
  tryIt: 'Try it',
  grew: (id: number) => `See how #${id} came about`,
  finish: 'Finish training',
  finishHelp: 'The search trains each network a little; train those you keep to the end',
  finished: (error: string) => `${error} test error, finished`,
  share: 'Share',
  test: 'Test on unseen images, once',
  tested: (error: string, validation: string) =>
    `${error} test error, as found; ${validation} validation error`,
  testedFront: (tested: number, front: number) =>
    `${tested} of the front’s ${front} are tested; the saved file keeps their errors.`,
  testing: 'Testing…',
  allTested: 'The whole front is tested.',
  onTest: (error: string) => `${error} test error, as found`,
  goOn: 'Search on',
  own: 'Add your own network',
  ownHelp: 'Hold an ONNX file of yours against this front, on the same images',
  goOnHelp: 'Search on for as many generations again',
  close: 'Close the card',
  reopen: 'Summary',
};

const rivalNames = {
  'starts-only': 'no search',
  random: 'random search',
  'one-shot': 'one-shot search',
  'dpp-net': 'DPP-Net',
};

/** The run held against what any search must beat. */
export const rival = {
  question: 'Was the search worth it?',
  others: 'Against other searches',
  against: {
    'starts-only': 'Against no search',
    random: 'Against random search',
    'one-shot': 'Against one-shot search',
    'dpp-net': 'Against DPP-Net',
  },
  names: rivalNames,
  /** In the middle of a sentence, where "no search" could be read as nobody. */
  subjects: { ...rivalNames, 'starts-only': 'training without a search' },
  notRun: 'Not run on this device yet.',
  notInFile: 'A file brings one search; this one is run here.',
  runToo: (time: string) => `Run it too, about ${time}`,
  runTooUnknown: 'Run it too',
  running: (share: string) => `On as many images, ${share} done`,
  held: ({ name, ours, theirs, of, example, behind }: Held) => {
    const Name = name.charAt(0).toUpperCase() + name.slice(1);
    const such = example
      ? `, such as #${example.id}: ${example.error} wrong with ${example.size} parameters`
      : '';
    const found = `${networks(ours)} without an equal there${such}`;
    const gap = behind ? `: ${behind.theirs} wrong, not ${behind.ours}, with ${behind.size} parameters` : '';
    if (ours === 0 && theirs === 0) return 'Both ended with equally good networks.';
    if (theirs === 0)
      return `This search is ahead of ${name} everywhere: it has ${found}, and never the reverse.`;
    const sizes =
      of === 1 ? 'its only size' : theirs === of ? `all of its ${of} sizes` : `${theirs} of its ${of} sizes`;
    if (ours === 0) return `${Name} is ahead everywhere, at ${sizes}${gap}.`;
    return `Each is ahead somewhere. ${Name} is more accurate at ${sizes}${gap}. This search has ${found}.`;
  },
  /** Under other objectives than error and parameters. */
  heldInAll: (name: string, ours: number, theirs: number) =>
    `Under all objectives together, this search has ${networks(ours)} that ${name} has nothing as good as; the reverse is true of ${theirs}.`,
  briefly: (ours: number, theirs: number, of: number) => {
    const trained = 'Trained on as many images without a search, the starting networks';
    if (ours === 0 && theirs === 0) return `${trained} end level with the search.`;
    if (theirs === 0) return `${trained} stay behind at every size.`;
    const sizes =
      of === 1
        ? 'their only size'
        : theirs === of
          ? `all of their ${of} sizes`
          : `${theirs} of their ${of} sizes`;
    return ours === 0
      ? `${trained} are ahead at every size.`
      : `${trained} are more accurate at ${sizes}; the search has ${networks(ours)} that they have nothing as good as.`;
  },
  area: (ours: string, theirs: string, name: string) =>
    `Lemon area: ${ours} with this search, ${theirs} with ${name}.`,
};

/** Two fronts held against each other: networks that the other has nothing as good as. */
interface Held {
  readonly name: string;
  readonly ours: number;
  readonly theirs: number;
  /** Networks on the other's front. */
  readonly of: number;
  readonly example: Figures | null;
  readonly behind: { readonly size: string; readonly theirs: string; readonly ours: string } | null;
}

interface Figures {
  readonly id: number;
  readonly error: string;
  readonly size: string;
}

interface Won {
  readonly error: string;
  readonly size: string;
  /** Size of the smallest network that is as accurate, as a share of the start's. */
  readonly ofItsSize: string | null;
  /** How many of the start's errors one of its size does not make. */
  readonly fewerErrors: string | null;
  /** How many of the start's errors the most accurate does not make, and how large it is; null where it is no better. */
  readonly beyond: {
    readonly fewerErrors: string;
    readonly error: string;
    readonly size: string;
    /** How many times larger than the start; null where it is no larger. */
    readonly times: string | null;
  } | null;
  /** A network that the search made, and a starting network that it beats in both. */
  readonly beating: {
    readonly fewerErrors: string;
    /** Null where it has as many. */
    readonly fewerParameters: string | null;
    readonly start: Figures;
    readonly network: Figures;
  } | null;
  /** Which of these is the headline. */
  readonly head: 'smaller' | 'better' | 'beyond' | 'beating' | null;
  readonly starts: number;
  /** Starting networks still on the front. */
  readonly left: number;
  /** Networks on the front that are no starting networks. */
  readonly found: number;
  /** The network of the headline has a starting network's layers. */
  readonly onlyTrained: boolean;
  /** A starting network made no error at all. */
  readonly flawless: boolean;
}

/** What the search achieved, as a headline. */
export function gainTitle({
  ofItsSize,
  fewerErrors,
  beyond,
  beating,
  starts,
  left,
  found,
  head,
  onlyTrained,
}: Won): string {
  switch (head) {
    case 'smaller':
      return `As accurate as the best starting network, at ${ofItsSize} of its size`;
    case 'better':
      return `${fewerErrors} fewer errors than the best starting network, ${onlyTrained ? 'by training it longer' : 'at its size'}`;
    case 'beyond':
      return `${beyond?.fewerErrors} fewer errors than the best starting network${beyond?.times ? `, at ${beyond.times} times its size` : ''}`;
    case 'beating':
      return beating?.fewerParameters
        ? `${beating.fewerErrors} fewer errors, with ${beating.fewerParameters} fewer parameters than a starting network`
        : `${beating?.fewerErrors} fewer errors than a starting network of its size`;
    case null:
      return left < starts
        ? `${starts - left} of ${starts} starting networks beaten`
        : `No starting network beaten, ${found} other ${plural(found, 'size', 'sizes')} found`;
  }
}

/** From what to what, in one plain sentence, and what became of its start; in brief, for the first page, only that. */
export function gainSentences(won: Won): { readonly whole: string; readonly brief: string } {
  const { error, size, beyond, beating, head, starts, left, onlyTrained, flawless } = won;
  const from = `The best network it started with was wrong on ${error} of the images`;
  const more = !beyond
    ? `, with ${size} parameters; ${flawless ? 'only its size can be beaten. More or harder images would tell networks apart' : 'nothing is more accurate than that yet'}.`
    : `; the best now is wrong on ${beyond.error}, ` +
      (beyond.size === size
        ? `at the same size (${size} parameters).`
        : `with ${beyond.size} parameters instead of ${size}.`);
  const trained = onlyTrained ? ' It has the layers of a starting network and was trained longer.' : '';
  const behind =
    left === 0
      ? plural(starts, ' The starting network is beaten.', ` All ${starts} starting networks are beaten.`)
      : ` ${left} of the ${starts} starting networks ${plural(left, 'is', 'are')} still unbeaten.`;
  const fell = beyond
    ? `Wrong answers fell from ${error} to ${beyond.error}.`
    : `The lowest share of wrong answers is still ${error}.`;
  if (head === 'beating' && beating) {
    const { start, network } = beating;
    const made = `Starting network #${start.id} was wrong on ${start.error} of the images, with ${start.size} parameters; #${network.id}, which the search made, is wrong on ${network.error} with ${network.size}. `;
    const longest = beyond
      ? `The lowest share of wrong answers fell from ${error} to ${beyond.error}, by training a starting network longer.`
      : fell;
    return { whole: `${made}${longest}${behind}`, brief: fell };
  }
  return { whole: `${from}${more}${trained}${behind}`, brief: fell };
}

/** What else there is, below the first visit. */
export const doors = {
  title: 'More to do here',
  places: {
    compose: { title: 'Beat the search', text: 'Change networks by hand and see who finds the better ones.' },
    bench: {
      title: 'Watch a network change',
      text: 'Widen, deepen or shrink one and check that it answers alike.',
    },
    compare: { title: 'Compare methods', text: 'Run several searches and see which differences are real.' },
  },
  own: {
    title: 'Your own pictures',
    text: 'From a folder, a ZIP, the camera or drawn by hand. They stay here.',
  },
  elsewhere: 'runs in another tab',
  kept: (date: string, finished: boolean) => `${finished ? 'finished' : 'not finished'}, ${date}`,
};

/** At the end of the recording. */
export const outcome = {
  what: (rounds: number, trained: number) =>
    `In ${rounds} rounds the search trained ${trained} networks that read handwritten digits; every child began with what its parent had learned.`,
  invite: (phone: boolean) => `Now let your ${phone ? 'phone' : 'computer'} find its own.`,
};
