import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './scripts/chromium.ts';

const port = Number(process.env['LEMONADE_PORT'] ?? 41731);
const executablePath = findChromium();

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  // What measures the page's own work needs a quiet machine: `npm run measure`.
  grepInvert: /@measured/,
  workers: 1,
  fullyParallel: false,
  timeout: 180_000,
  // A loaded machine is slow, not wrong.
  expect: { timeout: 30_000 },
  retries: process.env['CI'] ? 1 : 0,
  outputDir: '.cache/e2e',
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['LEMONADE_E2E_REPORT'] ?? '.cache/test-reports/e2e.json' }],
  ],
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    // Keeping the site costs each test's new profile seconds; tests of what is kept allow it.
    serviceWorkers: 'block',
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: chromiumFlags },
  },
  webServer: {
    command: `${process.env['LEMONADE_DIST_BUILT'] ? '' : 'npx vite build --logLevel warn && '}npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url: `http://127.0.0.1:${port}/`,
    timeout: 180_000,
    reuseExistingServer: false,
  },
});
