import { type BenchNetwork, chain, r10 } from './networks.ts';

/** One measurement: images trained per second on one core. */
export interface WasmBenchRow {
  readonly network: string;
  readonly engine: 'portable wasm' | 'stock cpu' | 'stock webgl';
  readonly imagesPerSecond: number;
  readonly steps: number;
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
