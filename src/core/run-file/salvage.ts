import * as v from 'valibot';
import type { SearchEvent } from '../search/events.ts';
import { networkProblem } from '../search/network-problem.ts';
import type { Problem } from '../search/problem.ts';
import { foldChecked } from './check.ts';
import { parseRunFile, sizeLimit, type OpenedRun, type ParseOptions } from './parse.ts';
import { migrate } from './migrations.ts';
import { eventSchema, runFormat, runVersion, type RunDataset } from './schema.ts';
import { makeRunFile } from './serialise.ts';

/** What can still be read of a damaged file: its log up to the last whole generation before the first fault. */
export interface Salvaged {
  readonly run: OpenedRun;
  readonly generation: number;
}

type Json = Readonly<Record<string, unknown>>;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The file's JSON; of a text that breaks off (a download cut short) the part up to its last whole line. */
function readable(text: string): Json | null {
  const end = text.lastIndexOf(',\n');
  const found = parsed(text) ?? parsed(`${text.slice(0, end)}]}`) ?? parsed(`${text.slice(0, end)}}`);
  return typeof found === 'object' && found !== null ? (found as Json) : null;
}

/** The events before the first that is not one, or that cannot follow those before it. */
function soundEvents(events: readonly unknown[], problem: Problem): readonly SearchEvent[] {
  const shaped: SearchEvent[] = [];
  for (const event of events) {
    const parsed = v.safeParse(eventSchema, event);
    if (!parsed.success) break;
    shaped.push(parsed.output);
  }
  return shaped.slice(0, foldChecked(shaped, problem).folded);
}

/** Where a run was gone on with after its end, that end stands in the middle of its stored log: it is no end any more. */
const withoutPastEnds = (events: readonly unknown[]): readonly unknown[] =>
  events.filter(
    (event, index) => index === events.length - 1 || (event as Json | null)?.['type'] !== 'finished',
  );

/**
 * The sound beginning of a stored log: all of it, or, where an event is none or cannot follow, its whole generations
 * before that. Empty where not one is whole. Ends after which the run was gone on with are left out.
 */
export function soundLog(
  events: readonly unknown[],
  problem: Problem = networkProblem,
): readonly SearchEvent[] {
  const stored = withoutPastEnds(events);
  const sound = soundEvents(stored, problem);
  if (sound.length === stored.length) return sound;
  return sound.slice(0, sound.findLastIndex(({ type }) => type === 'competed') + 1);
}

/** Those entries of a table that speak of one of the first `networks`. */
const speakingOf = (table: unknown, networks: number): readonly unknown[] =>
  Array.isArray(table)
    ? table.filter(
        (entry: Json | null) => typeof entry?.['network'] === 'number' && entry['network'] <= networks,
      )
    : [];

/**
 * The sound beginning of a run file that parseRunFile refuses, as a run of its own; null where not even one
 * generation is whole, or what stands outside the log is damaged. Never throws. Transferred cells are left out.
 */
export function salvageRun(text: string, options: ParseOptions = {}): Salvaged | null {
  try {
    return salvaged(text, options);
  } catch {
    // Values nested so deep that the stack does not reach them.
    return null;
  }
}

function salvaged(text: string, options: ParseOptions): Salvaged | null {
  const found = text.length > sizeLimit ? null : readable(text);
  const version = found?.['version'];
  if (found?.['format'] !== runFormat || typeof version !== 'number' || version > runVersion) return null;
  const json = migrate(found, version);
  if (!Array.isArray(json['events'])) return null;
  const problem = options.problem ?? networkProblem;
  const sound = soundEvents(json['events'], problem);
  const last = sound.findLastIndex(({ type }) => type === 'competed');
  const end = sound[last];
  if (end?.type !== 'competed') return null;
  const log = sound.slice(0, last + 1);
  const facts = { name: '', appVersion: '', note: '', date: '', device: null };
  const restated = makeRunFile(log, { ...facts, dataset: json['dataset'] as RunDataset }, problem);
  const { transfers: _, selected: __, ...rest } = json;
  const whole = {
    ...rest,
    version: runVersion,
    recipe: restated.recipe,
    hypervolume: restated.hypervolume,
    networks: restated.networks,
    events: restated.events,
    testErrors: speakingOf(json['testErrors'], restated.networks.length),
    weights: speakingOf(json['weights'], restated.networks.length),
    finished: speakingOf(json['finished'], restated.networks.length),
    finishedWeights: speakingOf(json['finishedWeights'], restated.networks.length),
  };
  const opened = parseRunFile(JSON.stringify(whole), options);
  return opened.ok ? { run: opened.value, generation: end.generation } : null;
}
