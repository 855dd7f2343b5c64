import { fail, ok, type Result } from '../../core/result.ts';
import { canBeDirect, DirectPeer, isPatient } from './direct-peer.ts';
import { readCode, writeCode, type CodeFault } from './pairing-code.ts';
import { newSecret, newTag } from './seal.ts';
import type { Signal } from './signals.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A direct line of the host's, by its tag. */
export interface HostPeer {
  readonly tag: string;
  readonly secret: string;
  /** The relay's line of the same device; null where two codes paired it. */
  readonly beside: string | null;
}

export interface HostPeersWorld {
  readonly onopen: (peer: HostPeer) => void;
  readonly onbytes: (tag: string, bytes: Bytes) => void;
  /** `wasOpen`: it was a line before. */
  readonly onclose: (peer: HostPeer, wasOpen: boolean) => void;
  /** Whether the device is reached by the relay too. */
  readonly hasRelay: (peer: HostPeer) => boolean;
}

/** Why a pasted or scanned text pairs no device. */
export type PairFault =
  | CodeFault
  /** The code that this screen itself shows. */
  | 'own'
  /** The answer to a code that is not shown any more. */
  | 'outdated';

/** Milliseconds for a direct line to open once both ends know of each other. [ours] */
export const openingTime = 15_000;
/** The same where a person has carried a code: the other end may only begin now. [ours] */
const pairingTime = 30_000;
/** Direct lines that one relayed device may ask for. [ours] */
const mostAttempts = 32;

/** The direct lines of a host's page: those that devices ask for over the relay, and those that codes pair. */
export class HostPeers {
  readonly #world: HostPeersWorld;
  readonly #peers = new Map<string, DirectPeer>();
  readonly #attempts = new Map<string, number>();
  #offered: HostPeer | null = null;

  constructor(world: HostPeersWorld) {
    this.#world = world;
  }

  /** Answers a device that asks for a direct line over `beside`, and connects; null where there will be none. */
  async answer({ tag, description }: Signal, secret: string, beside: string): Promise<Signal | null> {
    const attempts = (this.#attempts.get(beside) ?? 0) + 1;
    this.#attempts.set(beside, attempts);
    if (!canBeDirect() || this.#peers.has(tag) || attempts > mostAttempts) return null;
    const peer = this.#add({ tag, secret, beside });
    const own = await peer.answer(description, openingTime);
    if (!own) peer.close();
    return own && { tag, description: own };
  }

  /** A new code for one device; null where this browser names no address within its network. The former is void. */
  async offer(): Promise<string | null> {
    if (this.#offered) this.#peers.get(this.#offered.tag)?.close();
    const about = (this.#offered = { tag: newTag(), secret: newSecret(), beside: null });
    const peer = this.#add(about);
    const description = await peer.offer();
    if (!description) peer.close();
    const { tag, secret } = about;
    return description && writeCode({ kind: 'offer', tag, secret, isPatient: isPatient(), description });
  }

  /** Takes the answer to the code that was offered last, and connects. */
  take(text: string): Result<null, PairFault> {
    const read = readCode(text);
    if (!read.ok) return read;
    const { kind, tag, description } = read.value;
    if (kind === 'offer') return fail('own');
    const peer = this.#offered?.tag === tag ? this.#peers.get(tag) : undefined;
    if (!peer) return fail('outdated');
    this.#offered = null;
    void peer.accept(description, pairingTime);
    return ok(null);
  }

  send(tag: string, bytes: Bytes): void {
    this.#peers.get(tag)?.send(bytes);
  }

  /** Closes one after what was sent to it has gone out. */
  finish(tag: string): void {
    this.#peers.get(tag)?.finish();
  }

  /** The same for all. */
  close(): void {
    for (const peer of [...this.#peers.values()]) peer.finish();
  }

  #add(about: HostPeer): DirectPeer {
    const { tag } = about;
    let wasOpen = false;
    const peer: DirectPeer = new DirectPeer({
      onopen: () => {
        wasOpen = true;
        this.#world.onopen(about);
      },
      onbytes: (bytes) => this.#world.onbytes(tag, bytes),
      ondoubt: () => {
        if (this.#world.hasRelay(about)) peer.close();
      },
      onclose: () => {
        const isVoid = this.#offered === about;
        if (isVoid) this.#offered = null;
        this.#peers.delete(tag);
        if (!isVoid) this.#world.onclose(about, wasOpen);
      },
    });
    this.#peers.set(tag, peer);
    return peer;
  }
}
