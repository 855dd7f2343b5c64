type Bytes = Uint8Array<ArrayBuffer>;

export interface RelayListener {
  /** Connected, anew after a break too. */
  readonly onopen: () => void;
  readonly onbytes: (bytes: Bytes) => void;
  /** What the relay itself says: JSON. */
  readonly ontext: (text: string) => void;
  /** No connection; `wasOpen`: there was one before. */
  readonly onbreak: (wasOpen: boolean) => void;
}

/** Milliseconds before the first try to connect again; doubled with each, up to the last. [ours] */
const firstPause = 500;
const lastPause = 4000;

/**
 * A WebSocket to the relay that connects again for as long as it is wanted. `address` is asked each time, so that every
 * connection may have a name of its own.
 */
export class RelaySocket {
  readonly #address: () => string;
  readonly #listener: RelayListener;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #pause = firstPause;
  #isClosed = false;
  #wasOpen = false;

  constructor(address: () => string, listener: RelayListener) {
    this.#address = address;
    this.#listener = listener;
    this.#connect();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Sends, where there is a connection; what is sent while there is none is lost. */
  send(bytes: Bytes): void {
    if (this.isOpen) this.#socket!.send(bytes);
  }

  /** The same, to the relay itself. */
  say(text: string): void {
    if (this.isOpen) this.#socket!.send(text);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = (this.#socket = new WebSocket(this.#address()));
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#wasOpen = true;
      this.#pause = firstPause;
      this.#listener.onopen();
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
      if (this.#isClosed) return;
      if (typeof data === 'string') this.#listener.ontext(data);
      else this.#listener.onbytes(new Uint8Array(data));
    };
    socket.onclose = () => {
      if (this.#isClosed) return;
      this.#listener.onbreak(this.#wasOpen);
      this.#timer = setTimeout(() => this.#connect(), this.#pause);
      this.#pause = Math.min(lastPause, 2 * this.#pause);
    };
  }
}

/** Where the relay of this page's own origin is: the policy of the page lets it speak to no other. */
export function relayAddress(query: Readonly<Record<string, string>>): string {
  const url = new URL('relay', new URL('.', location.href));
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams(query).toString();
  url.hash = '';
  return url.href;
}
