import type { Weights } from '../architecture/weights.ts';
import { fail, ok, type Result } from '../result.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map([...alphabet].map((letter, value) => [letter, value]));

/** Base64 of `numbers` as little-endian float32. */
export function encodeFloats(numbers: Weights): string {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  numbers.forEach((value, index) => view.setFloat32(index * 4, value, true));
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    pieces.push(
      alphabet[word >> 18]! +
        alphabet[(word >> 12) & 63]! +
        (b === undefined ? '=' : alphabet[(word >> 6) & 63]!) +
        (c === undefined ? '=' : alphabet[word & 63]!),
    );
  }
  return pieces.join('');
}

/** Characters of base64 that so many float32 numbers take. */
export const charactersOf = (floats: number): number => Math.ceil((floats * 4) / 3) * 4;

/** How many float32 numbers a base64 text is long enough for. */
const floatsIn = (text: string): number => {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return Math.floor(((text.length / 4) * 3 - padding) / 4);
};

/** The float32 numbers of a base64 text; fails unless it is exactly `length` finite ones (any number by default). */
export function decodeFloats(text: string, length = floatsIn(text)): Result<Weights, string> {
  const byteCount = length * 4;
  if (text.length !== charactersOf(length)) return fail(`expected base64 of ${length} float32 numbers`);
  const bytes = new Uint8Array(Math.ceil(byteCount / 3) * 3);
  for (let i = 0, at = 0; i < text.length; i += 4, at += 3) {
    let word = 0;
    for (let j = 0; j < 4; j++) {
      const letter = text[i + j]!;
      const value = letter === '=' && i + 4 >= text.length ? 0 : values.get(letter);
      if (value === undefined) return fail(`unexpected character at ${i + j}`);
      word = (word << 6) | value;
    }
    bytes[at] = word >> 16;
    bytes[at + 1] = (word >> 8) & 255;
    bytes[at + 2] = word & 255;
  }
  const view = new DataView(bytes.buffer);
  const numbers: Weights = new Float32Array(length);
  for (let index = 0; index < length; index++) numbers[index] = view.getFloat32(index * 4, true);
  if (!numbers.every(Number.isFinite)) return fail('not all numbers are finite');
  return ok(numbers);
}
