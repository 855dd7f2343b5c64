import type { ArenaTensor, Dispatch } from './kernels/kernel.ts';

/** Which slot of memory every tensor lies in. Tensors that live at the same time never share one. */
export interface Arena {
  /** Tensor id -> slot. */
  readonly slots: ReadonlyMap<number, number>;
  /** Floats of every slot. */
  readonly sizes: readonly number[];
  /** Floats with a slot for every tensor of its own. */
  readonly floatsWithoutSharing: number;
}

interface Lifetime {
  readonly tensor: ArenaTensor;
  readonly first: number;
  last: number;
}

function lifetimes(dispatches: readonly Dispatch[]): Lifetime[] {
  const found = new Map<number, Lifetime>();
  dispatches.forEach(({ operands }, index) => {
    for (const operand of operands) {
      if (typeof operand === 'string') continue;
      const known = found.get(operand.id);
      if (known) known.last = index;
      else found.set(operand.id, { tensor: operand, first: index, last: index });
    }
  });
  return [...found.values()];
}

/**
 * Gives every tensor a slot, from its first to its last dispatch. Slots are buffers of their own: a kernel can then
 * bind its inputs read-only. Of the free slots it takes the smallest that is large enough, else enlarges the largest.
 */
export function planArena(dispatches: readonly Dispatch[]): Arena {
  const pending = lifetimes(dispatches).sort((a, b) => a.first - b.first);
  const slots = new Map<number, number>();
  const sizes: number[] = [];
  const free = new Set<number>();
  let live: Lifetime[] = [];
  for (const lifetime of pending) {
    for (const done of live.filter(({ last }) => last < lifetime.first)) free.add(slots.get(done.tensor.id)!);
    live = live.filter(({ last }) => last >= lifetime.first);
    const slot = chooseSlot(free, sizes, lifetime.tensor.floats);
    free.delete(slot);
    sizes[slot] = Math.max(sizes[slot] ?? 0, lifetime.tensor.floats);
    slots.set(lifetime.tensor.id, slot);
    live.push(lifetime);
  }
  const floatsWithoutSharing = pending.reduce((sum, { tensor }) => sum + tensor.floats, 0);
  return { slots, sizes, floatsWithoutSharing };
}

function chooseSlot(free: ReadonlySet<number>, sizes: readonly number[], floats: number): number {
  let best: number | null = null;
  for (const slot of free) {
    if (best === null) best = slot;
    else {
      const [size, held] = [sizes[slot]!, sizes[best]!];
      const isBetter = held >= floats ? size >= floats && size < held : size > held;
      if (isBetter) best = slot;
    }
  }
  return best ?? sizes.length;
}
