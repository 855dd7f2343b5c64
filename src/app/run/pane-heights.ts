/** Bands above the panes, px. */
export const bands = { header: 48, transport: 96, stepper: 48 } as const;

const smallestPlot = 280 + 72;
/** Pad and answers stand in one view. */
const smallestTryIt = 620;
/** Every data set, every preset and the button. */
const startCard = 560;
const foldedStrip = 44;

interface Room {
  /** px of the window. */
  readonly height: number;
  readonly narrow: boolean;
  readonly oneColumn: boolean;
  /** The network's pane shows Try it. */
  readonly trying: boolean;
  /** Nothing has begun: there is no tree yet, and what to search for is chosen in the pane. */
  readonly untouched: boolean;
}

/** Heights of the panes and of the strip below them, px: where both do not fit, the strip folds to its titles. */
export function paneHeights({ height, narrow, oneColumn, trying, untouched }: Room): {
  readonly pane: number;
  readonly strip: number;
} {
  const room = height - bands.header - bands.transport - (narrow && !oneColumn ? bands.stepper : 0);
  const wanted = height >= 900 ? 252 : height >= 760 ? 252 - (900 - height) * 0.66 : 160;
  const strip =
    room - wanted < (trying ? smallestTryIt : untouched ? startCard : smallestPlot)
      ? foldedStrip
      : Math.max(160, wanted);
  return { pane: oneColumn ? 460 : Math.max(smallestPlot, room - strip), strip };
}
