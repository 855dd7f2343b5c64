/** Places on the screen that a lesson may ring, by how they are found in the page. */
export const targets = {
  tradeOff: '#trade-off',
  timeline: '.transport .right',
  loop: 'section.loop',
  network: '#network',
  strip: '#strip',
  header: 'header.bar',
  bench: 'main',
  samplingRows: '.sampling .stage',
  samplingTools: '.sampling .try',
  composeTools: '.compose .tools',
} as const satisfies Record<string, string>;

export type TargetKey = keyof typeof targets;

/** Panes of the run's screen in which the card may sit: nothing else of the screen is then covered. */
export const seats = { loop: '.panes > .loop', network: '.panes > .network' } as const;
export type Seat = keyof typeof seats;

/** The pane that a step about `target` can do without. */
export const seatBeside = (target: TargetKey): Seat => (target === 'loop' ? 'network' : 'loop');

/** Whole places: they fill the page, so no ring is drawn. */
export const wholePages: readonly TargetKey[] = ['bench'];
