/** A drawing as strokes in shares of the pad (0 to 1), so that it can be drawn at any size. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
export type Stroke = readonly Point[];

/** The keyboard pen moves in a grid of so many columns and rows. */
export const penGrid = 28;

/** The pen as the keyboard moves it: grid column and row, and whether it draws. */
export interface Pen {
  readonly column: number;
  readonly row: number;
  readonly down: boolean;
}

export const startPen: Pen = { column: penGrid / 2, row: penGrid / 2, down: false };

const moves: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const pointOf = ({ column, row }: Pen): Point => ({ x: column / penGrid, y: row / penGrid });

/** What a key does to pen and drawing; null for keys that are not the pad's. Shift moves four at once. */
export function pressKey(
  key: string,
  shift: boolean,
  pen: Pen,
  strokes: readonly Stroke[],
): { readonly pen: Pen; readonly strokes: readonly Stroke[] } | null {
  if (key === 'Enter' || key === ' ') {
    const down = !pen.down;
    return { pen: { ...pen, down }, strokes: down ? [...strokes, [pointOf(pen)]] : strokes };
  }
  if (key === 'Delete' || key === 'Backspace') return { pen: { ...pen, down: false }, strokes: [] };
  const move = moves[key];
  if (!move) return null;
  const within = (value: number) => Math.min(penGrid - 1, Math.max(1, value));
  const far = shift ? 4 : 1;
  const moved = { ...pen, column: within(pen.column + far * move[0]), row: within(pen.row + far * move[1]) };
  if (!pen.down) return { pen: moved, strokes };
  const last = strokes.at(-1) ?? [];
  return { pen: moved, strokes: [...strokes.slice(0, -1), [...last, pointOf(moved)]] };
}

/** Draws strokes in ink on a canvas of `side` device pixels; a stroke of one point is a dot. */
export function drawStrokes(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  strokes: readonly Stroke[],
  side: number,
  penShare: number,
  ink: string,
): void {
  context.strokeStyle = ink;
  context.lineWidth = side * penShare;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    context.beginPath();
    stroke.forEach(({ x, y }, i) =>
      i === 0 ? context.moveTo(x * side, y * side) : context.lineTo(x * side, y * side),
    );
    if (stroke.length === 1) context.lineTo(stroke[0]!.x * side + 0.01, stroke[0]!.y * side);
    context.stroke();
  }
}
