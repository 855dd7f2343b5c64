import { execFileSync } from 'node:child_process';
import { engines, type EngineName } from './engines.ts';

function apt(...args: readonly string[]): boolean {
  console.error(`apt-get ${args.join(' ')}`);
  try {
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=60', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 300_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    return true;
  } catch {
    return false;
  }
}

/** Installs the engines that are missing where it may; one line for each that cannot be run here, with what to do. */
export function ensureEngines(): readonly string[] {
  const missing = () => (Object.keys(engines) as EngineName[]).filter((name) => !engines[name].find());
  if (missing().length > 0 && process.platform === 'linux' && process.getuid?.() === 0 && apt('update')) {
    for (const name of missing()) apt('install', '-y', '--no-install-recommends', ...engines[name].packages);
  }
  return missing().map(
    (name) => `NOT RUN in ${name}: install ${engines[name].packages.join(' and ')} (Debian)`,
  );
}
