import { sha256 } from '@noble/hashes/sha2.js';
import { hex } from '../../core/hex.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { packDescription, unpackDescription, type Description } from './description.ts';
import { lendingVersion } from './messages.ts';

/*
 * Two devices pair without any server by two short texts, as codes to scan or to copy: the host's offer, which holds the
 * secret that seals their line, and the device's answer, which holds none.
 */

type Bytes = Uint8Array<ArrayBuffer>;

export interface PairingOffer {
  readonly kind: 'offer';
  /** Names the line, in the answer too. */
  readonly tag: string;
  readonly secret: string;
  /** Whether its browser waits for the other end as long as people take. */
  readonly isPatient: boolean;
  readonly description: Description;
}

export type PairingAnswer = Omit<PairingOffer, 'kind' | 'secret'> & { readonly kind: 'answer' };

/** Why a text is no code: none at all, one that lost or changed letters, one of another version of the page. */
export type CodeFault = 'none' | 'damaged' | 'version';

const [offerMark, answerMark, patientMark] = [0x40, 0x80, 0x20];
const versionMask = 0x1f;
const checksumBytes = 4;
const [tagBytes, secretBytes] = [8, 16];
/** Characters of a pasted text, a link around the code included. [ours] */
const longest = 4000;

const fromHex = (digits: string): readonly number[] =>
  (digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
const checksum = (bytes: Bytes): Bytes => new Uint8Array(sha256(bytes).subarray(0, checksumBytes));

/** Bytes as base64 with - and _, and no padding. */
export const toLetters = (bytes: Bytes): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** The bytes again; null where the text is none of the kind. */
export function fromLetters(letters: string): Bytes | null {
  if (!/^[A-Za-z0-9_-]+$/.test(letters) || letters.length % 4 === 1) return null;
  const text = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** The code of an offer or an answer: in Chromium 174 or 152 letters, with two addresses by name. */
export function writeCode(code: PairingOffer | PairingAnswer): string {
  const mark = code.kind === 'offer' ? offerMark : answerMark;
  const body = new Uint8Array([
    mark | (code.isPatient ? patientMark : 0) | lendingVersion,
    ...fromHex(code.tag),
    ...(code.kind === 'offer' ? fromHex(code.secret) : []),
    ...packDescription(code.description),
  ]);
  return toLetters(new Uint8Array([...body, ...checksum(body)]));
}

/** Reads a code, or a link that holds one behind `pair=`, with the spaces and line ends of whatever it came through. */
export function readCode(text: string): Result<PairingOffer | PairingAnswer, CodeFault> {
  if (text.length > longest) return fail('none');
  const letters = text.replaceAll(/\s/g, '').replace(/^.*[#&]pair=([^&]*).*$/, '$1');
  if (letters === '' || letters.includes('/') || letters.includes('#')) return fail('none');
  const bytes = fromLetters(letters);
  if (!bytes || bytes.length < 1 + tagBytes + checksumBytes) return fail('damaged');
  const body = bytes.subarray(0, -checksumBytes);
  if (hex(checksum(body)) !== hex(bytes.subarray(-checksumBytes))) return fail('damaged');
  const head = body[0]!;
  if ((head & versionMask) !== lendingVersion) return fail('version');
  const isOffer = (head & offerMark) !== 0;
  const secretAt = 1 + tagBytes;
  const rest = secretAt + (isOffer ? secretBytes : 0);
  const description = unpackDescription(body.subarray(rest));
  if (!description || isOffer === ((head & answerMark) !== 0)) return fail('damaged');
  const tag = hex(body.subarray(1, secretAt));
  const common = { tag, isPatient: (head & patientMark) !== 0, description };
  return isOffer
    ? ok({ kind: 'offer', secret: hex(body.subarray(secretAt, rest)), ...common })
    : ok({ kind: 'answer', ...common });
}
