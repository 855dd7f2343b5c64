import { canBeDirect, DirectPeer, isPatient } from './direct-peer.ts';
import { openingTime } from './host-peers.ts';
import { writeCode, type PairingOffer } from './pairing-code.ts';
import { RelaySocket, relayAddress } from './relay-socket.ts';
import type { LineWay } from './report.ts';
import { newTag, roomOf } from './seal.ts';
import { SealedLine } from './sealed-line.ts';
import { encodeSignal, isSignal, readSignal } from './signals.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Why a device has no line at the moment, or will have none. */
export type LineTrouble =
  /** The relay answers, the host is not there (yet, or any more). */
  | 'no-host'
  | 'broken'
  /** Where this page comes from nothing answers. */
  | 'no-relay'
  /** A line that codes made has broken: only new codes make another. */
  | 'line-lost'
  | 'not-opened'
  /** This browser has no direct lines. */
  | 'no-webrtc'
  /** This browser names no address by which it can be reached within its network. */
  | 'no-address'
  /** Two browsers of the kind that gives up before a person has carried a code. */
  | 'both-impatient';

export interface DeviceLinesListener {
  /** There is a line, another than before or called anew: the host is to be greeted over it. */
  readonly online: (way: LineWay) => void;
  readonly onmessage: (bytes: Bytes) => void;
  readonly ontrouble: (trouble: LineTrouble) => void;
}

interface Direct {
  readonly peer: DirectPeer;
  readonly tag: string;
  readonly sealed: SealedLine;
}

/** Milliseconds before a direct line is tried again, after one, two, three failures in a row; then no more. [ours] */
const pauses = [5_000, 30_000, 180_000];
/** Milliseconds for which a device waits for the host to take its code. [ours] */
const carryingTime = 30 * 60_000;

/**
 * The lines of a device to its host: by the relay, directly where that can be, the direct one first. Each has a seal and
 * a count of its own, so that none waits for another; what a broken one has lost is said again after a greeting.
 */
export class DeviceLines {
  readonly #listener: DeviceLinesListener;
  #socket: RelaySocket | null = null;
  #secret = '';
  #relayed: SealedLine | null = null;
  #direct: Direct | null = null;
  #current: SealedLine | null = null;
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | null = null;

  constructor(listener: DeviceLinesListener) {
    this.#listener = listener;
  }

