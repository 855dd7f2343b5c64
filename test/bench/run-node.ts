import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { create, globals } from 'webgpu';
import { installCounters } from './counters.ts';
import { measure, type BenchRow, type EngineName, type MeasureOptions } from './measure.ts';
import { benchArguments, fill, finish } from './table.ts';

/**
 * `npm run bench:node`: the same table without a browser, on the npm package `webgpu` (Dawn), each cell in a process
 * of its own. Needs a Vulkan, Metal or D3D12 driver (and libvulkan on Linux).
 */
Object.assign(globalThis, globals);
Object.defineProperty(globalThis, 'navigator', {
  value: { gpu: create([]), userAgent: 'node' },
  configurable: true,
});

/** A cell, in this process: its row on stdout, between marks. */
async function child(text: string): Promise<void> {
  const { index, engine, options } = JSON.parse(text) as {
    index: number;
    engine: EngineName;
    options: MeasureOptions;
  };
  const row = await measure(installCounters(), index, engine, options);
  process.stdout.write(`\nROW ${JSON.stringify(row)}\n`, () => process.exit(0));
}

function cell(index: number, engine: EngineName, options: MeasureOptions, limit: number): Promise<BenchRow> {
  const file = fileURLToPath(import.meta.url);
  const text = JSON.stringify({ index, engine, options });
  const worker = spawn(process.execPath, ['--import', 'tsx', file, '--cell', text], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let [output, errors] = ['', ''];
    worker.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    worker.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const timer = setTimeout(() => {
      worker.kill('SIGKILL');
      reject(new Error(`over ${Math.round(limit / 1000)} s`));
    }, limit);
    worker.on('close', () => {
      clearTimeout(timer);
      const row = /^ROW (.*)$/m.exec(output)?.[1];
      const reason = errors.split('\n').find((line) => line.includes('Error')) ?? 'no result';
      if (row) resolve(JSON.parse(row) as BenchRow);
      else reject(new Error(reason));
    });
  });
}

async function main(): Promise<void> {
  const args = benchArguments(process.argv.slice(2));
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter: is there a Vulkan, Metal or D3D12 driver?');
  const { vendor, architecture, description } = adapter.info;
  const name = [vendor, architecture, description].filter(Boolean).join(' ');
  const software = /swiftshader|llvmpipe|software/i.test(name);
  finish({ adapter: name, software, where: 'Node', ...(await fill(args, software, cell)) }, args.json);
  process.exit(0);
}

const at = process.argv.indexOf('--cell');
await (at >= 0 ? child(process.argv[at + 1]!) : main());
