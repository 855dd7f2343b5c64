import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from '../../core/hex.ts';

/*
 * Everything that passes a relay is sealed with a key that stands in the link behind '#', which no server is sent. Not by
 * WebCrypto: a class opens the page on plain http, where browsers have none.
 */

type Bytes = Uint8Array<ArrayBuffer>;

const secretBytes = 16;
const nonceBytes = 24;
const secretPattern = /^[0-9a-f]{32}$/;

const derive = (secret: string, what: string): Bytes =>
  new Uint8Array(sha256(new TextEncoder().encode(`lemonade lending ${what} ${secret}`)));

export const newSecret = (): string => hex(crypto.getRandomValues(new Uint8Array(secretBytes)));
export const isSecret = (text: string): boolean => secretPattern.test(text);
/** A random name of 16 hexadecimal digits, by which a relay knows a device. */
export const newTag = (): string => hex(crypto.getRandomValues(new Uint8Array(8)));

/** The room's name at the relay: it follows from the secret, which does not follow from it. */
export const roomOf = (secret: string): string => hex(derive(secret, 'room')).slice(0, 32);

/** Who speaks to whom: bytes sealed for one direction or another device cannot be passed off as these. */
export interface Direction {
  readonly secret: string;
  readonly device: string;
  readonly from: 'host' | 'device';
}

/** Seals with XChaCha20-Poly1305 under a random nonce, which comes first (24 bytes); 16 bytes of tag come last. */
export function seal({ secret, device, from }: Direction, plain: Bytes): Bytes {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  const about = new TextEncoder().encode(`${from} ${device}`);
  const sealed = xchacha20poly1305(derive(secret, 'key'), nonce, about).encrypt(plain);
  const bytes = new Uint8Array(nonceBytes + sealed.length);
  bytes.set(nonce);
  bytes.set(sealed, nonceBytes);
  return bytes;
}

/** The plain bytes; null where they were sealed with another key, for others, or were changed. */
export function unseal({ secret, device, from }: Direction, bytes: Bytes): Bytes | null {
  if (bytes.length < nonceBytes + 16) return null;
  const about = new TextEncoder().encode(`${from} ${device}`);
  try {
    const cipher = xchacha20poly1305(derive(secret, 'key'), bytes.subarray(0, nonceBytes), about);
    return new Uint8Array(cipher.decrypt(bytes.subarray(nonceBytes)));
  } catch {
    return null;
  }
}
