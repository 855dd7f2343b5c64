import { strToU8, zipSync, type Zippable } from 'fflate';
import { charactersOf } from '../../core/run-file/base64.ts';
import { sizeLimit } from '../../core/run-file/parse.ts';
import { makeRunFile, serialiseRunFile } from '../../core/run-file/serialise.ts';
import { viewOf } from '../../core/run-file/fold.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { NetworkId } from '../../core/search/events.ts';
import type { OwnFacts } from '../../datasets/own/own-set.ts';
import { statedDataset } from '../../datasets/stated.ts';
import { openRunStore, type RunStore, type StoredRun } from '../../storage/runs.ts';
import { startOwnPictures } from '../../workers/own-pictures-client.ts';
import { readStored } from './stored-runs.ts';
import { appVersion } from './version.ts';

/** What could be saved as one ZIP, and the names of what could not. */
export interface Saved {
  readonly zip: Blob;
  readonly left: readonly string[];
}

/** Every character that some system does not take in a file's name becomes a dash. */
const fileName = (name: string, index: number): string =>
  `${index + 1}-${name.replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-').slice(0, 80)}`;

async function storedWeights(
  networks: readonly NetworkId[],
  load: (network: NetworkId) => ReturnType<RunStore['loadWeights']>,
): Promise<ReadonlyMap<NetworkId, Weights>> {
  const found = new Map<NetworkId, Weights>();
  for (const id of networks) {
    const loaded = await load(id);
    if (loaded.ok && loaded.value) found.set(id, loaded.value);
  }
  const characters = [...found.values()].reduce((sum, { length }) => sum + charactersOf(length), 0);
  return characters > sizeLimit ? new Map() : found;
}

/** A stored run as a file, with the weights of its front and of its finished networks; null where nothing of it can be read. */
async function runFile(store: RunStore, run: StoredRun): Promise<string | null> {
  const { events, measured } = (await readStored(run)) ?? { events: [], measured: null };
  const view = viewOf(events);
  if (!view) return null;
  const finished = new Set((measured?.finished ?? []).map(({ network }) => network));
  const file = makeRunFile(events, {
    ...{ name: run.name, appVersion, note: '', date: run.created, device: null },
    dataset: run.dataset ?? (await statedDataset(run.recipe.dataset)),
    ...(run.origin ? { origin: run.origin } : {}),
    testErrors: new Map((measured?.testErrors ?? []).map(({ network, error }) => [network, error])),
    transfers: measured?.transfers ?? [],
    finished: measured?.finished ?? [],
    weights: await storedWeights(view.front, (id) => store.loadWeights(run.id, id)),
    finishedWeights: await storedWeights([...finished], (id) => store.loadFinished(run.id, id)),
  });
  return serialiseRunFile(file);
}

/** The kept runs and sets of own pictures, each as the file that this page opens again. */
export async function saveEverything(runs: readonly StoredRun[], sets: readonly OwnFacts[]): Promise<Saved> {
  const files: Zippable = {};
  const left: string[] = [];
  const store = await openRunStore();
  for (const [index, run] of runs.entries()) {
    const text = store.ok ? await runFile(store.value, run).catch(() => null) : null;
    if (text === null) left.push(run.name);
    else files[`${fileName(run.name, index)}.json`] = strToU8(text);
  }
  if (store.ok) store.value.close();
  const worker = sets.length > 0 ? startOwnPictures() : null;
  for (const [index, { id, title }] of sets.entries()) {
    const zip = await worker!.pack(id);
    if (zip) files[`${fileName(title, index)}.zip`] = [new Uint8Array(await zip.arrayBuffer()), { level: 0 }];
    else left.push(title);
  }
  worker?.dispose();
  return { zip: new Blob([zipSync(files)], { type: 'application/zip' }), left };
}
