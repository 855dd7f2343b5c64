import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Result } from '../../src/core/result.ts';

/** Reads a file of public/data. */
export async function readData(path: string): Promise<ArrayBuffer> {
  const content = await readFile(fileURLToPath(new URL(`../../public/data/${path}`, import.meta.url)));
  return new Uint8Array(content).buffer;
}

export function unwrap<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

/** Largest difference of class counts over all prefixes. */
export function worstImbalance(labels: Uint8Array, classes: number): number {
  const counts = new Array<number>(classes).fill(0);
  let worst = 0;
  for (const label of labels) {
    counts[label]!++;
    worst = Math.max(worst, Math.max(...counts) - Math.min(...counts));
  }
  return worst;
}
