import { RelaySocket, relayAddress } from './relay-socket.ts';
import type { FromSearch, HostReport, ToSearch } from './report.ts';
import { newSecret, newTag, roomOf } from './seal.ts';
import { SealedLine } from './sealed-line.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** How the host's page reaches the relay. */
export type RoomState = 'connecting' | 'open' | 'broken' | 'no-relay';

export interface RoomListener {
  readonly onstate: (state: RoomState) => void;
  readonly onreport: (report: HostReport) => void;
}

const tagLength = 16;

/**
 * A room to which devices come: the page's side of it, between the relay and the search's worker. It outlives a search:
 * who is here lends to the next one too.
 */
export class HostRoom {
  readonly secret = newSecret();
  readonly #listener: RoomListener;
  readonly #lines = new Map<string, SealedLine>();
  readonly #socket: RelaySocket;
  #search: MessagePort | null = null;

  constructor(listener: RoomListener) {
    this.#listener = listener;
    const token = newTag();
    const address = relayAddress({ room: roomOf(this.secret), role: 'host', token });
    this.#socket = new RelaySocket(() => address, {
      onopen: () => listener.onstate('open'),
      onbreak: (wasOpen) => {
        listener.onstate(wasOpen ? 'broken' : 'no-relay');
        for (const tag of [...this.#lines.keys()]) this.#close(tag);
      },
      onbytes: (bytes) => this.#take(bytes),
      ontext: (text) => this.#said(text),
    });
  }

  /** The search that devices lend to from now on; its port is given to the search's worker. */
  attach(): MessagePort {
    this.#search?.close();
    const { port1, port2 } = new MessageChannel();
    this.#search = port1;
    port1.onmessage = ({ data }: MessageEvent<FromSearch>) => {
      if (data.kind === 'bytes') this.#lines.get(data.line)?.send(data.bytes);
      else if (data.kind === 'close') this.#turnOut(data.line);
      else if (data.kind === 'report') this.#listener.onreport(data.report);
      else if (data.kind === 'dismissed') this.#leave();
      else if (data.kind === 'open') for (const tag of this.#lines.keys()) this.#callAgain(tag);
    };
    return port2;
  }

  /** Sends all devices home, then leaves. */
  close(): void {
    if (this.#search) this.#tell({ kind: 'dismiss' });
    else this.#leave();
  }

  #leave(): void {
    this.#socket.close();
    this.#search?.close();
    this.#search = null;
  }

  /** A device that was here before this search is asked to say hello to it. */
  #callAgain(tag: string): void {
    this.#tell({ kind: 'opened', line: tag });
    this.#socket.send(this.#addressed(tag, new Uint8Array(0)));
  }

  #said(text: string): void {
    const said = JSON.parse(text) as { readonly joined?: string; readonly left?: string };
    if (said.joined !== undefined) this.#open(said.joined);
    if (said.left !== undefined) this.#close(said.left);
  }

  #open(tag: string): void {
    const line = new SealedLine({ secret: this.secret, device: tag }, true, (piece) =>
      this.#socket.send(this.#addressed(tag, piece)),
    );
    this.#lines.set(tag, line);
    this.#tell({ kind: 'opened', line: tag });
  }

  #close(tag: string): void {
    if (this.#lines.delete(tag)) this.#tell({ kind: 'closed', line: tag });
  }

  /** Nothing more is taken from a device that is not trusted. */
  #turnOut(tag: string): void {
    this.#lines.delete(tag);
    this.#socket.say(JSON.stringify({ turnOut: tag }));
  }

  #take(bytes: Bytes): void {
    const tag = new TextDecoder().decode(bytes.subarray(0, tagLength));
    const message = this.#lines.get(tag)?.take(bytes.subarray(tagLength));
    if (message) this.#tell({ kind: 'bytes', line: tag, bytes: message });
  }

  #addressed(tag: string, piece: Bytes): Bytes {
    const bytes = new Uint8Array(tagLength + piece.length);
    new TextEncoder().encodeInto(tag, bytes);
    bytes.set(piece, tagLength);
    return bytes;
  }

  #tell(message: ToSearch): void {
    this.#search?.postMessage(message);
  }
}
