import { appVersion } from './version.ts';
import type { Weights } from '../../core/architecture/weights.ts';
import type { OpenedRun } from '../../core/run-file/parse.ts';
import type { Salvaged } from '../../core/run-file/salvage.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { exactText, valueText } from '../text/format.ts';
import { loadTexts, texts, withTexts } from '../text/texts.ts';
import { shapeOfKnown } from './datasets.ts';
import { emptyMap } from './maps.ts';
import { registerFromLog } from './register-datasets.ts';
import { givenAnywhere, nameOf } from './run-name.ts';
import type { Run } from './run.svelte.ts';
import type { Session } from './session.svelte.ts';

/** `usual`: those of the front, where the file stays small enough to be sent. */
export type SavedWeights = 'none' | 'front' | 'all' | 'usual';

/** Characters of weights in a file that nobody chose the contents of. [ours] */
const usualLimit = 20e6;

const bytesLimit = 200 * 1024 * 1024;

/** The text of a file; gzip is known by its first two bytes, not by its name. */
export async function textOf(file: Blob): Promise<Result<string, string>> {
  if (file.size > bytesLimit) return fail(texts.states.tooLarge);
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  try {
    if (head[0] !== 0x1f || head[1] !== 0x8b) return ok(await file.text());
    const unpacked = await firstBytes(file.stream().pipeThrough(new DecompressionStream('gzip')), bytesLimit);
    return unpacked ? ok(await unpacked.text()) : fail(texts.states.tooLarge);
  } catch {
    return fail(texts.states.notGzip);
  }
}

/** What a stream gives; null, and the stream is left, where it is more than `limit` bytes. */
export async function firstBytes(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<Blob | null> {
  const reader = stream.getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces);
    bytes += value.length;
    pieces.push(value);
    if (bytes <= limit) continue;
    await reader.cancel();
    return null;
  }
}

/** A run file's text; a file of networks for other images than its data set's is refused. */
export const parseOpened = async (text: string) =>
  (await import('../../core/run-file/parse.ts')).parseRunFile(text, { shapeOf: shapeOfKnown });

function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function weightsToSave(run: Run, which: SavedWeights): Promise<ReadonlyMap<NetworkId, Weights>> {
  const view = run.log.whole;
  const found = new Map<NetworkId, Weights>();
  if (!view || which === 'none') return found;
  const ids = which === 'all' ? [...view.networks.keys()] : view.front;
  for (const id of ids) {
    const weights = await run.weightsOf(id);
    if (weights) found.set(id, weights);
  }
  return found;
}

/** What finishing left goes along with any weights: somebody gave minutes for it. */
async function finishedToSave(run: Run, which: SavedWeights): Promise<ReadonlyMap<NetworkId, Weights>> {
  const found = new Map<NetworkId, Weights>();
  if (which === 'none') return found;
  for (const { network } of run.sideRuns.finished.list) {
    const weights = await run.finishedWeightsOf(network);
    if (weights) found.set(network, weights);
  }
  return found;
}

/** Writes the run as one JSON file and lets the browser save it. Its size and parts are those of core/run-file. */
export async function saveRun(session: Session, which: SavedWeights): Promise<void> {
  const { run, computer, backend } = session;
  const view = run.log.whole;
  // A link brings less than a file has to hold.
  if (!view || run.sent) return;
  const [
    { makeRunFile, serialiseRunFile },
    { sizeLimit },
    { charactersOf },
    { deviceOf },
    { statedDataset },
    found,
    foundFinished,
  ] = await Promise.all([
    import('../../core/run-file/serialise.ts'),
    import('../../core/run-file/parse.ts'),
    import('../../core/run-file/base64.ts'),
    import('./run-facts.ts'),
    import('../../datasets/stated.ts'),
    weightsToSave(run, which),
    finishedToSave(run, which),
  ]);
  await loadTexts('run');
  const ofWeights = [...found.values(), ...foundFinished.values()].reduce(
    (sum, { length }) => sum + charactersOf(length),
    0,
  );
  const isTooMuch = which === 'usual' && ofWeights > usualLimit;
  const weights = isTooMuch ? emptyMap<NetworkId, Weights>() : found;
  const finishedWeights = isTooMuch ? emptyMap<NetworkId, Weights>() : foundFinished;
  if (!isTooMuch && ofWeights > sizeLimit) {
    session.notices.say('too-large', texts.states.tooLargeToSave(exactText(Math.round(ofWeights / 1e6))), {
      label: texts.states.saveLess,
      run: () => void saveRun(session, which === 'all' ? 'front' : 'none'),
    });
    return;
  }
  const file = makeRunFile(run.log.events, {
    name: nameOf(run.name, view.recipe),
    appVersion,
    note: run.note,
    date: run.origin?.created || new Date().toISOString(),
    device: run.origin?.device ?? (backend ? deviceOf(backend, computer.workers) : null),
    dataset: await statedDataset(view.recipe.dataset),
    ...(run.origin?.from ? { origin: run.origin.from } : {}),
    ...(run.selection.selected === null ? {} : { selected: run.selection.selected }),
    testErrors: run.tests.known,
    transfers: run.sideRuns.transferred,
    finished: run.sideRuns.finished.list,
    weights,
    finishedWeights,
  });
  const carried = weights.size === 0 ? '' : which === 'all' ? '-all-weights' : '-front-weights';
  const name = `lemonade-${view.recipe.dataset}-seed${view.recipe.seed}${carried}.json`;
  const blob = new Blob([serialiseRunFile(file)], { type: 'application/json' });
  download(blob, name);
  const size = valueText('activationBytes', blob.size);
  session.notices.say(
    'saved',
    weights.size > 0
      ? texts.states.savedWith(weights.size, size)
      : texts.states.savedWithout(size, isTooMuch),
    { label: texts.states.saveOtherwise, run: () => (session.page.drawer = 'share') },
    'info',
  );
}

