import { type BenchNetwork, chain, r10 } from './networks.ts';

/** One measurement: images trained per second on one core. */
export interface WasmBenchRow {
  readonly network: string;
  readonly engine: 'portable wasm' | 'stock cpu' | 'stock webgl';
  readonly imagesPerSecond: number;
  readonly steps: number;
}

/** The measurements of a run, and those that it has no time for, in words. */
export interface WasmReport {
  readonly rows: readonly WasmBenchRow[];
  readonly missing: readonly string[];
}

const grey = { height: 28, width: 28, channels: 1 };

/** Networks of the kind that a search trains on a machine without a GPU. */
export const wasmNetworks: readonly BenchNetwork[] = [
  r10,
  {
    name: '28x28, 8-16-32',
    batch: 32,
    architecture: chain(grey, [{ filters: 8 }, 'pool', { filters: 16 }, 'pool', { filters: 32 }]),
  },
  {
    name: '28x28, separable 12-24-32',
    batch: 32,
    architecture: chain(grey, [
      { filters: 12 },
      'pool',
      { filters: 24, separable: true },
      'pool',
      { filters: 32, separable: true },
    ]),
  },
];

/** The same, odd sizes, and one near the presets' limit of multiply-adds, for the comparison on one core. */
export const coreNetworks: readonly Omit<BenchNetwork, 'batch'>[] = [
  ...wasmNetworks,
  {
    name: '28x28, 5x5, 7-13-29',
    architecture: chain(grey, [
      { filters: 7, kernelSize: 5 },
      'pool',
      { filters: 13, kernelSize: 5 },
      'pool',
      { filters: 29 },
    ]),
  },
  {
    name: '28x28, 8-16-40-64 (1.7 M)',
    architecture: chain(grey, [
      { filters: 8 },
      'pool',
      { filters: 16 },
      'pool',
      { filters: 40 },
      { filters: 64 },
    ]),
  },
];

/** The rows as a table of text, with each engine's ratio to the best of stock. */
export function wasmTable({ rows, missing }: WasmReport): string {
  const lines = ['network                     engine         images/s   against the best of stock'];
  for (const { network, engine, imagesPerSecond } of rows) {
    const stock = rows.filter((row) => row.network === network && row.engine !== 'portable wasm');
    const best = Math.max(...stock.map((row) => row.imagesPerSecond));
    const ratio = stock.length > 0 ? `${(imagesPerSecond / best).toFixed(1)}x` : '-';
    lines.push(
      `${network.padEnd(28)}${engine.padEnd(15)}${imagesPerSecond.toFixed(1).padStart(8)}${ratio.padStart(13)}`,
    );
  }
  return [...lines, ...missing].join('\n');
}
