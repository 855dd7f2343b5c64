import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';
import type { BenchRow } from './measure.ts';
import { benchArguments, fill, finish } from './table.ts';
import { benchWasm, wasmTable } from './wasm.ts';

/**
 * `npm run bench`: every engine on every network in Chromium, each cell in a page of its own; then wasm against
 * stock tfjs. BENCH_GPU=1 asks for the machine's real adapter instead of SwiftShader.
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
const flags = chromiumFlags.filter((flag) => !isReal || !flag.startsWith('--use-webgpu-adapter'));
const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...flags] });
try {
  const open = async () => {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls!.local[0]}test/bench/page.html`);
    await page.waitForFunction('window.measure');
    return page;
  };
  const first = await open();
  const found: { name: string; software: boolean } = await first.evaluate('isSoftware()');
  await first.close();
  const cells = await fill(args, found.software, async (index, engine, options, limit) => {
    const page = await open();
    try {
      const measured = page.evaluate(`measure(${index}, '${engine}', ${JSON.stringify(options)})`);
      const timer = new Promise<never>((_, reject) =>
        setTimeout(() => reject(new Error(`over ${Math.round(limit / 1000)} s`)), limit).unref(),
      );
      return (await Promise.race([measured, timer])) as BenchRow;
    } finally {
      await page.close();
    }
  });
  finish({ adapter: found.name, software: found.software, where: 'Chromium', ...cells }, args.json);
} finally {
  await browser.close();
  await server.close();
}
if (args.networks.length > 1) console.log(`\n${wasmTable(await benchWasm(1))}`);
