import type { QrDrawing } from '../../src/app/ui/qr.ts';

/** Places of the dark runs of a code: column, row and length. */
export const darkRuns = ({ path }: QrDrawing): readonly (readonly [x: number, y: number, length: number])[] =>
  [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, run]) => [Number(x), Number(y), Number(run)]);

/** A code as a picture, so many pixels a square. */
export function drawnCode(code: QrDrawing, scale = 4) {
  const size = code.side * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [x, y, length] of darkRuns(code))
    for (let row = y * scale; row < (y + 1) * scale; row++)
      for (let column = x * scale; column < (x + length) * scale; column++)
        data.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3);
  return { width: size, height: size, data };
}
