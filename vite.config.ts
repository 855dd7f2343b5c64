import { readFileSync } from 'node:fs';
import type { Rolldown } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { playwright } from '@vitest/browser-playwright';
import { VitePWA } from 'vite-plugin-pwa';
import { chromiumFlags, findChromium } from './scripts/chromium.ts';
import { contentSecurityPolicy } from './scripts/csp.ts';
import { writePrograms } from './scripts/programs.ts';
import { thirdPartyNotices } from './scripts/third-party-notices.ts';
import { writeSources } from './scripts/wgsl.ts';

/** Offline after the first visit: code and the first visit's files are kept at once, data sets when first used. */
const offline = VitePWA({
  // The page registers it and offers new versions itself: src/app/model/updates.ts.
  registerType: 'prompt',
  injectRegister: null,
  includeManifestIcons: false,
  manifest: {
    name: 'LEMONADE Playground',
    short_name: 'LEMONADE',
    description: 'Grow small, accurate neural networks in your own browser.',
    display: 'standalone',
    start_url: './',
    background_color: '#fbfaf6',
    theme_color: '#fbfaf6',
    icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' }],
  },
  workbox: {
    globPatterns: ['**/*.{html,js,css,svg,woff2,json,wasm}'],
    clientsClaim: true,
    // ONNX Runtime is for who brings a network of unusual operators: kept when it was used, as data sets are.
    globIgnores: ['**/ort*'],
    maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
    runtimeCaching: [
      {
        urlPattern: ({ url }) => /\/data\/[^/]+\.bin$/.test(url.pathname),
        handler: 'CacheFirst',
        options: { cacheName: 'data-sets' },
      },
      {
        urlPattern: ({ url }) => /\/ort[^/]*\.(js|wasm)$/.test(url.pathname),
        handler: 'CacheFirst',
        options: { cacheName: 'onnx-runtime' },
      },
    ],
  },
});

/**
 * What a worker's entry needs lies in chunks of its own. Else lazily loaded chunks (the backends) would import from the
 * entry, which WebKit then evaluates a second time: a second, unprepared endpoint answers the page first. With tfjs
 * apart from our code the backends are the same files for every worker.
 */
const workerChunks: Rolldown.CodeSplittingGroup[] = [
  { name: 'tfjs', tags: ['$initial'], test: /node_modules[\\/]@tensorflow/ },
  { name: 'worker', tags: ['$initial'], test: (id) => !id.endsWith('.worker.ts') },
];

writeSources();
await writePrograms();
const notices = thirdPartyNotices([
  ...['@fontsource-variable/inter', '@fontsource-variable/source-serif-4'],
  ...['core', 'precaching', 'routing', 'strategies'].map((part) => `workbox-${part}`),
]);

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

/** A loaded machine is slow, not wrong. */
const expectations = { poll: { timeout: 30_000 } };

/** Tests that start an engine or put other files in a data set's place: each file in a process of its own. */
const worldly = ['engine', 'workers', 'scripts'].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  base: './',
  define: { __APP_VERSION__: JSON.stringify(version) },
  plugins: [svelte(), offline, notices.write, contentSecurityPolicy()],
  worker: {
    format: 'es',
    plugins: () => [notices.collect],
    rolldownOptions: { output: { codeSplitting: { groups: workerChunks } } },
  },
  // A class reaches a teacher's computer by its name on the local network.
  preview: { allowedHosts: ['.local'] },
  build: {
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1400,
    // d3-transition patches d3-selection when imported; the charts use neither (see ARCHITECTURE.md: Svelte draws).
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !/node_modules\/d3(-[a-z]+)?\//.test(id) },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', ...worldly],
          environment: 'node',
          // One process: what a file imports is read once for all.
          isolate: false,
          setupFiles: ['test/support/setup.ts'],
          testTimeout: 60_000,
          expect: expectations,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit-isolated',
          include: worldly,
          exclude: ['test/**/*.browser.test.ts'],
          environment: 'node',
          setupFiles: ['test/support/setup.ts'],
          testTimeout: 60_000,
          expect: expectations,
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['test/engines/**/*.engine.ts'],
          environment: 'node',
          // Browsers driven from outside; what passes on a second try only is named as flaky by npm test.
          retry: process.env['CI'] ? 1 : 0,
          // Each step has a limit of its own (test/engines/page.ts); beside another stage a step takes five times as long.
          testTimeout: 600_000,
          expect: expectations,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        // Found late, by a lazy import, they would make vite reload the page in the middle of a test.
        optimizeDeps: {
          include: ['core', 'backend-cpu', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
            (part) => `@tensorflow/tfjs-${part}`,
          ),
        },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.ts'],
          setupFiles: ['test/support/texts.ts'],
          testTimeout: 120_000,
          expect: expectations,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: findChromium() ?? '', args: chromiumFlags },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
