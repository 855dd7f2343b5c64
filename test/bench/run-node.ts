import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installDawn } from '../../scripts/dawn.ts';
import { describeAdapter } from '../../src/engine/adapters.ts';
import { installCounters } from './counters.ts';
import { benchArguments, fill } from './fill.ts';
import { measure, type BenchRow, type EngineName, type MeasureOptions } from './measure.ts';
import { roofline, type Roofline, type RooflineOptions } from './roofline.ts';
import { finish } from './table.ts';
import { benchTorch } from './torch.ts';

/**
 * `npm run bench:node`: the same table without a browser, on the npm package `webgpu` (Dawn), each cell in a process
 * of its own. Needs a Vulkan, Metal or D3D12 driver (and libvulkan on Linux).
 */
installDawn();

/** What a process of its own measures. */
type Cell =
  | { readonly index: number; readonly engine: EngineName; readonly options: MeasureOptions }
  | { readonly index: number; readonly engine: null; readonly options: RooflineOptions };

/** A cell, in this process: its result on stdout, behind a mark. */
async function child(text: string): Promise<void> {
  const cell = JSON.parse(text) as Cell;
  const result =
    cell.engine === null
      ? await roofline(cell.index, cell.options)
      : await measure(installCounters(), cell.index, cell.engine, cell.options);
  process.stdout.write(`\nRESULT ${JSON.stringify(result)}\n`, () => process.exit(0));
}

function inProcess<T>(cell: Cell, limit: number): Promise<T> {
  const file = fileURLToPath(import.meta.url);
  const worker = spawn(process.execPath, ['--import', 'tsx', file, '--cell', JSON.stringify(cell)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let [output, errors] = ['', ''];
    worker.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    worker.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const timer = setTimeout(() => {
      worker.kill('SIGKILL');
      reject(new Error(`skipped: too slow here (over ${Math.round(limit / 1000)} s)`));
    }, limit);
    worker.on('close', () => {
      clearTimeout(timer);
      const result = /^RESULT (.*)$/m.exec(output)?.[1];
      const reason = errors.split('\n').find((line) => line.includes('Error')) ?? 'no result';
      if (result) resolve(JSON.parse(result) as T);
      else reject(new Error(reason));
    });
  });
}

async function main(): Promise<void> {
  const args = benchArguments(process.argv.slice(2));
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter: is there a Vulkan, Metal or D3D12 driver?');
  const { name, software } = describeAdapter(adapter.info);
  const filled = await fill(args, software, {
    cell: (index, engine, options, limit) => inProcess<BenchRow>({ index, engine, options }, limit),
    roofline: (index, options, limit) => inProcess<Roofline>({ index, engine: null, options }, limit),
  });
  const torch = await benchTorch(args.networks, software);
  finish({ adapter: name, software, where: 'Node', ...filled, torch, wasm: null }, args.json);
  process.exit(0);
}

const at = process.argv.indexOf('--cell');
await (at >= 0 ? child(process.argv[at + 1]!) : main());
