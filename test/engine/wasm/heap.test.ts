import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena, Heap, type Region } from '../../../src/engine/wasm/heap.ts';

describe('the heap', () => {
  it('gives regions that do not overlap, whatever is taken and given back, and has all of it again in the end', () => {
    const size = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(size, fc.boolean(), fc.nat()), { maxLength: 60 }), (steps) => {
        const heap = new Heap();
        const held: Region[] = [];
        for (const [length, gives, which] of steps) {
          if (gives && held.length > 0) heap.giveBack(held.splice(which % held.length, 1)[0]!);
          else {
            const region = heap.take(length);
            expect(region.length).toBeGreaterThanOrEqual(length);
            expect(region.address % 64).toBe(0);
            expect(region.address).toBeGreaterThan(0);
            expect(region.address + 4 * region.length).toBeLessThan(heap.memory.buffer.byteLength);
            held.push(region);
          }
          const sorted = [...held].sort((a, b) => a.address - b.address);
          sorted.slice(1).forEach((region, i) => {
            expect(region.address).toBeGreaterThanOrEqual(sorted[i]!.address + 4 * sorted[i]!.length);
          });
        }
        for (const region of held) heap.giveBack(region);
        expect(heap.taken).toEqual({ bytes: 0, regions: 0 });
        const before = heap.memory.buffer.byteLength;
        heap.take(before / 4 - 256);
        expect(heap.memory.buffer.byteLength).toBe(before);
      }),
      { numRuns: 50 },
    );
  });

  it('throws where the browser has no more memory, and goes on with what it has', () => {
    const heap = new Heap();
    expect(() => heap.take(2 ** 30)).toThrow(RangeError);
    const region = heap.take(1000);
    heap.numbers(region).fill(1);
    heap.giveBack(region);
    expect(heap.taken.bytes).toBe(0);
  });
});

describe('an arena', () => {
  it('lets what is given back serve again, and returns all to the heap', () => {
    const heap = new Heap();
    const arena = new Arena(heap);
    const first = arena.take(1000);
    arena.giveBack(first);
    expect(arena.take(900)).toBe(first);
    expect(arena.take(900)).not.toBe(first);
    arena.dispose();
    expect(heap.taken).toEqual({ bytes: 0, regions: 0 });
  });
});
