import { sources, type SourceName } from './sources.ts';

/** Storage buffers of one kernel are bound from binding 1 on, in order; binding 0 is its sizes. */
export type Access = 'read' | 'write';

/**
 * A WGSL program that knows no shape: every size comes from the uniform `s`, whose fields (all u32) are `fields`.
 * So a kernel is compiled once per device, whatever networks follow.
 */
export interface Kernel<Field extends string = string> {
  readonly name: string;
  readonly source: SourceName;
  /** Lines of the source between `//#if flag` and `//#end` are kept for these flags only. */
  readonly flags: readonly string[];
  readonly bindings: readonly Access[];
  readonly fields: readonly Field[];
}

export type Sizes<Field extends string> = Readonly<Record<Field, number>>;

/** Checks at compile time that sizes name exactly the kernel's fields. */
export const kernel = <const Field extends string>(definition: Kernel<Field>): Kernel<Field> => definition;

/**
 * How threads add up what several of them computed. 'shared': the lanes of a workgroup do, in shared memory and behind
 * barriers, as suits a GPU. 'serial': a thread is the only lane of its sum, without shared memory or barrier, each of
 * which makes an adapter emulated on a processor some 30 times slower.
 */
export type Reduction = 'shared' | 'serial';

/** A kernel, or several, for each way to add up. */
export const perReduction = <T>(make: (reduction: Reduction) => T): Readonly<Record<Reduction, T>> => ({
  shared: make('shared'),
  serial: make('serial'),
});

/** What a kernel of the 'serial' way carries after its name, and as a flag. */
export const serialFlags = (reduction: Reduction): readonly string[] =>
  reduction === 'serial' ? ['serial'] : [];

/** A kernel for each way to add up, from one source; the 'serial' one carries the word in its name and as a flag. */
export const reducingKernel = <const Field extends string>(
  definition: Pick<Kernel<Field>, 'source' | 'bindings' | 'fields'>,
): Readonly<Record<Reduction, Kernel<Field>>> =>
  perReduction((reduction) => ({
    ...definition,
    name: [definition.source, ...serialFlags(reduction)].join('-'),
    flags: serialFlags(reduction),
  }));

/** Threads of a workgroup that adds up serially: a few of the processor's vectors. Its threads know no others. */
export const serialThreads = 8;

/** Row groups that serial kernels cut `rows` into: enough for the processor's cores, few enough to be added up again. */
export const serialGroups = (rows: number, most: number): number =>
  Math.min(rows, Math.max(8, Math.min(most, ceilDivide(rows, 64))));

/** Buffers that outlive a step; the arena's tensors do not. */
export type FixedName =
  | 'parameters'
  | 'momenta'
  | 'averages'
  | 'gradients'
  | 'statistics'
  | 'state'
  | 'rates'
  | 'blocks'
  | 'losses'
  | 'images'
  | 'table'
  | 'indices'
  | 'targets'
  | 'logits';

/** Numbers in the activation arena; it shares memory with tensors whose lifetimes do not meet its own. */
export interface ArenaTensor {
  readonly id: number;
  readonly label: string;
  readonly floats: number;
}

export type Operand = FixedName | ArenaTensor;

/** Channels `offset` .. `offset + channels - 1` of a tensor of rows of `stride` numbers. */
export interface View {
  readonly tensor: ArenaTensor;
  readonly stride: number;
  readonly offset: number;
  readonly channels: number;
}

/** One entry of a plan. */
export interface Dispatch {
  readonly kernel: Kernel;
  readonly sizes: Readonly<Record<string, number>>;
  /** In the order of the kernel's bindings. */
  readonly operands: readonly Operand[];
  readonly workgroups: readonly [number, number, number];
  readonly multiplyAdds: number;
  /** Memory traffic if every number were read and written once. */
  readonly bytes: number;
}

