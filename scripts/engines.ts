import { existsSync } from 'node:fs';

/** Browser engines besides Chromium's that the built site is run in. */
export type EngineName = 'firefox' | 'webkit';

export interface WebKitPaths {
  readonly driver: string;
  readonly browser: string;
  readonly display: string;
}

const first = (paths: readonly (string | undefined)[]): string | null =>
  paths.find((path) => path && existsSync(path)) ?? null;

/** FIREFOX_PATH, then the system's Firefox; null where there is none. */
export const findFirefox = (): string | null =>
  first([
    process.env['FIREFOX_PATH'],
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ]);

/** WebKitGTK's WebDriver, the browser of its package and a display to draw on; null where one of them is missing. */
export function findWebKit(): WebKitPaths | null {
  const driver = first(['/usr/bin/WebKitWebDriver']);
  const display = first(['/usr/bin/Xvfb']);
  const folders = ['x86_64', 'aarch64'].flatMap((processor) =>
    ['4.1', '4.0'].map((version) => `/usr/lib/${processor}-linux-gnu/webkit2gtk-${version}`),
  );
  const browser = first(folders.map((folder) => `${folder}/MiniBrowser`));
  return driver && display && browser ? { driver, browser, display } : null;
}

export const engines: Readonly<
  Record<EngineName, { readonly find: () => unknown; readonly packages: readonly string[] }>
> = {
  firefox: { find: findFirefox, packages: ['firefox-esr'] },
  webkit: { find: findWebKit, packages: ['webkit2gtk-driver', 'xvfb'] },
};
