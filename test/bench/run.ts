import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';
import { benchArguments, fill, within } from './fill.ts';
import type { BenchRow } from './measure.ts';
import type { Roofline } from './roofline.ts';
import { finish } from './table.ts';
import { benchTorch } from './torch.ts';
import { benchWasm } from './wasm.ts';

/**
 * `npm run bench`: every engine on every network in Chromium, each cell in a page of its own; the plan's GPU time by
 * kernel; PyTorch where it is; then wasm against stock tfjs. BENCH_GPU=1 asks for the machine's real adapter instead
 * of SwiftShader.
 */
const args = benchArguments(process.argv.slice(2));
const server = await createServer({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  configFile: false,
  logLevel: 'error',
  cacheDir: 'node_modules/.vite/bench',
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  optimizeDeps: {
    entries: ['test/bench/page.html'],
    include: ['@tensorflow/tfjs', '@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-webgpu', '@jax-js/jax'],
  },
});
await server.listen();
const isReal = process.env['BENCH_GPU'] === '1';
// Timestamps of full resolution; without the flag Chromium rounds them to 100 us.
const flags = [
  ...chromiumFlags.filter((flag) => !isReal || !flag.startsWith('--use-webgpu-adapter')),
  '--enable-webgpu-developer-features',
];
const launch = () => chromium.launch({ executablePath: findChromium() ?? '', args: flags });
let browser = await launch();

async function open() {
  const page = await browser.newPage();
  await page.goto(`${server.resolvedUrls!.local[0]}test/bench/page.html`);
  await page.waitForFunction('window.measure');
  return page;
}

/** What `expression` gives in a page of its own. A page that is late takes its browser, and the GPU's queue, along. */
async function inPage<T>(expression: string, limit: number): Promise<T> {
  const page = await open();
  try {
    return (await within(page.evaluate(expression), limit)) as T;
  } catch (error) {
    await browser.close();
    browser = await launch();
    throw error;
  } finally {
    await page.close();
  }
}

try {
  const found = await inPage<{ name: string; software: boolean }>('isSoftware()', 30_000);
  const { name: adapter, software } = found;
  const filled = await fill(args, software, {
    cell: (index, engine, options, limit) =>
      inPage<BenchRow>(`measure(${index}, '${engine}', ${JSON.stringify(options)})`, limit),
    roofline: (index, options, limit) =>
      inPage<Roofline>(`roofline(${index}, ${JSON.stringify(options)})`, limit),
  });
  await browser.close();
  const torch = await benchTorch(args.networks, software);
  const wasm = args.networks.length > 1 ? await benchWasm(1, 75_000) : null;
  finish({ adapter, software, where: 'Chromium', ...filled, torch, wasm }, args.json);
} finally {
  await browser.close();
  await server.close();
}