/** A dispatch of `kernel`, its sizes and operands checked against it. */
export function dispatch<Field extends string>(
  kernel: Kernel<Field>,
  sizes: Sizes<Field>,
  operands: readonly Operand[],
  workgroups: readonly [number, number, number],
  work: { readonly bytes: number; readonly multiplyAdds?: number },
): Dispatch {
  if (operands.length !== kernel.bindings.length) throw new Error(`${kernel.name}: wrong number of operands`);
  return { kernel, sizes, operands, workgroups, bytes: work.bytes, multiplyAdds: work.multiplyAdds ?? 0 };
}

/** Rows and channels can be read four at a time. */
export const isFourAligned = (view: View): boolean =>
  view.stride % 4 === 0 && view.offset % 4 === 0 && view.channels % 4 === 0;

/** Keeps the lines of `source` whose enclosing conditions hold. Throws on an unbalanced condition. */
export function specialise(source: string, flags: readonly string[]): string {
  const set = new Set(flags);
  const kept: string[] = [];
  const conditions: boolean[] = [];
  for (const line of source.split('\n')) {
    const [word, flag = ''] = line.trim().split(/\s+/);
    if (word === '//#if') {
      conditions.push(flag.startsWith('!') ? !set.has(flag.slice(1)) : set.has(flag));
    } else if (word === '//#else') {
      conditions.push(!conditions.pop());
    } else if (word === '//#end') {
      if (conditions.length === 0) throw new Error('specialise: //#end without //#if');
      conditions.pop();
    } else if (conditions.every(Boolean)) kept.push(line);
  }
  if (conditions.length > 0) throw new Error('specialise: //#if without //#end');
  return kept.join('\n');
}

/** A source with the sources that its lines `//#include name` ask for. */
const withIncludes = (source: SourceName): string =>
  sources[source].replace(/^\/\/#include (\S+)$/gm, (_, name: SourceName) => sources[name]);

/** The whole WGSL of a kernel. */
export function shaderOf({ source, flags, fields }: Kernel): string {
  const struct = `struct Sizes {\n${fields.map((field) => `  ${field}: u32,`).join('\n')}\n}`;
  return `${struct}\n@group(0) @binding(0) var<uniform> s: Sizes;\n${specialise(withIncludes(source), flags)}`;
}

/** Rounded up to a whole number of `divisor`. */
export const ceilDivide = (value: number, divisor: number): number => Math.ceil(value / divisor);

/** Largest number of workgroups along x that every device allows, with room to spare. */
const widestGrid = 32768;

/** A grid of one thread per element for kernels of `threads` threads: `groups` is the grid's width. */
export function elementGrid(
  elements: number,
  threads = 256,
): {
  readonly groups: number;
  readonly workgroups: readonly [number, number, number];
} {
  const needed = ceilDivide(elements, threads);
  const groups = Math.min(needed, widestGrid);
  return { groups, workgroups: [groups, ceilDivide(needed, groups), 1] };
}

/**
 * The grid of kernels that reduce or map over rows per column, in `groups` of rows. 'shared': a workgroup of 256 threads
 * has `tile` columns; 'serial': a thread has one column of one group.
 */
export function columnGrid(
  rows: number,
  columns: number,
  reduction: Reduction,
): {
  readonly tile: number;
  readonly rowsPerGroup: number;
  readonly groups: number;
  readonly workgroups: readonly [number, number, number];
} {
  if (reduction === 'serial') {
    const rowsPerGroup = ceilDivide(rows, serialGroups(rows, 16));
    const groups = ceilDivide(rows, rowsPerGroup);
    const workgroups = [ceilDivide(groups * columns, serialThreads), 1, 1] as const;
    return { tile: 1, rowsPerGroup, groups, workgroups };
  }
  const tiles = ceilDivide(columns, 32);
  const tile = ceilDivide(columns, tiles);
  const lanes = Math.floor(256 / tile);
  const wanted = Math.min(256, ceilDivide(rows, lanes * 4));
  const rowsPerGroup = ceilDivide(rows, wanted);
  const groups = ceilDivide(rows, rowsPerGroup);
  return { tile, rowsPerGroup, groups, workgroups: [groups, ceilDivide(columns, tile), 1] };
}
