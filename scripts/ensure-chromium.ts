import { execFileSync } from 'node:child_process';
import { findChromium } from './chromium.ts';

/** Finds Chrome or Chromium, else installs one; throws an Error that says exactly what to do. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const attempts: [string, string[]][] = [['npx', ['playwright', 'install', 'chromium']]];
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    attempts.push(['apt-get', ['update', '-qq']], ['apt-get', ['install', '-y', '-qq', 'chromium']]);
  }
  for (const [command, args] of attempts) {
    console.error(`No Chrome or Chromium found; trying: ${command} ${args.join(' ')}`);
    try {
      execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 });
    } catch {
      console.error(`${command} did not succeed.`);
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    'No Chrome or Chromium could be found or installed. Install one (Debian: sudo apt-get install chromium) ' +
      'or set CHROME_PATH to its executable, then run the command again.',
  );
}
