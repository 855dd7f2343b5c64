import type { NetworkId } from '../../../core/search/events.ts';
import { overlaps, textWidth, type Rect } from './labels.ts';
import { stairRects, type Box } from './stairs.ts';
import type { PlotPoint, TradeOffModel } from './trade-off.ts';

export interface CalloutPlace extends Rect {
  /** The mark that it points at; null where none has room. */
  readonly at: PlotPoint | null;
  readonly lines: readonly string[];
}

const lineHeight = 18;
/** From the mark's middle to the box below it, px: room for the ring, and at most so long a line. */
const [least, most] = [26, 52];

/**
 * A box with a sentence below and left of a front mark, where by definition nothing can be. Of the marks with room it
 * takes the oldest that `stays` on the front (any where that is empty), so that it hardly ever moves while a run is
 * replayed and never points at what cannot be tried. Where no such mark has room it lies in the upper right, below what is written there, as large networks with large errors are rare, one sentence a line.
 */
export function calloutPlace(
  model: TradeOffModel,
  box: Box,
  text: string,
  stays: ReadonlySet<NetworkId>,
): CalloutPlace {
  const shape = (lines: readonly string[]) => ({
    lines,
    width: Math.max(...lines.map((line) => textWidth(line, 13))) + 28,
    height: lineHeight * lines.length + 16,
  });
  const single = shape([text]);
  const taken: readonly Rect[] = [
    ...[...model.front, ...model.hidden].map(({ x, y }) => ({ x: x - 8, y: y - 8, width: 16, height: 16 })),
    ...stairRects(model.steps, box),
  ];
  const below = (at: PlotPoint): CalloutPlace => ({
    at,
    x: Math.max(box.left + 8, at.x - single.width + 24),
    y: Math.min(at.y + most, box.bottom - single.height - 4),
    ...single,
  });
  const [found] = model.front
    .map(below)
    .filter(({ at }) => stays.size === 0 || stays.has(at!.id))
    .filter((place) => !place.at!.above && place.y - place.at!.y >= least && place.at!.x > place.x + 12)
    .filter((place) => !taken.some((rect) => overlaps(rect, place)))
    .sort((a, b) => a.at!.id - b.at!.id);
  if (found) return found;
  const split = shape(text.split(/(?<=\.) /));
  return { at: null, x: box.right - split.width - 12, y: box.top + 60, ...split };
}
