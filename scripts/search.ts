/**
 * Runs one search headless, in Chromium, on the built site, through the code a visitor uses:
 *   npm run search -- --recipe "dataset=digits&seed=1" --out run.json [--timeout 600] [--weights none|front|all] [--gpu]
 * With --gpu, Chromium may use a real GPU (backend=webgpu or auto); otherwise WebGPU is emulated on the processor.
 * A progress line per generation goes to stderr. Exit code 0 means that the file is complete.
 */
import { existsSync, statSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build, preview } from 'vite';
import { chromiumFlags, gpuFlags } from './chromium.ts';
import { ensureChromium } from './ensure-chromium.ts';
import type { PageSignal } from '../src/app/model/signal.ts';
import { clockText, percentText } from '../src/app/text/format.ts';

type Generation = Extract<PageSignal, { readonly kind: 'generation' }>;

/** "generation 3 of 6, front 5, hypervolume 0.731, lowest error 8.2 %, 21 trained, 0:34". */
const lineOf = ({ generation, of, front, hypervolume, lowestError, trained, seconds }: Generation) =>
  [
    `generation ${generation} of ${of ?? '?'}`,
    `front ${front}`,
    `hypervolume ${hypervolume.toFixed(3)}`,
    ...(lowestError === null ? [] : [`lowest error ${percentText(lowestError)}`]),
    `${trained} trained`,
    clockText(seconds),
  ].join(', ');

async function newestChange(folder: string): Promise<number> {
  let newest = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

/** Builds the site unless dist/ is newer than its sources. */
async function ensureBuilt(): Promise<void> {
  const built = existsSync('dist/index.html') ? statSync('dist/index.html').mtimeMs : 0;
  const sources = Math.max(
    await newestChange('src'),
    await newestChange('public'),
    statSync('index.html').mtimeMs,
  );
  if (built > sources) return;
  console.error('Building the site...');
  await build({ logLevel: 'warn' });
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      recipe: { type: 'string' },
      out: { type: 'string' },
      timeout: { type: 'string', default: '600' },
      weights: { type: 'string', default: 'none' },
      gpu: { type: 'boolean', default: false },
    },
  });
  if (!values.recipe || !values.out) {
    fail(
      'Usage: npm run search -- --recipe "dataset=digits&seed=1&..." --out run.json [--timeout 600] [--weights front]',
    );
  }
  const timeoutSeconds = Number(values.timeout);
  if (!(timeoutSeconds > 0)) fail(`--timeout ${values.timeout}: give a number of seconds.`);
  if (!['none', 'front', 'all'].includes(values.weights))
    fail(`--weights ${values.weights}: none, front or all.`);
  const executablePath = ensureChromium();
  await ensureBuilt();
  const server = await preview({ preview: { host: '127.0.0.1', port: 0 }, logLevel: 'silent' });
  const address = server.resolvedUrls?.local[0];
  if (!address) fail('The preview server did not start.');
  const browser = await chromium.launch({ executablePath, args: values.gpu ? gpuFlags : chromiumFlags });
  try {
    const page = await browser.newPage({ acceptDownloads: true });
    const ended = new Promise<PageSignal>((resolve) => {
      void page.exposeFunction('onLemonadeSignal', (signal: PageSignal) => {
        if (signal.kind === 'generation') console.error(lineOf(signal));
        else resolve(signal);
      });
      page.on('crash', () => resolve({ kind: 'failed', reason: 'the page crashed' }));
      page.on('pageerror', (error) =>
        resolve({ kind: 'failed', reason: `error on the page: ${error.message}` }),
      );
      setTimeout(
        () => resolve({ kind: 'failed', reason: `not finished within ${timeoutSeconds} s` }),
        timeoutSeconds * 1000,
      ).unref();
    });
    await page.addInitScript(
      `addEventListener('lemonade', (event) => window.onLemonadeSignal(event.detail))`,
    );
    await page.goto(`${address}#${values.recipe}&autoplay=1&save=${values.weights}`);
    const signal = await ended;
    if (signal.kind === 'failed') throw new Error(signal.reason);
    const [download] = await Promise.all([
      page.waitForEvent('download', { timeout: 60_000 }),
      page.getByRole('button', { name: 'Save run' }).click(),
    ]);
    await copyFile(await download.path(), values.out);
    console.error(`Saved ${values.out} (${statSync(values.out).size.toLocaleString('en')} bytes)`);
  } finally {
    await browser.close();
    await server.close();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) =>
    fail(`The search did not end: ${error instanceof Error ? error.message : String(error)}`),
);
