import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { seeded } from '../../src/core/random.ts';
import { createEngine } from '../../src/engine/device.ts';
import type { TrainingSchedule } from '../../src/engine/engine.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { benchImages } from './trainee.ts';
import { coreNetworks } from './wasm-networks.ts';

/**
 * Images trained per second of processor time on one core, in Node: our WebAssembly kernels, the portable trainer on
 * tfjs' wasm backend, and native PyTorch on one thread in both layouts of memory (PYTHON or python3, where it has torch).
 * Networks one after the other, all engines in turn; the median of three rounds, so that what else the machine does
 * counts little.
 *   npm run bench:core -- [seconds a cell = 1]
 */
const seconds = Number(process.argv[2] ?? 1);
const rounds = 3;
const batches = [8, 32];

type Rates = Map<string, number[]>;
const rates: Rates = new Map();
const note = (network: string, batch: number, engine: string, rate: number) => {
  const key = `${network}/${batch}/${engine}`;
  rates.set(key, [...(rates.get(key) ?? []), rate]);
};

async function measureOurs(trainer: 'plan' | 'portable', batch: number): Promise<void> {
  const made = await createEngine('wasm', { trainer });
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  for (const { name, architecture } of coreNetworks) {
    const data = benchImages(architecture, 64);
    const network = made.value.network(architecture, initialWeights(architecture, seeded('weights')));
    const schedule: TrainingSchedule = {
      ...{ images: 0, batch, rate: 0.01, warmup: 0, momentum: 0.9, weightDecay: 0 },
      ...{ augment: 'none' as const, randomName: 'bench' },
    };
    const train = async (steps: number) => network.train(data, { ...schedule, images: steps * batch });
    await train(20);
    const began = process.cpuUsage();
    let [images, used] = [0, 0];
    while (used < seconds) {
      await train(20);
      images += 20 * batch;
      const { user, system } = process.cpuUsage(began);
      used = (user + system) / 1e6;
    }
    note(name, batch, trainer === 'plan' ? 'ours' : 'portable', images / used);
    network.dispose();
  }
}

/** Adds PyTorch's rows; false where it is not here. */
function measureTorch(): boolean {
  const script = fileURLToPath(new URL('../../scripts/bench-torch.py', import.meta.url));
  const networks = batches.flatMap((batch) =>
    coreNetworks.map(({ name, architecture }) => ({ name, batch, architecture: architecture.nodes })),
  );
  const input = JSON.stringify({ seconds, core: true, networks });
  const done = spawnSync(process.env['PYTHON'] ?? 'python3', [script], { input, encoding: 'utf8' });
  if (done.status !== 0) return false;
  const { rows } = JSON.parse(done.stdout) as {
    rows: { network: string; batch: number; engine: string; imagesPerCoreSecond: number }[];
  };
  for (const { network, batch, engine, imagesPerCoreSecond } of rows)
    note(network, batch, engine, imagesPerCoreSecond);
  return true;
}

let hasTorch = true;
for (let round = 0; round < rounds; round++) {
  for (const batch of batches)
    for (const trainer of ['plan', 'portable'] as const) await measureOurs(trainer, batch);
  hasTorch = hasTorch && measureTorch();
}

const median = (values: readonly number[] = []): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const engines = ['ours', 'portable', 'torch', 'torch channels last'];
const columns = [...engines.map((engine) => engine.padStart(20)), '  against the best of torch'];
console.log(`${'network'.padEnd(30)}batch${columns.join('')}`);
for (const batch of batches) {
  for (const { name } of coreNetworks) {
    const own = engines.map((engine) => median(rates.get(`${name}/${batch}/${engine}`)));
    const best = Math.max(...own.slice(2).filter(Number.isFinite));
    const cells = own.map((rate) => (Number.isFinite(rate) ? rate.toFixed(0) : '-').padStart(20));
    const ratio = Number.isFinite(best) ? `${(own[0]! / best).toFixed(2)}x` : '-';
    console.log(`${name.padEnd(30)}${String(batch).padStart(5)}${cells.join('')}${ratio.padStart(28)}`);
  }
}
if (!hasTorch) console.log('PyTorch is not here: PYTHON=/usr/bin/python3 after apt install python3-torch.');
