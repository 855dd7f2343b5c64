import { mostBytes } from './messages.ts';
import { cutIntoPieces, Pieces } from './pieces.ts';
import { seal, unseal } from './seal.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One side of a line whose other side has the same secret: messages go out as sealed pieces, and come in as such. */
export class SealedLine {
  readonly #about: { readonly secret: string; readonly device: string };
  readonly #isHost: boolean;
  readonly #sendPiece: (piece: Bytes) => void;
  readonly #pieces = new Pieces(mostBytes);
  #next = 0;

  constructor(
    about: { readonly secret: string; readonly device: string },
    isHost: boolean,
    sendPiece: (piece: Bytes) => void,
  ) {
    this.#about = about;
    this.#isHost = isHost;
    this.#sendPiece = sendPiece;
  }

  send(message: Bytes): void {
    const from = this.#isHost ? 'host' : 'device';
    for (const piece of cutIntoPieces(this.#next++, message))
      this.#sendPiece(seal({ ...this.#about, from }, piece));
  }

  /** A whole message, once its last piece is there. What was not sealed for this line is left out. */
  take(sealed: Bytes): Bytes | null {
    const from = this.#isHost ? 'device' : 'host';
    const piece = unseal({ ...this.#about, from }, sealed);
    return piece && this.#pieces.take(piece);
  }
}