/** Saves any text or picture under `name`. */
export const saveBlob = download;

type Read = { readonly run: OpenedRun } | { readonly problem: string; readonly part: Salvaged | null };

async function read(blob: Blob): Promise<Read> {
  const text = await textOf(blob);
  if (!text.ok) return { problem: text.reason, part: null };
  const parsed = await parseOpened(text.value);
  if (parsed.ok) return { run: parsed.value };
  const { salvageRun } = await import('../../core/run-file/salvage.ts');
  return {
    problem: texts.describeRunFileError(parsed.reason),
    part: salvageRun(text.value, { shapeOf: shapeOfKnown }),
  };
}

/** Shows a file as a replay at its end, and the others laid over it. */
async function showOpened(
  session: Session,
  { file, weights, finishedWeights }: OpenedRun,
  others: readonly OpenedRun[],
  undo: boolean,
) {
  for (const each of [file, ...others.map((other) => other.file)]) registerFromLog(each.events, each.dataset);
  const { author, device, testErrors = [], transfers = [], finished = [] } = file;
  session.show(
    {
      kind: 'file',
      events: file.events,
      name: await givenAnywhere(file.name, file.recipe),
      origin: { note: author.note, created: author.date, device, from: file.origin ?? '' },
      note: author.note,
      weights,
      finishedWeights,
      measured: { testErrors, transfers, finished },
      overlays: others.map(({ file: { name, events }, testErrors: tested }) => ({
        name,
        events,
        testErrors: tested,
      })),
      selected: file.selected ?? null,
      at: 'end',
    },
    undo,
  );
}

const fileNotice = 'file-';

const isOnnx = (file: Blob): file is File => file instanceof File && /\.onnx$/i.test(file.name);

/**
 * Opens files of any kind: ONNX files are held against the run that is there then, or against the one opened with them.
 * True where anything could be shown; see openRuns.
 */
export async function openFiles(session: Session, files: readonly Blob[], undo = false): Promise<boolean> {
  const own = files.filter(isOnnx);
  const runs = files.filter((file) => !isOnnx(file));
  const shown = runs.length > 0 && (await openRuns(session, runs, undo));
  if (own.length === 0) return shown;
  const { importOnnx } = await withTexts('run', import('./import-onnx.ts'));
  void importOnnx(session, own);
  return true;
}

/**
 * Opens run files: one is shown as a replay, several are laid over each other. True where at least one could be
 * read, and `undo` then offers the run that was there back; each that could not says why in the state bar, and offers what of it is sound.
 */
async function openRuns(session: Session, files: readonly Blob[], undo: boolean): Promise<boolean> {
  await loadTexts('run');
  session.notices.forget((key) => key.startsWith(fileNotice));
  const opened: OpenedRun[] = [];
  for (const blob of files) {
    const name = blob instanceof File ? blob.name : '';
    const key = `${fileNotice}${name}`;
    const found = await read(blob);
    if ('run' in found) opened.push(found.run);
    else if (found.part) {
      const { run, generation } = found.part;
      session.notices.say(key, texts.states.partly(name, generation), {
        label: texts.states.openPart,
        run: () => void showOpened(session, run, [], undo),
      });
    } else session.notices.say(key, texts.states.unreadable(name, found.problem));
  }
  const [first, ...others] = opened;
  if (!first) return false;
  await showOpened(session, first, others, undo);
  return true;
}
