import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeMessage,
  readFromDevice,
  readFromHost,
  type FromDevice,
} from '../../../src/workers/lending/messages.ts';
import { cutIntoPieces, pieceBytes, Pieces } from '../../../src/workers/lending/pieces.ts';
import { isSecret, newSecret, newTag, roomOf, seal, unseal } from '../../../src/workers/lending/seal.ts';

const result: FromDevice = {
  kind: 'result',
  job: 3,
  objectives: { error: 0.25 },
  forwardEquivalents: 12,
  trainSeconds: 1.5,
};
const floats = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 50 })
  .map((all) => new Float32Array(all));
const bytes = (length: number, fill = 7) => new Uint8Array(length).fill(fill);

describe('messages', () => {
  it('arrive as they were sent', () => {
    fc.assert(
      fc.property(fc.array(floats, { maxLength: 2 }), (arrays) => {
        const read = readFromDevice(encodeMessage(result, arrays));
        expect(read.ok && read.value.message).toEqual(result);
        expect(read.ok && read.value.arrays).toEqual(arrays);
      }),
    );
  });

  it('are never thrown at, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const copy = new Uint8Array(noise);
        expect(readFromDevice(copy).ok || readFromHost(copy).ok).toBe(false);
      }),
    );
    const whole = encodeMessage(result, [new Float32Array(4)]);
    for (let at = 0; at < whole.length; at++) {
      const cut = readFromDevice(whole.slice(0, at));
      expect(cut.ok).toBe(false);
    }
  });

  it.each([
    ['an error above 1', { ...result, objectives: { error: 1.5 } }],
    ['a negative time', { ...result, trainSeconds: -1 }],
    ['no job', { ...result, job: undefined }],
    ['another kind', { ...result, kind: 'eval' }],
    ['a failure as long as a book', { kind: 'failed', job: 1, reason: 'x'.repeat(20_000) }],
    ['a device with no sensible name', { kind: 'hello', version: 1, self: '../x', name: '', cores: 2 }],
    [
      'a name as long as a sentence',
      { kind: 'hello', version: 1, self: newTag(), name: 'x'.repeat(41), cores: 2 },
    ],
    ['a million cores', { kind: 'hello', version: 1, self: newTag(), name: '', cores: 1_000_000 }],
  ])('are refused with %s', (_, message) => {
    expect(readFromDevice(encodeMessage(message as FromDevice)).ok).toBe(false);
  });

  it('bring nothing that the schema does not know, and no numbers that are none', () => {
    const read = readFromDevice(encodeMessage({ ...result, run: 'alert(1)' } as FromDevice));
    expect(read.ok && read.value.message).toEqual(result);
    expect(readFromDevice(encodeMessage(result, [new Float32Array([1, NaN])])).ok).toBe(false);
    expect(readFromDevice(encodeMessage(result, [new Float32Array([Infinity])])).ok).toBe(false);
  });

  it('of one side are none of the other', () => {
    expect(readFromHost(encodeMessage(result)).ok).toBe(false);
    expect(readFromDevice(encodeMessage({ kind: 'kept', job: 1 })).ok).toBe(false);
  });
});

describe('pieces', () => {
  it('become the message again', () => {
    fc.assert(
      fc.property(fc.nat({ max: 3 * pieceBytes }), (length) => {
        const message = bytes(length).map((_, index) => index % 251);
        const pieces = new Pieces(10 * pieceBytes);
        const taken = cutIntoPieces(0, message).map((piece) => pieces.take(piece));
        expect(taken.slice(0, -1).every((each) => each === null)).toBe(true);
        expect(Buffer.compare(taken.at(-1)!, message)).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('that come again, too late, too many or without one between make no message', () => {
    const pieces = new Pieces(4 * pieceBytes);
    const first = cutIntoPieces(0, bytes(2 * pieceBytes));
    const second = cutIntoPieces(1, bytes(2 * pieceBytes));
    expect(pieces.take(second[0]!)).toBeNull();
    expect(pieces.take(second[1]!)).toHaveLength(2 * pieceBytes);
    for (const piece of [...second, ...first]) expect(pieces.take(piece)).toBeNull();
    const third = cutIntoPieces(2, bytes(3 * pieceBytes));
    expect(pieces.take(third[0]!)).toBeNull();
    expect(pieces.take(third[2]!)).toBeNull();
    expect(pieces.take(cutIntoPieces(3, bytes(9 * pieceBytes))[0]!)).toBeNull();
  });
});

describe('seals', () => {
  const secret = newSecret();
  const about = { secret, device: newTag(), from: 'device' } as const;

  it('open for whom they were made, and for nobody else', () => {
    const plain = bytes(100);
    const sealed = seal(about, plain);
    expect(unseal(about, sealed)).toEqual(plain);
    expect(unseal({ ...about, from: 'host' }, sealed)).toBeNull();
    expect(unseal({ ...about, device: newTag() }, sealed)).toBeNull();
    expect(unseal({ ...about, secret: newSecret() }, sealed)).toBeNull();
    expect(unseal(about, sealed.subarray(0, 30))).toBeNull();
    expect(unseal(about, bytes(10))).toBeNull();
  });

  it('break when any byte is changed', () => {
    const sealed = seal(about, bytes(40));
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice();
      changed[at]! ^= 1;
      expect(unseal(about, changed)).toBeNull();
    }
  });

  it('are never the same twice, and a room tells no secret', () => {
    expect(seal(about, bytes(8))).not.toEqual(seal(about, bytes(8)));
    expect(isSecret(secret)).toBe(true);
    expect(isSecret(`${secret}0`)).toBe(false);
    expect(roomOf(secret)).toMatch(/^[0-9a-f]{32}$/);
    expect(roomOf(secret)).not.toBe(secret);
    expect(roomOf(secret)).toBe(roomOf(secret));
    expect(roomOf(newSecret())).not.toBe(roomOf(secret));
  });
});
