import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

/*
 * A relay between one host and the devices of its room: it passes on what they send, which is sealed, and knows nothing of
 * it. To and from the host a device's bytes begin with its tag (16 characters). What the relay itself says is text:
 *   to the host:     {"joined": tag}, {"left": tag}
 *   to a device:     {"host": true | false}
 *   from the host:   {"turnOut": tag}
 */

export interface RelayLimits {
  /** Bytes of one message; the page sends pieces of 60 kB. */
  readonly messageBytes: number;
  readonly rooms: number;
  readonly devicesPerRoom: number;
  /** Bytes a second that one connection may send, averaged over some seconds. */
  readonly bytesPerSecond: number;
  /** Bytes that wait for a slow receiver before it is cut off. */
  readonly waitingBytes: number;
  /** Seconds between two signs of life. */
  readonly beatSeconds: number;
}

export const relayLimits: RelayLimits = {
  messageBytes: 128 * 1024,
  rooms: 32,
  devicesPerRoom: 64,
  bytesPerSecond: 16 * 1024 * 1024,
  waitingBytes: 256 * 1024 * 1024,
  beatSeconds: 15,
};

/** Seconds of its rate that a connection may send at once. */
const burstSeconds = 4;
const roomPattern = /^[0-9a-f]{32}$/;
const tagPattern = /^[0-9a-f]{16}$/;
const tagLength = 16;

interface Room {
  /** Of the first host, who alone may come back; '' before there was one. */
  token: string;
  host: WebSocket | null;
  readonly devices: Map<string, WebSocket>;
}

interface Asked {
  readonly room: string;
  readonly role: 'host' | 'device';
  /** A host's token, a device's tag. */
  readonly name: string;
}

/** Who asks for what, by the address; null where that is none. */
function askedBy(request: IncomingMessage): Asked | null {
  const url = new URL(request.url ?? '/', 'http://relay');
  const [room, role] = [url.searchParams.get('room') ?? '', url.searchParams.get('role')];
  const name = url.searchParams.get(role === 'host' ? 'token' : 'tag') ?? '';
  if (!url.pathname.endsWith('/relay') || !roomPattern.test(room) || !tagPattern.test(name)) return null;
  return role === 'host' || role === 'device' ? { room, role, name } : null;
}

/** Pages of other sites may not use this relay: browsers say where a page comes from. */
function isFromHere({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  try {
    return new URL(headers.origin).host === headers.host;
  } catch {
    return false;
  }
}

export class Relay {
  readonly #limits: RelayLimits;
  readonly #server: WebSocketServer;
  readonly #rooms = new Map<string, Room>();
  readonly #alive = new WeakSet<WebSocket>();
  readonly #beat: ReturnType<typeof setInterval>;

  constructor(limits: RelayLimits = relayLimits) {
    this.#limits = limits;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: limits.messageBytes,
      perMessageDeflate: false,
    });
    this.#beat = setInterval(() => this.#look(), limits.beatSeconds * 1000);
  }

  /** Takes over a request to become a WebSocket; refuses it with a status where it is none of ours. */
  readonly upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refuse = (status: string): void => {
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    };
    const asked = askedBy(request);
    if (!asked) return refuse('404 Not Found');
    if (!isFromHere(request)) return refuse('403 Forbidden');
    const room = this.#rooms.get(asked.room);
    if (!room && this.#rooms.size >= this.#limits.rooms) return refuse('503 Service Unavailable');
    if (asked.role === 'host' && room && room.token !== '' && room.token !== asked.name)
      return refuse('409 Conflict');
    if (asked.role === 'device' && (room?.devices.size ?? 0) >= this.#limits.devicesPerRoom)
      return refuse('503 Service Unavailable');
    this.#server.handleUpgrade(request, socket, head, (connection) => this.#connected(connection, asked));
  };

  close(): void {
    clearInterval(this.#beat);
    for (const connection of this.#server.clients) connection.terminate();
    this.#server.close();
  }

  #connected(connection: WebSocket, { room: id, role, name }: Asked): void {
    this.#alive.add(connection);
    connection.on('pong', () => this.#alive.add(connection));
    connection.on('error', () => connection.terminate());
    this.#slowDown(connection);
    const room = this.#rooms.get(id) ?? { token: '', host: null, devices: new Map<string, WebSocket>() };
    this.#rooms.set(id, room);
    if (role === 'host') room.token = name;
    if (role === 'host') this.#host(connection, id, room);
    else this.#device(connection, id, room, name);
  }

  #host(connection: WebSocket, id: string, room: Room): void {
    room.host?.close();
    room.host = connection;
    for (const [tag, device] of room.devices) {
      say(connection, { joined: tag });
      say(device, { host: true });
    }
    connection.on('message', (data, isBinary) => {
      const { devices } = room;
      const bytes = bytesOf(data);
      if (isBinary)
        this.#pass(devices.get(bytes.toString('latin1', 0, tagLength)), bytes.subarray(tagLength));
      else devices.get(turnedOut(bytes))?.close();
    });
    connection.on('close', () => {
      if (room.host !== connection) return;
      room.host = null;
      for (const device of room.devices.values()) say(device, { host: false });
      this.#tidy(id);
    });
  }

  #device(connection: WebSocket, id: string, room: Room, tag: string): void {
    room.devices.get(tag)?.terminate();
    room.devices.set(tag, connection);
    say(room.host, { joined: tag });
    say(connection, { host: room.host !== null });
    const head = Buffer.from(tag, 'latin1');
    connection.on('message', (data, isBinary) => {
      if (isBinary) this.#pass(room.host, Buffer.concat([head, bytesOf(data)]));
    });
    connection.on('close', () => {
      if (room.devices.get(tag) !== connection) return;
      room.devices.delete(tag);
      say(room.host, { left: tag });
      this.#tidy(id);
    });
  }

  #pass(to: WebSocket | null | undefined, bytes: Buffer): void {
    if (!to) return;
    if (to.bufferedAmount > this.#limits.waitingBytes) to.terminate();
    else to.send(bytes);
  }

  /** Who sends more than its rate is not read from for a while: its own buffers fill, nothing is lost. */
  #slowDown(connection: WebSocket): void {
    const { bytesPerSecond } = this.#limits;
    let left = burstSeconds * bytesPerSecond;
    let since = performance.now();
    connection.on('message', (data) => {
      const now = performance.now();
      left = Math.min(burstSeconds * bytesPerSecond, left + ((now - since) / 1000) * bytesPerSecond);
      since = now;
      left -= bytesOf(data).length;
      if (left >= 0) return;
      connection.pause();
      setTimeout(() => connection.resume(), (-left / bytesPerSecond) * 1000);
    });
  }

  #look(): void {
    for (const connection of this.#server.clients) {
      if (!this.#alive.delete(connection)) connection.terminate();
      else connection.ping();
    }
  }

  #tidy(id: string): void {
    const room = this.#rooms.get(id);
    if (room && !room.host && room.devices.size === 0) this.#rooms.delete(id);
  }
}

function say(connection: WebSocket | null, message: object): void {
  if (connection?.readyState === WebSocket.OPEN) connection.send(JSON.stringify(message));
}

const bytesOf = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);

function turnedOut(bytes: Buffer): string {
  try {
    return String((JSON.parse(bytes.toString('utf8')) as { turnOut?: unknown }).turnOut);
  } catch {
    return '';
  }
}
