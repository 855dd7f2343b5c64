import { addAll } from '../../core/add-all.ts';
import type { Address } from './kernels.ts';

/** A piece of the heap, room for `length` float32 numbers. */
export interface Region {
  readonly address: Address;
  readonly length: number;
}

const page = 65_536;
/** Bytes behind every region that kernels may read, and never write: a few numbers past the end of a tensor. */
const readBehind = 256;
const alignment = 64;
const largestBytes = 2 ** 31;

interface Gap {
  start: Address;
  bytes: number;
}

/** The memory that the kernels work on: grows as networks need it, and keeps what it has for the next. */
export class Heap {
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: largestBytes / page });
  /** Bytes and regions taken now. */
  readonly taken = { bytes: 0, regions: 0 };
  /** Free pieces by address, none beside another. Address 0 is never given out. */
  private readonly gaps: Gap[] = [{ start: alignment, bytes: 16 * page - alignment - readBehind }];

  /** Room for `length` numbers, of unknown content. Throws RangeError where the browser gives no more memory. */
  take(length: number): Region {
    const bytes = Math.max(1, Math.ceil((4 * length) / alignment)) * alignment;
    let gap = this.gaps.find((each) => each.bytes >= bytes);
    if (!gap) {
      this.grow(bytes);
      gap = this.gaps.at(-1)!;
    }
    const region = { address: gap.start, length: bytes / 4 };
    gap.start += bytes;
    gap.bytes -= bytes;
    if (gap.bytes === 0) this.gaps.splice(this.gaps.indexOf(gap), 1);
    this.taken.bytes += bytes;
    this.taken.regions++;
    return region;
  }

  giveBack({ address, length }: Region): void {
    this.taken.bytes -= 4 * length;
    this.taken.regions--;
    this.insert(address, 4 * length);
  }

  /** The numbers of a region, or the first `length` of them; the view is good until memory is taken again. */
  numbers({ address, length: all }: Region, length = all): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  private grow(bytes: number): void {
    const end = this.memory.buffer.byteLength - readBehind;
    const last = this.gaps.at(-1);
    const spare = last && last.start + last.bytes === end ? last.bytes : 0;
    const pages = Math.ceil((bytes - spare) / page);
    this.memory.grow(pages);
    this.insert(end, pages * page);
  }

  private insert(start: Address, bytes: number): void {
    const at = this.gaps.findIndex((gap) => gap.start > start);
    const index = at < 0 ? this.gaps.length : at;
    const [before, after] = [this.gaps[index - 1], this.gaps[index]];
    const joinsBefore = before !== undefined && before.start + before.bytes === start;
    const joinsAfter = after !== undefined && start + bytes === after.start;
    if (joinsBefore) {
      before.bytes += bytes + (joinsAfter ? after.bytes : 0);
      if (joinsAfter) this.gaps.splice(index, 1);
    } else if (joinsAfter) {
      after.start = start;
      after.bytes += bytes;
    } else this.gaps.splice(index, 0, { start, bytes });
  }
}

/**
 * The memory of one compiled program. Regions are taken and given back in the order in which the program will use them,
 * so that what is given back serves what comes later; all of it is held until the program is disposed of.
 */
export class Arena {
  private readonly heap: Heap;
  private readonly held: Region[] = [];
  private readonly spare: Region[] = [];

  constructor(heap: Heap) {
    this.heap = heap;
  }

  take(length: number): Region {
    let best = -1;
    for (let i = 0; i < this.spare.length; i++) {
      const { length: room } = this.spare[i]!;
      if (room >= length && (best < 0 || room < this.spare[best]!.length)) best = i;
    }
    if (best >= 0) return this.spare.splice(best, 1)[0]!;
    const region = this.heap.take(length);
    this.held.push(region);
    return region;
  }

  giveBack(...regions: readonly Region[]): void {
    addAll(this.spare, regions);
  }

  dispose(): void {
    for (const region of this.held.splice(0)) this.heap.giveBack(region);
    this.spare.length = 0;
  }
}
