/**
 * Trains the bench's toy networks on the wasm backend and writes public/toys.json:  npx tsx scripts/toy-networks.ts
 * Deterministic by `toySeed`: a test trains them again and compares. `--seeds 1,2,3` only reports what other seeds give.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makeToyData } from '../src/datasets/toys.ts';
import { createEngine } from '../src/engine/device.ts';
import { makeToys, toySeed, toyText } from './make-toys.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string' } } });
const made = await createEngine('wasm');
if (!made.ok) throw new Error(JSON.stringify(made.reason));
const data = makeToyData();
for (const one of values.seeds?.split(',').map(Number) ?? [toySeed]) {
  const toys = await makeToys(made.value, data, one);
  const report = Object.entries(toys).map(([name, { right }]) => `${name} ${(100 * right).toFixed(1)} %`);
  console.log(`seed ${one}: ${report.join(', ')}`);
  if (!values.seeds) writeFileSync('public/toys.json', toyText(one, toys));
}
