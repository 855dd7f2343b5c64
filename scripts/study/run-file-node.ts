import { readFile, rename, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { BackendReport } from '../../src/engine/engine.ts';
import { parseRunFile, type OpenedRun } from '../../src/core/run-file/parse.ts';
import { makeRunFile, serialiseRunFile } from '../../src/core/run-file/serialise.ts';
import type { NetworkId, SearchEvent } from '../../src/core/search/events.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import { statedDataset } from '../../src/datasets/stated.ts';
import { describeRunFileError } from '../../src/app/text/en/run-file-errors.ts';
import pkg from '../../package.json' with { type: 'json' };

/** Writes a run as the page would save it, gzipped; a file is there only when it is whole. */
export async function writeRun(
  path: string,
  name: string,
  events: readonly SearchEvent[],
  recipe: Recipe,
  backend: BackendReport,
  testErrors: ReadonlyMap<NetworkId, number>,
): Promise<void> {
  const file = makeRunFile(events, {
    name,
    appVersion: pkg.version,
    note: '',
    date: new Date().toISOString(),
    device: { backend, workers: 1, description: `Node ${process.version}, ${cpus()[0]?.model ?? ''}` },
    dataset: await statedDataset(recipe.dataset),
    testErrors,
  });
  await writeGzipped(path, serialiseRunFile(file));
}

/** Writes `text` gzipped, whole or not at all. */
export async function writeGzipped(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, gzipSync(text));
  await rename(`${path}.part`, path);
}

/** Opens a saved run, gzipped or not, through the page's own parser. Throws with the reason. */
export async function readRun(path: string): Promise<OpenedRun> {
  const bytes = await readFile(path);
  const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
  const opened = parseRunFile(text);
  if (!opened.ok) throw new Error(`${path}: ${describeRunFileError(opened.reason)}`);
  return opened.value;
}
