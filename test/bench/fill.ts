import { parseArgs } from 'node:util';
import { engines, type BenchRow, type EngineName, type MeasureOptions } from './measure.ts';
import { benchNetworks } from './networks.ts';
import type { Roofline, RooflineOptions } from './roofline.ts';

/** A cell that gave no row, and why. `engine` null: the network's roofline. */
export interface Missing {
  readonly network: string;
  readonly engine: EngineName | null;
  readonly reason: string;
}

export interface BenchArguments {
  readonly networks: readonly number[];
  readonly engines: readonly EngineName[];
  readonly seconds: number | undefined;
  readonly json: string | undefined;
}

/** `--networks R10,skips --engines plan,stock --seconds 2 --json FILE`; all networks and engines by default. */
export function benchArguments(argv: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      networks: { type: 'string' },
      engines: { type: 'string' },
      seconds: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const wanted = values.networks?.split(',');
  const chosen = values.engines?.split(',');
  return {
    networks: [...benchNetworks.keys()].filter((i) => wanted?.includes(benchNetworks[i]!.name) ?? true),
    engines: engines.filter((engine) => chosen?.includes(engine) ?? true),
    seconds: values.seconds === undefined ? undefined : Number(values.seconds),
    json: values.json,
  };
}

/** Batches small enough that a step of a large network ends within seconds on an emulated GPU. */
const emulatedBatch: Readonly<Record<string, number>> = {
  'MNIST-sized': 4,
  separable: 4,
  skips: 4,
  '250k': 1,
};

/** The batch that a network is measured with. */
export const batchOf = (index: number, software: boolean): number => {
  const { name, batch } = benchNetworks[index]!;
  return software ? (emulatedBatch[name] ?? batch) : batch;
};

/** Milliseconds: a cell is given up, a cell measures no first step, a network's cells are skipped, rooflines too. */
interface Limits {
  readonly cell: number;
  readonly patience: number;
  readonly network: number;
  readonly rooflines: number;
}

/** Networks share the time of an emulated GPU, and what one of them leaves goes to the next. */
function limitsOf(networks: number, software: boolean): Limits {
  if (!software) return { cell: 180_000, patience: 60_000, network: Infinity, rooflines: Infinity };
  const network = 310_000 / networks;
  return { network, cell: Math.min(120_000, network / 2), patience: network / 4, rooflines: 50_000 };
}

/** How a table's cells are measured: in a page or a process of their own, given up after `limit` milliseconds. */
export interface Bench {
  cell(index: number, engine: EngineName, options: MeasureOptions, limit: number): Promise<BenchRow>;
  roofline(index: number, options: RooflineOptions, limit: number): Promise<Roofline>;
}

export interface Filled {
  readonly rows: readonly BenchRow[];
  readonly rooflines: readonly Roofline[];
  readonly missing: readonly Missing[];
}

/** Fills the table cell by cell, R10 first, then measures the rooflines of the plan. */
export async function fill(args: BenchArguments, software: boolean, bench: Bench): Promise<Filled> {
  const rows: BenchRow[] = [];
  const rooflines: Roofline[] = [];
  const missing: Missing[] = [];
  const limit = limitsOf(args.networks.length, software);
  const began = performance.now();
  const attempt = async (
    index: number,
    engine: EngineName | null,
    until: number,
    make: (milliseconds: number) => Promise<void>,
  ) => {
    const network = benchNetworks[index]!.name;
    const left = Math.min(limit.cell, until - (performance.now() - began));
    let outcome = 'done';
    try {
      if (left < 8000) throw new Error('skipped: too slow here');
      await make(left);
    } catch (error) {
      outcome = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
      missing.push({ network, engine, reason: outcome });
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    process.stderr.write(`${seconds} s: ${network} ${engine ?? 'roofline'} ${outcome}\n`);
  };
  for (const [position, index] of args.networks.entries()) {
    const batch = batchOf(index, software);
    const seconds = args.seconds ?? (software ? 1 : 3);
    for (const engine of args.engines) {
      const options = { seconds, batch, patience: limit.patience };
      await attempt(index, engine, (position + 1) * limit.network, async (left) => {
        rows.push(await bench.cell(index, engine, options, left));
      });
    }
  }
  const until = performance.now() - began + limit.rooflines;
  for (const index of args.engines.includes('plan') ? args.networks : []) {
    const options = { software, batch: batchOf(index, software) };
    await attempt(index, null, until, async (left) => {
      rooflines.push(await bench.roofline(index, options, left));
    });
  }
  return { rows, rooflines, missing };
}

/** The result of `work`, or a rejection after `milliseconds`. */
export async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const reason = `skipped: too slow here (over ${Math.round(milliseconds / 1000)} s)`;
    timer = setTimeout(() => reject(new Error(reason)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
