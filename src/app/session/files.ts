import type { Weights } from '../../core/architecture/weights.ts';
import type { OpenedRun } from '../../core/run-file/parse.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { app, states } from '../strings.ts';
import { bringBack } from './after-search.ts';
import { knowFromLog } from './know-own.ts';
import { nameOf } from './run-name.ts';
import { titleOf } from '../settings/datasets.ts';
import type { Session } from '../session.svelte.ts';

export type SavedWeights = 'none' | 'front' | 'all';

const bytesLimit = 200 * 1024 * 1024;

/** The text of a file; gzip is known by its first two bytes, not by its name. */
export async function textOf(file: Blob): Promise<Result<string>> {
  if (file.size > bytesLimit) return fail(states.tooLarge);
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  try {
    if (head[0] !== 0x1f || head[1] !== 0x8b) return ok(await file.text());
    const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip'));
    return ok(await new Response(unpacked).text());
  } catch {
    return fail(states.notGzip);
  }
}

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function weightsToSave(
  session: Session,
  which: SavedWeights,
): Promise<ReadonlyMap<NetworkId, Weights>> {
  const view = session.log.whole;
  const found = new Map<NetworkId, Weights>();
  if (!view || which === 'none') return found;
  const ids = which === 'front' ? view.front : [...view.networks.keys()];
  for (const id of ids) {
    const weights = await session.weightsOf(id);
    if (weights) found.set(id, weights);
  }
  return found;
}

/** Writes the run as one JSON file and lets the browser save it. Its size and parts are those of core/run-file. */
export async function saveRun(session: Session, which: SavedWeights): Promise<void> {
  const view = session.log.whole;
  if (!view) return;
  const [{ makeRunFile, serialiseRunFile }, { datasetOf, deviceOf }, weights] = await Promise.all([
    import('../../core/run-file/serialise.ts'),
    import('./run-facts.ts'),
    weightsToSave(session, which),
  ]);
  const file = makeRunFile(session.log.events, {
    name: nameOf(session.name, view.recipe),
    appVersion: app.version,
    note: session.note,
    date: session.origin?.created || new Date().toISOString(),
    device: session.origin?.device ?? (session.backend ? deviceOf(session.backend, session.workers) : null),
    dataset: await datasetOf(view.recipe.dataset),
    ...(session.origin?.from ? { origin: session.origin.from } : {}),
    ...(session.page.selected === null ? {} : { selected: session.page.selected }),
    testErrors: session.tests.known,
    transfers: session.beside.transferred,
    weights,
  });
  const name = `lemonade-${view.recipe.dataset}-seed${view.recipe.seed}.json`;
  download(new Blob([serialiseRunFile(file)], { type: 'application/json' }), name);
}

/** Saves any text or picture under `name`. */
export const saveBlob = download;

/**
 * Opens run files: one is shown as a replay, several are laid over each other. True where at least one could be
 * read; each that could not says why in the state bar.
 */
export async function openFiles(session: Session, files: readonly Blob[]): Promise<boolean> {
  const { parseRunFile, describeError } = await import('../../core/run-file/parse.ts');
  const opened: OpenedRun[] = [];
  for (const blob of files) {
    const name = blob instanceof File ? blob.name : '';
    const text = await textOf(blob);
    const parsed = text.ok ? parseRunFile(text.value) : null;
    if (!text.ok || !parsed?.ok) {
      const problem = !text.ok ? text.reason : parsed && !parsed.ok ? describeError(parsed.reason) : '';
      session.notices.say(`file-${name}`, states.unreadable(name, problem));
      continue;
    }
    opened.push(parsed.value);
  }
  const first = opened[0];
  if (!first) return false;
  for (const { file } of opened) knowFromLog(file.events, file.dataset);
  session.show('file', first.file.events, first.file.name, {
    note: first.file.author.note,
    created: first.file.author.date,
    device: first.file.device,
    from: first.file.origin ?? '',
  });
  session.weights = first.weights;
  const { testErrors = [], transfers = [] } = first.file;
  bringBack(session, { testErrors, transfers });
  session.note = first.file.author.note;
  session.backend = first.file.device?.backend ?? null;
  session.playback.to(session.log.count);
  session.page.selected = first.file.selected ?? null;
  session.overlays.set(
    opened.slice(1).map(({ file, testErrors }) => ({
      testErrors,
      name:
        file.recipe.dataset === first.file.recipe.dataset
          ? file.name
          : `${file.name}, ${titleOf(file.recipe.dataset)}`,
      events: file.events,
    })),
  );
  return true;
}
