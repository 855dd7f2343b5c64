import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/**
 * Flags under which headless Chromium has WebGPU without a GPU (SwiftShader) and makes no requests of its own. Pages are
 * drawn by the processor: SwiftShader, an emulated GPU, takes a sixth longer for the same tests.
 */
export const chromiumFlags = [
  '--headless=new',
  '--disable-gpu-compositing',
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** The same without the emulator: WebGPU on the machine's own GPU, where headless Chromium finds one. */
export const gpuFlags = chromiumFlags.filter((flag) => !flag.includes('swiftshader'));

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** CHROME_PATH, then the system's Chrome or Chromium, then Playwright's own; null where there is none. */
export function findChromium(): string | null {
  const candidates = [process.env['CHROME_PATH'], ...systemPaths, chromium.executablePath()];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}
