import { fail, ok, type Result } from '../../core/result.ts';
import type { RunDataset, RunDevice } from '../../core/run-file/schema.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import { statedDataset } from '../../datasets/stated.ts';
import { loadTexts, texts } from '../text/texts.ts';
import type { PageState } from './address.ts';
import { firstBytes, parseOpened, showOpened } from './files.ts';
import { deviceOf } from './run-facts.ts';
import { nameOf } from './run-name.ts';
import type { Session } from './session.svelte.ts';
import { appVersion } from './version.ts';

/*
 * A result in the address: a run file without what can be made again from its log, of the front and its ancestors only,
 * deflated, as base64 with - and _. Who opens it sees a replay like that of a file; nothing is fetched.
 */

/** Characters that a result may take: some programs cut longer links. [ours] */
const longest = 8000;
const bytesLimit = 4 * 1024 * 1024;

interface Linked {
  readonly name: string;
  readonly note: string;
  readonly date: string;
  readonly device: RunDevice | null;
  readonly dataset: RunDataset;
  readonly selected?: NetworkId;
  /** Networks of the whole run that were evaluated. */
  readonly evaluated: number;
  readonly events: readonly SearchEvent[];
}

/** Text for an address: deflated, as base64 with - and _. */
export async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The text again; null where it is none, or too much. */
export async function unpacked(packed: string): Promise<string | null> {
  try {
    const letters = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return (await (await firstBytes(stream, bytesLimit))?.text()) ?? null;
  } catch {
    return null;
  }
}

/** What `result=` says in a link to the run that is shown; its length where that is too long for a link. */
export async function resultOf(session: Session): Promise<Result<string, number>> {
  const { run, backend, computer } = session;
  if (run.link) return ok(run.link);
  const { lineageLog } = await import('../../core/run-file/lineage-log.ts');
  const { events, numbers, evaluated } = lineageLog(run.log.events);
  const selected = numbers.get(run.selection.selected ?? 0);
  const linked: Linked = {
    name: nameOf(run.name, run.recipe),
    note: run.note,
    date: run.origin?.created || new Date().toISOString(),
    device: run.origin?.device ?? (backend ? deviceOf(backend, computer.workers) : null),
    dataset: await statedDataset(run.recipe.dataset),
    ...(selected === undefined ? {} : { selected }),
    evaluated,
    events,
  };
  const text = await packed(JSON.stringify(linked));
  return text.length <= longest ? ok(text) : fail(text.length);
}

/** Shows the result of a link as a replay, and offers the same search here; a damaged one says so. */
export async function openResult(session: Session, text: string, page: PageState): Promise<void> {
  await loadTexts('run');
  const opened = await readResult(text);
  if (!opened) {
    session.notices.say('result-link', texts.states.linkDamaged);
    return;
  }
  showOpened(session, opened.run, [], false, text);
  if (page.selected !== null) session.look(page);
  const { recipe } = session.run;
  session.notices.say(
    'result-link',
    texts.states.fromLink(opened.run.file.networks.length, opened.evaluated),
    {
      label: texts.states.runHere,
      run: () => {
        session.change(recipe);
        session.play();
      },
    },
    'info',
  );
}

/** What `result=` in a link tells, checked as a file is: what comes from a link may be anything. Null where it is damaged. */
export async function readResult(text: string) {
  const json = await unpacked(text);
  if (json === null) return null;
  try {
    const { name, note, date, device, dataset, selected, evaluated, events } = JSON.parse(json) as Linked;
    const { makeRunFile, serialiseRunFile } = await import('../../core/run-file/serialise.ts');
    const facts = { name, note, date, device, dataset, appVersion };
    const file = makeRunFile(events, { ...facts, ...(selected === undefined ? {} : { selected }) });
    const parsed = await parseOpened(serialiseRunFile(file));
    if (!parsed.ok || !Number.isSafeInteger(evaluated)) return null;
    return { run: parsed.value, evaluated };
  } catch {
    return null;
  }
}
