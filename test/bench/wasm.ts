import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { chromiumFlags, findChromium } from '../../scripts/chromium.ts';
import { type WasmBenchRow, wasmNetworks } from './wasm-networks.ts';

/**
 * Images trained per second without a GPU: the portable trainer on wasm against stock tfjs on the backends that can
 * train here (cpu, and webgl on a software adapter). Same networks, batches and machine, in Chromium, one after the
 * other. Goal: at least 20 times the best of stock.
 */
export async function benchWasm(secondsEach = 4): Promise<readonly WasmBenchRow[]> {
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
  try {
    const rows: WasmBenchRow[] = [];
    for (const index of wasmNetworks.keys()) {
      for (const engine of ['portable wasm', 'stock cpu', 'stock webgl'] as const) {
        const page = await browser.newPage();
        await page.goto(`${server.resolvedUrls!.local[0]}test/bench/wasm-page.html`);
        await page.waitForFunction('window.measure');
        rows.push(await page.evaluate(`measure(${index}, '${engine}', ${secondsEach})`));
        await page.close();
      }
    }
    return rows;
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The rows as a table of text, with each engine's ratio to the best of stock. */
export function wasmTable(rows: readonly WasmBenchRow[]): string {
  const lines = ['network                     engine         images/s   against the best of stock'];
  for (const { network, engine, imagesPerSecond } of rows) {
    const stock = rows.filter((row) => row.network === network && row.engine !== 'portable wasm');
    const best = Math.max(...stock.map((row) => row.imagesPerSecond));
    const ratio = `${(imagesPerSecond / best).toFixed(1)}x`;
    lines.push(
      `${network.padEnd(28)}${engine.padEnd(15)}${imagesPerSecond.toFixed(1).padStart(8)}${ratio.padStart(13)}`,
    );
  }
  return lines.join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(wasmTable(await benchWasm()));
