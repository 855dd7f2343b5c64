import { readSdp, writeSdp, type Description } from './description.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export interface DirectListener {
  readonly onopen: () => void;
  readonly onbytes: (bytes: Bytes) => void;
  /** It has not answered for some seconds; it may come back by itself. */
  readonly ondoubt: () => void;
  /** It is closed, or never came about. Once. */
  readonly onclose: () => void;
}

/** No STUN and no TURN: addresses of this network only, and no request to anyone. */
const configuration: RTCConfiguration = { iceServers: [] };

/** Milliseconds for a browser to name its own addresses; those known by then are taken. [ours] */
const gatheringTime = 2000;
/** Bytes that wait in the browser: above the first we keep the rest, below the second it is given more. [ours] */
const mostBuffered = 1024 * 1024;
const fewBuffered = 256 * 1024;
/** Bytes that wait here before the line counts as broken. [ours] */
const mostWaiting = 256 * 1024 * 1024;
/** Milliseconds in which a line that is closed says what is still to be said. [ours] */
const closingTime = 2000;

/** False in workers, in WebKitGTK, and where WebRTC is switched off. */
export const canBeDirect = (): boolean => typeof RTCPeerConnection === 'function';

/**
 * Two Firefoxes reach each other only where both begin within 5 s: each gives up that early on an end that does not answer
 * yet. Others answer, or wait, for as long as people take to carry a code across (docs/devices.md).
 */
export const isPatient = (): boolean => !navigator.userAgent.includes('Firefox/');

/**
 * One end of a direct line: a WebRTC data channel between two pages. One offers, the other answers, by whatever carries
 * their descriptions. RTCPeerConnection exists on pages only.
 */
export class DirectPeer {
  readonly #listener: DirectListener;
  readonly #peer = new RTCPeerConnection(configuration);
  readonly #channel: RTCDataChannel;
  #waiting: Bytes[] = [];
  #waitingBytes = 0;
  #isOver = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(listener: DirectListener) {
    this.#listener = listener;
    const channel = (this.#channel = this.#peer.createDataChannel('lemonade', { negotiated: true, id: 0 }));
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = fewBuffered;
    channel.onopen = () => {
      if (this.#timer !== null) clearTimeout(this.#timer);
      listener.onopen();
    };
    channel.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (typeof data !== 'string' && !this.#isOver) listener.onbytes(new Uint8Array(data));
    };
    channel.onbufferedamountlow = () => this.#drain();
    channel.onclose = () => this.#end();
    this.#peer.onconnectionstatechange = () => {
      const { connectionState } = this.#peer;
      if (connectionState === 'disconnected') listener.ondoubt();
      // Before it is open it may fail and still come about once the other end begins, but not in Firefox.
      if (connectionState === 'failed' && (channel.readyState === 'open' || !isPatient())) this.#end();
    };
  }

  get isOpen(): boolean {
    return !this.#isOver && this.#channel.readyState === 'open';
  }

  /** What the other end must know of this one; null where this browser names no address within its network. */
  async offer(): Promise<Description | null> {
    await this.#peer.setLocalDescription();
    return this.#described();
  }

  /** The same for who answers `offer`; it begins to connect, and closes where it is not open within `milliseconds`. */
  async answer(offer: Description, milliseconds: number): Promise<Description | null> {
    this.#closeAfter(milliseconds);
    try {
      await this.#peer.setRemoteDescription({ type: 'offer', sdp: writeSdp(offer, null) });
      await this.#peer.setLocalDescription();
      return await this.#described();
    } catch {
      this.#end();
      return null;
    }
  }

  /** Takes the answer to what was offered, and connects; closes where it is not open within `milliseconds`. */
  async accept(answer: Description, milliseconds: number): Promise<void> {
    this.#closeAfter(milliseconds);
    const own = this.#peer.localDescription?.sdp ?? '';
    try {
      await this.#peer.setRemoteDescription({ type: 'answer', sdp: writeSdp(answer, own) });
    } catch {
      this.#end();
    }
  }

  send(bytes: Bytes): void {
    if (!this.isOpen) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#drain();
    if (this.#waitingBytes > mostWaiting) this.#end();
  }

  /** Closes at once. */
  close(): void {
    this.#end();
  }

  /** Closes after what was sent has gone out; nothing more is taken. */
  finish(): void {
    if (!this.isOpen) return this.#end();
    this.#channel.onmessage = null;
    const since = performance.now();
    const look = () => {
      const isSaid = this.#waiting.length === 0 && this.#channel.bufferedAmount === 0;
      // Of what is sent a closing channel still delivers all.
      if (isSaid) this.#channel.close();
      if (isSaid || performance.now() - since > closingTime) setTimeout(() => this.#end(), closingTime / 4);
      else setTimeout(look, closingTime / 40);
    };
    look();
  }

  async #described(): Promise<Description | null> {
    const peer = this.#peer;
    await new Promise<void>((done) => {
      const look = () => peer.iceGatheringState === 'complete' && done();
      peer.onicegatheringstatechange = look;
      setTimeout(done, gatheringTime);
      look();
    });
    return readSdp(peer.localDescription?.sdp ?? '');
  }

  #closeAfter(milliseconds: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#end(), milliseconds);
  }

  #drain(): void {
    const channel = this.#channel;
    let sent = 0;
    while (sent < this.#waiting.length && this.isOpen && channel.bufferedAmount < mostBuffered) {
      const bytes = this.#waiting[sent]!;
      try {
        channel.send(bytes);
      } catch {
        return this.#end();
      }
      this.#waitingBytes -= bytes.length;
      sent += 1;
    }
    if (sent > 0) this.#waiting.splice(0, sent);
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#waiting = [];
    this.#peer.close();
    this.#listener.onclose();
  }
}
