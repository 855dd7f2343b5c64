import { encodeQR } from 'qr';

/**
 * Characters of a link whose code a phone still reads from a projector, and a webcam from a phone: at most 117 squares
 * a side (version 25), so that a square is 5 of a camera's pixels. A code could hold 2,953. [ours]
 */
export const longestLink = 1200;
/** Shorter links get more correction of errors. [ours] */
const shortLink = 300;
/** Squares of white around a code (ISO/IEC 18004, 6.3.8). */
const quietZone = 4;

export interface QrDrawing {
  /** Squares of a side, the white around included. */
  readonly side: number;
  /** The dark squares, one unit each. */
  readonly path: string;
}

/** The QR code of a link of at most `longestLink` characters. */
export function qrOf(link: string): QrDrawing {
  const rows = encodeQR(link, 'raw', {
    ecc: link.length <= shortLink ? 'medium' : 'low',
    border: quietZone,
  });
  const path = rows.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark && !row[x - 1] ? [`M${x} ${y}h${darkFrom(row, x)}v1H${x}z`] : [])),
  );
  return { side: rows.length, path: path.join('') };
}

function darkFrom(row: readonly boolean[], start: number): number {
  const end = row.indexOf(false, start);
  return (end < 0 ? row.length : end) - start;
}
