export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Corner = 'bottom-left' | 'bottom-right' | 'top-right' | 'top-left';

const corners: readonly Corner[] = ['bottom-left', 'bottom-right', 'top-right', 'top-left'];

const overlap = (a: Rect, b: Rect): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

export function cornerRect(
  corner: Corner,
  width: number,
  height: number,
  card: { readonly width: number; readonly height: number },
  margin: number,
): Rect {
  const left = corner.endsWith('left') ? margin : width - margin - card.width;
  const top = corner.startsWith('top') ? margin : height - margin - card.height;
  return { left, top, right: left + card.width, bottom: top + card.height };
}

/** The corner in which a card hides least of `target`; the present corner where it is as good. */
export function bestCorner(
  target: Rect | null,
  viewport: { readonly width: number; readonly height: number },
  card: { readonly width: number; readonly height: number },
  now: Corner,
  margin = 16,
): Corner {
  if (!target) return now;
  const hidden = (corner: Corner) =>
    overlap(target, cornerRect(corner, viewport.width, viewport.height, card, margin));
  const order = [now, ...corners.filter((corner) => corner !== now)];
  return order.reduce((best, corner) => (hidden(corner) < hidden(best) - 1 ? corner : best));
}
