/** Places on the screen that a lesson may ring, by how they are found in the page. */
export const targets = {
  tradeOff: '#trade-off',
  timeline: '.transport .right',
  loop: 'section.loop',
  network: '.panes .network',
  strip: '#strip',
  header: 'header.bar',
  benchBoard: '.stage .board svg',
  benchBet: '.rail .answers',
  benchGate: '.stage .plot',
  benchSplit: '.stage .split',
  benchProof: '.check .proved',
  benchBreaks: '.rail .breaks',
  samplingRows: '.sampling .rows',
  samplingTools: '.sampling .try',
  weightsStage: '.weights .stage',
  composeTools: '.compose .picker',
} as const satisfies Record<string, string>;

export type TargetKey = keyof typeof targets;

/** On a phone some stand elsewhere, and of what proves it, larger than the screen, the numbers are meant. */
const phoneTargets: Readonly<Partial<Record<TargetKey, string>>> = {
  timeline: '.phone .timeline',
  network: '.phone .selected',
  benchProof: '.check .gauge',
};

/** How a target is found in a page `width` px wide. */
export const targetIn = (target: TargetKey, width: number): string =>
  (width < 600 ? phoneTargets[target] : undefined) ?? targets[target];

/** Parts of the screen in which the card may sit: nothing else of it is then covered. */
export const seats = {
  loop: '.panes > .loop',
  network: '.panes > .network',
  words: ':is(.sampling, .weights) .words',
} as const;
export type Seat = keyof typeof seats;

/** The part that a step about `target` can do without. */
export const seatBeside = (target: TargetKey): Seat =>
  target === 'loop' ? 'network' : /^(sampling|weights)/.test(target) ? 'words' : 'loop';

/** On the bench no ring is drawn: the whole page is what the step is about. */
export const onBench = (target: TargetKey): boolean => target.startsWith('bench');

/** Where the card is a bar below the page. */
export const docks = (target: TargetKey): boolean => onBench(target) || target.startsWith('compose');
