/** Bytes of a piece, at most: relays and data channels take messages of this size everywhere. */
export const pieceBytes = 60 * 1024;
const headBytes = 12;

type Bytes = Uint8Array<ArrayBuffer>;

/** A message in pieces, each with the message's number, its own and how many there are (uint32 each). */
export function cutIntoPieces(number: number, message: Bytes): readonly Bytes[] {
  const of = Math.max(1, Math.ceil(message.length / pieceBytes));
  return Array.from({ length: of }, (_, index) => {
    const part = message.subarray(index * pieceBytes, (index + 1) * pieceBytes);
    const piece = new Uint8Array(headBytes + part.length);
    const head = new DataView(piece.buffer);
    head.setUint32(0, number, true);
    head.setUint32(4, index, true);
    head.setUint32(8, of, true);
    piece.set(part, headBytes);
    return piece;
  });
}

/**
 * Puts pieces together again. A line keeps their order and numbers its messages upwards, so that what comes twice, or
 * again later, is not taken; a message of which a piece is missing is left out.
 */
export class Pieces {
  readonly #most: number;
  #last = -1;
  #number = -1;
  #parts: Bytes[] = [];

  /** `most`: bytes of a message, at most. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The whole message with its last piece; else null. */
  take(piece: Bytes): Bytes | null {
    if (piece.length < headBytes) return null;
    const head = new DataView(piece.buffer, piece.byteOffset, headBytes);
    const [number, index, of] = [0, 4, 8].map((at) => head.getUint32(at, true)) as [number, number, number];
    if (number <= this.#last || of < 1 || of > Math.ceil(this.#most / pieceBytes)) return null;
    if (index === 0) [this.#number, this.#parts] = [number, []];
    if (number !== this.#number || index !== this.#parts.length) return null;
    this.#parts.push(piece.subarray(headBytes));
    if (this.#parts.length < of) return null;
    this.#last = number;
    const whole = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    return whole;
  }
}
