import { HostPeers, type HostPeer, type PairFault } from './host-peers.ts';
import { RelaySocket, relayAddress } from './relay-socket.ts';
import type { FromSearch, HostReport, LineWay, ToSearch } from './report.ts';
import { newSecret, newTag, roomOf } from './seal.ts';
import { SealedLine } from './sealed-line.ts';
import { encodeSignal, isSignal, readSignal } from './signals.ts';
import type { Result } from '../../core/result.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** How devices come to the host's page: by a relay, reached or not, or paired by codes. */
export type RoomState = 'connecting' | 'open' | 'broken' | 'no-relay' | 'codes';

export interface RoomListener {
  readonly onstate: (state: RoomState) => void;
  readonly onreport: (report: HostReport) => void;
  /** A device whose code was taken is connected, or could not be reached. */
  readonly onpaired: (isConnected: boolean) => void;
}

interface HostLine {
  readonly way: LineWay;
  readonly sealed: SealedLine;
  /** Of a direct line: the relay's line of the same device. */
  readonly beside: string | null;
}

const tagLength = 16;
/** To be answered by a greeting over the line that it comes by. */
const call = new Uint8Array(0);

/**
 * A room to which devices come: the page's side of it, between the lines and the search's worker. It outlives a search:
 * who is here lends to the next one too.
 */
export class HostRoom {
  readonly secret = newSecret();
  readonly #listener: RoomListener;
  readonly #lines = new Map<string, HostLine>();
  readonly #peers: HostPeers;
  readonly #socket: RelaySocket | null;
  #search: MessagePort | null = null;

  /** `by`: the relay of this page's origin, or codes alone, for which nothing is connected to. */
  constructor(listener: RoomListener, by: 'relay' | 'codes') {
    this.#listener = listener;
    this.#peers = new HostPeers({
      onopen: (peer) => this.#openDirect(peer),
      onbytes: (tag, bytes) => this.#take(tag, bytes),
      onclose: (peer, wasOpen) => this.#closeDirect(peer, wasOpen),
      hasRelay: ({ beside }) => beside !== null && this.#lines.has(beside),
    });
    this.#socket = by === 'relay' ? this.#connect() : null;
    if (by === 'codes') listener.onstate('codes');
  }

  #connect(): RelaySocket {
    const address = relayAddress({ room: roomOf(this.secret), role: 'host', token: newTag() });
    return new RelaySocket(() => address, {
      onopen: () => this.#listener.onstate('open'),
      onbreak: (wasOpen) => {
        this.#listener.onstate(wasOpen ? 'broken' : 'no-relay');
        for (const [tag, { way }] of [...this.#lines]) if (way === 'relay') this.#close(tag);
      },
      onbytes: (bytes) =>
        this.#take(new TextDecoder().decode(bytes.subarray(0, tagLength)), bytes.subarray(tagLength)),
      ontext: (text) => this.#said(text),
    });
  }

  /** The search that devices lend to from now on; its port is given to the search's worker. */
  attach(): MessagePort {
    this.#search?.close();
    const { port1, port2 } = new MessageChannel();
    this.#search = port1;
    port1.onmessage = ({ data }: MessageEvent<FromSearch>) => {
      if (data.kind === 'bytes') this.#lines.get(data.line)?.sealed.send(data.bytes);
      else if (data.kind === 'close') this.#turnOut(data.line);
      else if (data.kind === 'report') this.#listener.onreport(data.report);
      else if (data.kind === 'dismissed') this.#leave();
      else if (data.kind === 'open') this.#callAll();
    };
    return port2;
  }

  /** A code that pairs one device without a relay; null where this browser names no address within its network. */
  offerCode(): Promise<string | null> {
    return this.#peers.offer();
  }

  /** Takes the code with which a device answers. */
  takeCode(text: string): Result<null, PairFault> {
    return this.#peers.take(text);
  }

  /** Sends all devices home, then leaves. */
  close(): void {
    if (this.#search) this.#tell({ kind: 'dismiss' });
    else this.#leave();
  }

  #leave(): void {
    this.#lines.clear();
    this.#peers.close();
    this.#socket?.close();
    this.#search?.close();
    this.#search = null;
  }

  /** Devices that were here before this search are asked to say hello to it, each over the line that it uses. */
  #callAll(): void {
    const doubled = new Set([...this.#lines.values()].map(({ beside }) => beside));
    for (const [tag, { way, sealed }] of this.#lines) {
      this.#tell({ kind: 'opened', line: tag, way });
      if (!doubled.has(tag)) sealed.send(call);
    }
  }

  #said(text: string): void {
    const said = JSON.parse(text) as { readonly joined?: string; readonly left?: string };
    if (said.joined !== undefined) this.#openRelayed(said.joined);
    if (said.left !== undefined) this.#close(said.left);
  }

  #openRelayed(tag: string): void {
    const sealed = new SealedLine({ secret: this.secret, device: tag }, true, (piece) =>
      this.#socket?.send(addressed(tag, piece)),
    );
    this.#open(tag, { way: 'relay', sealed, beside: null });
  }

  #openDirect({ tag, secret, beside }: HostPeer): void {
    const sealed = new SealedLine({ secret, device: tag }, true, (piece) => this.#peers.send(tag, piece));
    this.#open(tag, { way: 'direct', sealed, beside });
    if (beside === null) this.#listener.onpaired(true);
  }

  #closeDirect({ tag, beside }: HostPeer, wasOpen: boolean): void {
    if (!wasOpen && beside === null) this.#listener.onpaired(false);
    const isOurs = this.#lines.has(tag);
    this.#close(tag);
    // The device may not have noticed yet.
    if (isOurs && beside !== null) this.#lines.get(beside)?.sealed.send(call);
  }

  #open(tag: string, line: HostLine): void {
    this.#lines.set(tag, line);
    this.#tell({ kind: 'opened', line: tag, way: line.way });
  }

  #close(tag: string): void {
    if (this.#lines.delete(tag)) this.#tell({ kind: 'closed', line: tag });
  }

  /** Nothing more is taken from a device that is not trusted, whichever way it comes. */
  #turnOut(tag: string): void {
    const line = this.#lines.get(tag);
    this.#lines.delete(tag);
    if (line?.way === 'direct') this.#peers.finish(tag);
    else this.#socket?.say(JSON.stringify({ turnOut: tag }));
    if (line?.beside) this.#turnOut(line.beside);
  }

  #take(tag: string, bytes: Bytes): void {
    const message = this.#lines.get(tag)?.sealed.take(bytes);
    if (!message) return;
    if (isSignal(message)) void this.#takeSignal(tag, message);
    else this.#tell({ kind: 'bytes', line: tag, bytes: message });
  }

  async #takeSignal(tag: string, message: Bytes): Promise<void> {
    const asked = this.#lines.get(tag)?.way === 'relay' ? readSignal(message) : null;
    const answer = asked && (await this.#peers.answer(asked, this.secret, tag));
    if (answer) this.#lines.get(tag)?.sealed.send(encodeSignal(answer));
  }

  #tell(message: ToSearch): void {
    this.#search?.postMessage(message);
  }
}

function addressed(tag: string, piece: Bytes): Bytes {
  const bytes = new Uint8Array(tagLength + piece.length);
  new TextEncoder().encodeInto(tag, bytes);
  bytes.set(piece, tagLength);
  return bytes;
}
