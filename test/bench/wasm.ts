import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';
import { within } from './fill.ts';
import { type WasmBenchRow, wasmNetworks, type WasmReport, wasmTable } from './wasm-networks.ts';

/**
 * Images trained per second without a GPU: the portable trainer on wasm against stock tfjs on the backends that can
 * train here (cpu, and webgl on a software adapter). Same networks, batches and machine, in Chromium, one after the
 * other, until `limit` milliseconds have passed. Goal: at least 20 times the best of stock.
 */
export async function benchWasm(secondsEach = 4, limit = Infinity): Promise<WasmReport> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    cacheDir: 'node_modules/.vite/bench-wasm',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: {
      entries: ['test/bench/wasm-page.html'],
      include: ['', '-core', '-backend-wasm'].map((part) => `@tensorflow/tfjs${part}`),
    },
  });
  await server.listen();
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...chromiumFlags] });
  const until = performance.now() + limit;
  const rows: WasmBenchRow[] = [];
  const missing: string[] = [];
  try {
    for (const index of wasmNetworks.keys()) {
      for (const engine of ['portable wasm', 'stock cpu', 'stock webgl'] as const) {
        const left = until - performance.now();
        if (left < 3000) {
          missing.push(`${wasmNetworks[index]!.name}, ${engine}: skipped: too slow here`);
          continue;
        }
        const page = await browser.newPage();
        try {
          await page.goto(`${server.resolvedUrls!.local[0]}test/bench/wasm-page.html`);
          await page.waitForFunction('window.measure');
          const measured = page.evaluate(`measure(${index}, '${engine}', ${secondsEach})`);
          rows.push((await within(measured, Math.min(left, 60_000))) as WasmBenchRow);
        } catch (error) {
          const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
          missing.push(`${wasmNetworks[index]!.name}, ${engine}: ${reason}`);
        } finally {
          await page.close();
        }
      }
    }
    return { rows, missing };
  } finally {
    await browser.close();
    await server.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(wasmTable(await benchWasm()));
