import { fail, ok, type Result } from '../../core/result.ts';
import type { DigestScope } from '../../core/run-file/run-digest.ts';
import type { RunDataset, RunDevice } from '../../core/run-file/schema.ts';
import type { Told } from '../../core/run-file/told.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';
import { isOwnId, type Recipe } from '../../core/search/recipe.ts';
import { statedDataset } from '../../datasets/stated.ts';
import { firstBytes, parseOpened } from './files.ts';
import { deviceOf } from './run-facts.ts';
import { givenAnywhere } from './run-name.ts';
import type { Session } from './session.svelte.ts';
import { appVersion } from './version.ts';

/*
 * A result in the address: a digest of the run (core/run-file/run-digest.ts) and what a run file says of it, deflated, as
 * base64 with - and _. Nothing is fetched. Its version is the digest's; a link without one is older and has a log.
 */

/** Characters that a result may take: some programs cut longer links. [ours] */
const longest = 8000;
const bytesLimit = 4 * 1024 * 1024;

/** What a link says besides its digest; what is usual is left out. */
interface LinkFacts {
  /** As given by hand. */
  readonly name?: string;
  readonly note?: string;
  readonly date: string;
  readonly device?: RunDevice | null;
  /** Of own pictures; what comes with the site is known. */
  readonly dataset?: RunDataset;
  readonly selected?: NetworkId;
}

interface Linked extends LinkFacts {
  readonly v: number;
  readonly digest: unknown;
}

/** Links made before November 28th 2026: the log of the last front and its ancestors, numbered anew. */
interface OldLinked extends LinkFacts {
  readonly evaluated: number;
  readonly events: readonly SearchEvent[];
}

/** What was read of a link. */
export interface LinkedResult {
  readonly name: string;
  readonly note: string;
  readonly date: string;
  readonly device: RunDevice | null;
  readonly dataset: RunDataset;
  readonly recipe: Recipe;
  readonly selected: NetworkId | null;
  readonly scope: DigestScope | 'renumbered';
  /** Networks that are here, and those that were evaluated in the whole run. */
  readonly kept: number;
  readonly of: number;
  /** For LogFold, with what they do not say. */
  readonly events: readonly SearchEvent[];
  readonly told: readonly Told[];
}

export type LinkProblem = 'damaged' | 'newer';

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

/**
 * What `result=` says in a link to a log: all its networks, or as many as fit into `limit` characters (digestScopes). Its length where not even
 * the last front does; 0 where there is no front yet.
 */
export async function packedResult(
  events: readonly SearchEvent[],
  facts: LinkFacts,
  limit = longest,
): Promise<Result<string, number>> {
  const { digestOf, digestScopes, digestVersion } = await import('../../core/run-file/run-digest.ts');
  let length = 0;
  for (const scope of digestScopes) {
    const digest = digestOf(events, scope);
    if (!digest) return fail(0);
    const has = digest.g.some(({ n }) => n.some(([id]) => id === facts.selected));
    const { selected, ...others } = facts;
    const linked: Linked = { v: digestVersion, ...others, ...(has ? { selected: selected! } : {}), digest };
    const text = await packed(JSON.stringify(linked));
    if (text.length <= limit) return ok(text);
    length = text.length;
  }
  return fail(length);
}

/** The same of the run that is shown; one that came by a link is sent on as it came. */
export async function resultOf(session: Session): Promise<Result<string, number>> {
  const { run, backend, computer } = session;
  if (run.link) return ok(run.link);
  const { dataset } = run.recipe;
  const { selected } = run.selection;
  return packedResult(run.log.events, {
    name: await givenAnywhere(run.name, run.recipe),
    note: run.note,
    date: run.origin?.created || new Date().toISOString(),
    device: run.origin?.device ?? (backend ? deviceOf(backend, computer.workers) : null),
    ...(isOwnId(dataset) ? { dataset: await statedDataset(dataset) } : {}),
    ...(selected === null ? {} : { selected }),
  });
}

/** What `result=` in a link tells, checked as a file is: what comes from a link may be anything. */
export async function readResult(text: string): Promise<Result<LinkedResult, LinkProblem>> {
  const json = await unpacked(text);
  if (json === null) return fail('damaged');
  try {
    const linked = JSON.parse(json) as Linked | OldLinked;
    const { digestVersion } = await import('../../core/run-file/run-digest.ts');
    if ('v' in linked && linked.v > digestVersion) return fail('newer');
    const found = 'v' in linked ? await readDigest(linked) : await readOld(linked);
    return found ? ok(found) : fail('damaged');
  } catch {
    return fail('damaged');
  }
}

/** The log as a file has it, and what stands beside it; null where a file would be refused. */
async function checked(events: readonly SearchEvent[], linked: LinkFacts, selected?: NetworkId) {
  const { name = '', note = '', date, device = null } = linked;
  const started = events.find((event) => event.type === 'started');
  if (!started) return null;
  const dataset = linked.dataset ?? (await statedDataset(started.recipe.dataset));
  const { makeRunFile, serialiseRunFile } = await import('../../core/run-file/serialise.ts');
  const facts = { name, note, date, device, dataset, appVersion };
  const file = makeRunFile(events, { ...facts, ...(selected === undefined ? {} : { selected }) });
  const parsed = await parseOpened(serialiseRunFile(file));
  return parsed.ok ? parsed.value.file : null;
}

async function readDigest(linked: Linked): Promise<LinkedResult | null> {
  const { logOfDigest, withOwnNumbers } = await import('../../core/run-file/digest-log.ts');
  const log = logOfDigest(linked.digest);
  const file = log && (await checked(log.events, linked));
  if (!file) return null;
  const { name, author, device, dataset, recipe } = file;
  const { selected = null } = linked;
  return {
    ...{ name, note: author.note, date: author.date, device, dataset, recipe },
    selected: selected !== null && log.ids.includes(selected) ? selected : null,
    scope: log.scope,
    kept: log.ids.length,
    of: log.told.at(-1)?.trained ?? log.ids.length,
    events: withOwnNumbers({ ...log, events: file.events }),
    told: log.told,
  };
}

async function readOld(linked: OldLinked): Promise<LinkedResult | null> {
  const { events, evaluated } = linked;
  const file = await checked(events, linked, linked.selected);
  if (!file || !Number.isSafeInteger(evaluated)) return null;
  const { name, author, device, dataset, recipe, selected = null, networks } = file;
  const generations = events.filter(({ type }) => type === 'generation').length;
  // Only of its end the number of networks is known.
  const told = Array.from({ length: generations + 1 }, (_, at) =>
    at === generations ? { trained: evaluated } : {},
  );
  return {
    ...{ name, note: author.note, date: author.date, device, dataset, recipe, selected },
    ...{ scope: 'renumbered', kept: networks.length, of: evaluated, events: file.events, told },
  };
}
