export interface Dot {
  readonly index: number;
  readonly x: number;
  readonly row: number;
}

/** A dot plot: positions are binned by `width` px and stacked in rows, in the order given. */
export function stackDots(positions: readonly number[], width: number): Dot[] {
  const heights = new Map<number, number>();
  return positions.map((position, index) => {
    const bin = Math.round(position / width);
    const row = heights.get(bin) ?? 0;
    heights.set(bin, row + 1);
    return { index, x: bin * width, row };
  });
}

/** The item nearest to a point within `reach` px; null where none is. */
export function nearest<P extends { readonly x: number; readonly y: number }>(
  items: readonly P[],
  x: number,
  y: number,
  reach: number,
): P | null {
  let best: P | null = null;
  let least = reach * reach;
  for (const item of items) {
    const distance = (item.x - x) ** 2 + (item.y - y) ** 2;
    if (distance > least) continue;
    least = distance;
    best = item;
  }
  return best;
}

/** A circle arc from 12 o'clock, clockwise, for a share of 0 to 1; '' for none. */
export function ringArc(radius: number, share: number): string {
  if (!(share > 0)) return '';
  const angle = 2 * Math.PI * Math.min(share, 0.9999);
  const [x, y] = [radius * Math.sin(angle), -radius * Math.cos(angle)];
  return `M0 ${-radius}A${radius} ${radius} 0 ${angle > Math.PI ? 1 : 0} 1 ${x.toFixed(2)} ${y.toFixed(2)}`;
}
