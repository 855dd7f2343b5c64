import * as v from 'valibot';
import { packDescription, unpackDescription, type Description } from './description.ts';
import { fromLetters, toLetters } from './pairing-code.ts';

/*
 * How host and device agree on a direct line over the relay's: one message each. It goes from page to page, sealed as all
 * else, and the search never sees it: where a message of the search has the length of its header, a signal has a zero.
 */

type Bytes = Uint8Array<ArrayBuffer>;

export interface Signal {
  /** Names the direct line. */
  readonly tag: string;
  readonly description: Description;
}

const mostSignalBytes = 2048;
const mark = new Uint8Array(4);

const signalSchema = v.object({
  tag: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  description: v.pipe(v.string(), v.maxLength(1000)),
});

export function encodeSignal({ tag, description }: Signal): Bytes {
  const text = JSON.stringify({ tag, description: toLetters(packDescription(description)) });
  return new Uint8Array([...mark, ...new TextEncoder().encode(text)]);
}

/** Whether a message is one of a page's, not of the search's. */
export const isSignal = (bytes: Bytes): boolean =>
  bytes.length > mark.length && mark.every((byte, index) => bytes[index] === byte);

/** Null where it cannot be read. */
export function readSignal(bytes: Bytes): Signal | null {
  if (bytes.length > mostSignalBytes) return null;
  try {
    const said: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4)));
    const { tag, description } = v.parse(signalSchema, said);
    const letters = fromLetters(description);
    const read = letters && unpackDescription(letters);
    return read && { tag, description: read };
  } catch {
    return null;
  }
}
