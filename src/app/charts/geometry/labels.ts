/** A box on the screen, px. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LabelRequest {
  readonly key: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Radius of its mark. */
  readonly radius: number;
  /** Placed even if it has to overlap. */
  readonly must: boolean;
}

export interface PlacedLabel {
  readonly key: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end' | 'middle';
}

/** Width of 11 px Inter, near enough to place labels without measuring. */
export function textWidth(text: string, size = 11): number {
  let width = 0;
  for (const letter of text)
    width += /[\u2e80-\uffef]/.test(letter)
      ? 1
      : /[iljtfr.,:' ]/.test(letter)
        ? 0.31
        : /[mw%MW]/.test(letter)
          ? 0.86
          : /[0-9A-Z#+]/.test(letter)
            ? 0.64
            : 0.57;
  return width * size;
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function rectOf(label: PlacedLabel, width: number): Rect {
  const x =
    label.anchor === 'end' ? label.x - width : label.anchor === 'middle' ? label.x - width / 2 : label.x;
  return { x: x - 1, y: label.y - 10, width: width + 2, height: 13 };
}

/**
 * Places labels of front marks: lower left first, where by definition no network can be; then lower right, left,
 * right, above and below; `size` is their type's, px. Earlier requests win; one that fits nowhere is left out unless it must be shown.
 */
export function placeLabels(
  requests: readonly LabelRequest[],
  taken: readonly Rect[],
  frame: Rect,
  size = 11,
): PlacedLabel[] {
  const used: Rect[] = [...taken];
  const placed: PlacedLabel[] = [];
  for (const { key, text, x, y, radius, must } of requests) {
    const [near, low] = [radius + 3, radius + 8];
    const candidates: PlacedLabel[] = [
      { key, text, x: x - near, y: y + low, anchor: 'end' },
      { key, text, x: x + near - 2, y: y + low + 2, anchor: 'start' },
      { key, text, x: x - near - 2, y: y + 4, anchor: 'end' },
      { key, text, x: x + near + 2, y: y + 4, anchor: 'start' },
      { key, text, x: x + near + 4, y: y + low + 1, anchor: 'start' },
      { key, text, x: x + near, y: y - radius - 2, anchor: 'start' },
      { key, text, x, y: y + low + 4, anchor: 'middle' },
      { key, text, x: x + near + 2, y: y + low + 16, anchor: 'start' },
      { key, text, x: x - near, y: y + low + 16, anchor: 'end' },
    ];
    const width = textWidth(text, size);
    const inside = candidates
      .map((label) => ({ label, rect: rectOf(label, width) }))
      .filter(
        ({ rect }) =>
          rect.x >= frame.x &&
          rect.x + rect.width <= frame.x + frame.width &&
          rect.y >= frame.y &&
          rect.y + rect.height <= frame.y + frame.height,
      );
    let choice = inside.find(({ rect }) => !used.some((other) => overlaps(rect, other)));
    if (!choice && must) {
      // Over a mark or a line is bad, over another label is unreadable.
      const hits = ({ rect }: { rect: Rect }) =>
        used.reduce((sum, other, i) => sum + (overlaps(rect, other) ? (i < taken.length ? 1 : 20) : 0), 0);
      const fallback = candidates[0]!;
      choice = inside.toSorted((a, b) => hits(a) - hits(b))[0] ?? {
        label: fallback,
        rect: rectOf(fallback, width),
      };
    }
    if (!choice) continue;
    placed.push(choice.label);
    used.push(choice.rect);
  }
  return placed;
}

/** Moves positions apart to at least `gap`, keeping order and staying as near as possible, within [low, high]. */
export function pushApart(
  positions: readonly number[],
  gap: number,
  low = -Infinity,
  high = Infinity,
): number[] {
  const order = positions
    .map((value, index) => ({ value, index }))
    .sort((a, b) => a.value - b.value || a.index - b.index);
  const result = new Array<number>(positions.length);
  // Pool adjacent violators on value - rank * gap: the least-squares solution under the gap constraints.
  const pools: { sum: number; count: number }[] = [];
  order.forEach(({ value }, rank) => {
    pools.push({ sum: value - rank * gap, count: 1 });
    for (;;) {
      const [last, before] = [pools.at(-1)!, pools.at(-2)];
      if (!before || before.sum / before.count <= last.sum / last.count) break;
      pools.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const room = high - (positions.length - 1) * gap;
  let rank = 0;
  for (const pool of pools)
    for (let i = 0; i < pool.count; i++, rank++)
      result[order[rank]!.index] = Math.max(low, Math.min(room, pool.sum / pool.count)) + rank * gap;
  return result;
}
