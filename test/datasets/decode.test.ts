import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeFile, joinRows, takeImages } from '../../src/datasets/decode.ts';
import { unwrap } from './files.ts';

const facts = { height: 1, width: 2, channels: 3, classes: ['a', 'b'], grouped: true } as const;
const file = (...bytes: number[]) => new Uint8Array(gzipSync(Uint8Array.from(bytes))).buffer;
// Two images: labels 1 0, groups 7 9, then per image the planes R R, G G, B B in nibbles.
const good = file(1, 0, 7, 9, 0x0f, 0x12, 0x34, 0xf0, 0x00, 0xab);

describe('decodeFile', () => {
  it('unpacks labels, groups and channel planes into interleaved bytes', async () => {
    const rows = unwrap(await decodeFile(good, 2, facts));
    expect([...rows.labels]).toEqual([1, 0]);
    expect([...rows.groups]).toEqual([7, 9]);
    expect([...rows.images].map((value) => value / 17)).toEqual([0, 1, 3, 15, 2, 4, 15, 0, 10, 0, 0, 11]);
  });

  it('refuses what is no such file', async () => {
    expect(await decodeFile(new Uint8Array([1, 2, 3]).buffer, 2, facts)).toMatchObject({ ok: false });
    const short = await decodeFile(good, 3, facts);
    expect(short.ok ? '' : short.reason).toBe('wrong-length');
    const label = await decodeFile(file(2, 0, 7, 9, 0, 0, 0, 0, 0, 0), 2, facts);
    expect(label.ok ? '' : label.reason).toBe('unknown-label');
  });

  it('joins files in order and takes rows by number', async () => {
    const one = unwrap(await decodeFile(good, 2, facts));
    const both = joinRows([one, one]);
    expect(both.count).toBe(4);
    const set = takeImages(both, [3, 0], { ...facts, classes: 2, mean: [0], deviation: [1] });
    expect([...set.labels]).toEqual([0, 1]);
    expect([...set.images]).toEqual([...one.images.subarray(6), ...one.images.subarray(0, 6)]);
  });
});
