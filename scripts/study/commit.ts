import { execFile } from 'node:child_process';
import { basename, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';

async function git(path: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', dirname(resolve(path)), ...args]);
  return stdout.trim();
}

/**
 * "as of commit 1a2b3c4": the last commit that changed the file, so that a reader can see that a plan came before its
 * runs. Says where the file was changed since; empty where git does not know the file.
 */
export async function commitText(path: string): Promise<string> {
  try {
    const commit = await git(path, 'log', '-1', '--format=%h', '--', basename(path));
    if (commit === '') return '';
    const changed = await git(path, 'status', '--porcelain', '--', basename(path));
    return `as of commit ${commit}${changed === '' ? '' : ', changed since'}`;
  } catch {
    return '';
  }
}
