import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { button, longRecipe } from './page.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

test.use({ serviceWorkers: 'allow' });

/** A site that can be deployed anew while it is open. */
let version = 1;
let server: Server;

test.beforeAll(async () => {
  server = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url!, 'http://site');
      const path = normalize(pathname === '/' ? '/index.html' : pathname);
      try {
        const file = await readFile(join('dist', path));
        response.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
        response.end(path === '/sw.js' ? `${file.toString()}\n// deployed ${version}` : file);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

test.afterAll(() => void server.close());

const address = (hash = '') => `http://127.0.0.1:${(server.address() as AddressInfo).port}/#${hash}`;

const untilKept = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 60_000 });

/** Puts a new version on the server and lets the browser look for it, as it does by itself once an hour. */
async function deploy(page: Page): Promise<void> {
  version++;
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
}

/** What the page comes up with. */
const offer = (page: Page) => button(page, 'Run it on this computer');

const waiting = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);

test('a new version of the site is offered, and one click loads it', async ({ page }) => {
  await page.goto(address());
  await untilKept(page);
  await deploy(page);
  await expect(page.getByText('There is a new version of this page.')).toBeVisible();
  await Promise.all([page.waitForEvent('load'), button(page, 'Load it').click()]);
  await expect(offer(page)).toBeVisible();
  expect(await waiting(page)).toBe(false);
  await expect(page.getByText('There is a new version of this page.')).toHaveCount(0);
});

test('a search goes on beside a new version, which the next visit takes at once', async ({ page }) => {
  await page.goto(address(`${longRecipe}&autoplay=1`));
  await untilKept(page);
  await expect(button(page, 'Pause').first()).toBeVisible();
  await deploy(page);
  await expect(page.getByText(/new version.*The search is kept/)).toBeVisible();
  await expect(button(page, 'Pause').first()).toBeVisible();
  expect(await waiting(page)).toBe(true);
  await page.goto('about:blank');
  await page.goto(address());
  await expect.poll(() => waiting(page).catch(() => true)).toBe(false);
  await expect(offer(page)).toBeVisible();
});
