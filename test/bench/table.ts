import { parseArgs } from 'node:util';
import { writeFileSync } from 'node:fs';
import { benchNetworks } from './networks.ts';
import { engines, type BenchRow, type EngineName, type MeasureOptions } from './measure.ts';

/** A cell that gave no row, and why. */
export interface Missing {
  readonly network: string;
  readonly engine: EngineName;
  readonly reason: string;
}

export interface BenchReport {
  readonly adapter: string;
  readonly software: boolean;
  readonly where: 'Chromium' | 'Node';
  readonly rows: readonly BenchRow[];
  readonly missing: readonly Missing[];
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
/** A cell that takes longer is given up; all cells together end within the limit. */
const longestCell = 60_000;
const longestAll = 7 * 60_000;

/** Fills the table cell by cell with `cell`, R10 first; stops starting cells when the time is up (no GPU only). */
export async function fill(
  { networks, engines: chosen, seconds }: BenchArguments,
  software: boolean,
  cell: (index: number, engine: EngineName, options: MeasureOptions, limit: number) => Promise<BenchRow>,
): Promise<{ readonly rows: BenchRow[]; readonly missing: Missing[] }> {
  const rows: BenchRow[] = [];
  const missing: Missing[] = [];
  const began = performance.now();
  for (const index of networks) {
    const network = benchNetworks[index]!.name;
    const batch = software ? emulatedBatch[network] : undefined;
    for (const engine of chosen) {
      const left = software ? longestAll - (performance.now() - began) : Infinity;
      if (left < 5000) {
        missing.push({ network, engine, reason: 'the time was up' });
        continue;
      }
      try {
        const options = {
          seconds: seconds ?? (software ? 1.5 : 3),
          ...(batch === undefined ? {} : { batch }),
        };
        rows.push(await cell(index, engine, options, Math.min(left, software ? longestCell : 180_000)));
      } catch (error) {
        const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
        missing.push({ network, engine, reason });
      }
      process.stderr.write(`${network} ${engine}: ${Math.round((performance.now() - began) / 1000)} s\n`);
    }
  }
  return { rows, missing };
}

const columns = ['engine', 'batch', 'dispatches', 'submissions', 'JS ms', 'steps/s', 'first ms', 'MB'];

/** The report as text; ratios are those of stock tfjs, and of jax-js, in the same run. */
export function table({ adapter, software, where, rows, missing }: BenchReport): string {
  const lines = [`${where} on ${adapter}${software ? ' (emulated: not the times of a GPU)' : ''}`];
  for (const { name } of benchNetworks) {
    const own = rows.filter((row) => row.network === name);
    const failed = missing.filter((cell) => cell.network === name);
    if (own.length + failed.length === 0) continue;
    lines.push('', name.padEnd(12) + columns.map((column) => column.padStart(12)).join(''));
    for (const row of own) {
      const cells = [
        row.engine,
        row.batch,
        row.dispatches,
        row.submissions,
        row.jsMilliseconds.toFixed(2),
        row.stepsPerSecond.toFixed(row.stepsPerSecond < 10 ? 2 : 0),
        row.firstStepMilliseconds.toFixed(0),
        (row.bytes / 1e6).toFixed(1),
      ];
      lines.push(' '.repeat(12) + cells.map((cell) => String(cell).padStart(12)).join('') + ratios(row, own));
    }
    for (const { engine, reason } of failed) lines.push(`${' '.repeat(12)}${engine.padStart(12)}  ${reason}`);
  }
  return lines.join('\n');
}

function ratios(row: BenchRow, rows: readonly BenchRow[]): string {
  if (row.engine !== 'plan') return '';
  return rows
    .filter(({ engine }) => engine !== 'plan')
    .map((peer) => {
      const speed = row.stepsPerSecond / peer.stepsPerSecond;
      const script = peer.jsMilliseconds / row.jsMilliseconds;
      return `   ${speed.toFixed(1)}x ${peer.engine} (JS 1/${script.toFixed(0)})`;
    })
    .join('');
}

export function finish(report: BenchReport, json: string | undefined): void {
  console.log(table(report));
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
}
