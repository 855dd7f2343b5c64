import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Pythons to try: $PYTHON, one made for this check, the shell's, Debian's. */
export const pythons = (): readonly string[] => [
  ...new Set(
    [process.env['PYTHON'], '.cache/python/bin/python', 'python3', '/usr/bin/python3'].filter(
      (path): path is string => path !== undefined && (!path.includes('/') || existsSync(path)),
    ),
  ),
];

/** What a program wrote, line by line. Rejects where it ends with an error or cannot be started. */
export function linesOf(program: string, parameters: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, errors] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(out.split('\n').filter((line) => line !== ''));
      else reject(new Error(`${program} ended with ${code}: ${errors.slice(-600)}`));
    });
  });
}