  /** Comes to the room of `secret` by the relay of this page's origin. */
  join(secret: string): void {
    this.#secret = secret;
    let tag = '';
    const room = roomOf(secret);
    this.#socket = new RelaySocket(() => relayAddress({ room, role: 'device', tag: (tag = newTag()) }), {
      onopen: () => {},
      onbreak: (wasOpen) => this.#relayLost(wasOpen ? 'broken' : 'no-relay'),
      ontext: (text) => {
        if ((JSON.parse(text) as { readonly host: boolean }).host) this.#relayReady(tag);
        else this.#relayLost('no-host');
      },
      onbytes: (bytes) => this.#takeRelayed(bytes),
    });
  }

  /** Answers a host's code; the device's own code, for the host to take. Null: trouble was told. */
  async pair({ tag, secret, description, isPatient: hostWaits }: PairingOffer): Promise<string | null> {
    this.#dropDirect();
    const trouble = !canBeDirect() ? 'no-webrtc' : isPatient() || hostWaits ? null : 'both-impatient';
    if (trouble) {
      this.#listener.ontrouble(trouble);
      return null;
    }
    const direct = this.#newDirect(tag, secret);
    const own = await direct.peer.answer(description, carryingTime);
    if (this.#direct !== direct) return null;
    if (own) return writeCode({ kind: 'answer', tag, isPatient: isPatient(), description: own });
    this.#dropDirect();
    this.#listener.ontrouble('no-address');
    return null;
  }

  /** The host speaks our version: a direct line is asked for, unless there is one. */
  preferDirect(): void {
    const { length } = pauses;
    if (this.#direct || this.#retry !== null || !this.#relayed || this.#failures > length) return;
    if (canBeDirect()) void this.#ask(this.#relayed);
  }

  send(message: Bytes): void {
    this.#current?.send(message);
  }

  /** Leaves after what was sent has gone out. */
  close(): void {
    if (this.#retry !== null) clearTimeout(this.#retry);
    const direct = this.#direct;
    [this.#direct, this.#relayed, this.#current] = [null, null, null];
    direct?.peer.finish();
    this.#socket?.close();
  }

  #use(line: SealedLine, way: LineWay): void {
    this.#current = line;
    this.#listener.online(way);
  }

  #relayReady(tag: string): void {
    const about = { secret: this.#secret, device: tag };
    const line = (this.#relayed = new SealedLine(about, false, (piece) => this.#socket?.send(piece)));
    this.#failures = 0;
    if (!this.#direct?.peer.isOpen) this.#use(line, 'relay');
  }

  #relayLost(trouble: 'broken' | 'no-relay' | 'no-host'): void {
    this.#relayed = null;
    if (this.#direct?.peer.isOpen) return;
    this.#current = null;
    this.#listener.ontrouble(trouble);
  }

  #takeRelayed(bytes: Bytes): void {
    const line = this.#relayed;
    const message = line?.take(bytes);
    if (!line || !message) return;
    if (isSignal(message)) return this.#takeSignal(message);
    if (message.length > 0) {
      if (this.#current === line) this.#listener.onmessage(message);
      return;
    }
    // The host has another search, or its end of the direct line has broken.
    if (this.#direct?.peer.isOpen) {
      this.#dropDirect();
      this.#tryLater();
    }
    this.#use(line, 'relay');
  }

  #takeSignal(message: Bytes): void {
    const signal = readSignal(message);
    const { peer, tag } = this.#direct ?? {};
    if (peer && signal?.tag === tag && !peer.isOpen) void peer.accept(signal!.description, openingTime);
  }

  async #ask(relayed: SealedLine): Promise<void> {
    const direct = this.#newDirect(newTag(), this.#secret);
    const description = await direct.peer.offer();
    if (this.#direct !== direct) return;
    if (!description) return this.#failed(direct);
    relayed.send(encodeSignal({ tag: direct.tag, description }));
    // A host without direct lines does not answer.
    setTimeout(() => {
      if (this.#direct === direct && !direct.peer.isOpen) direct.peer.close();
    }, 2 * openingTime);
  }

  #newDirect(tag: string, secret: string): Direct {
    let wasOpen = false;
    const peer: DirectPeer = new DirectPeer({
      onopen: () => {
        if (this.#direct !== direct) return;
        wasOpen = true;
        this.#failures = 0;
        this.#use(direct.sealed, 'direct');
      },
      onbytes: (bytes) => this.#takeDirect(direct, bytes),
      ondoubt: () => {
        if (this.#relayed) peer.close();
      },
      onclose: () => {
        if (this.#direct !== direct) return;
        if (wasOpen) this.#directLost();
        else this.#failed(direct);
      },
    });
    const sealed = new SealedLine({ secret, device: tag }, false, (piece) => peer.send(piece));
    const direct: Direct = { peer, tag, sealed };
    this.#direct = direct;
    return direct;
  }

  #takeDirect(direct: Direct, bytes: Bytes): void {
    const message = this.#direct === direct ? direct.sealed.take(bytes) : null;
    if (!message) return;
    if (message.length === 0) this.#use(direct.sealed, 'direct');
    else if (this.#current === direct.sealed) this.#listener.onmessage(message);
  }

  #directLost(): void {
    this.#direct = null;
    if (this.#relayed) {
      this.#tryLater();
      return this.#use(this.#relayed, 'relay');
    }
    this.#current = null;
    if (!this.#socket) this.#listener.ontrouble('line-lost');
    else this.#listener.ontrouble(this.#socket.isOpen ? 'no-host' : 'broken');
  }

  #failed(direct: Direct): void {
    this.#direct = null;
    direct.peer.close();
    if (!this.#socket) return this.#listener.ontrouble('not-opened');
    this.#failures += 1;
    this.#tryLater();
  }

  #tryLater(): void {
    const pause = pauses[Math.max(0, this.#failures - 1)];
    if (pause === undefined || this.#retry !== null) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.preferDirect();
    }, pause);
  }

  #dropDirect(): void {
    const direct = this.#direct;
    this.#direct = null;
    direct?.peer.close();
  }
}
