import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedRun } from './plan.ts';

/** One of `of` parts of a study, counted from 1: each machine carries out its own. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** Reads "3/16". Throws Error on anything else. */
export function parseShard(text: string): Shard {
  const [, number, of] = /^([0-9]+)\/([0-9]+)$/.exec(text)?.map(Number) ?? [];
  if (number === undefined || of === undefined || number < 1 || number > of)
    throw new Error(`--shard ${text}: give a part and how many there are, as in 3/16.`);
  return { number, of };
}

/**
 * The runs of one shard. Together the shards have every run once, and no two differ by more than one run. Runs come in
 * rows of `arms`, one row a seed and data set; each row begins at another arm, so that no shard has the slow searches
 * alone.
 */
export function runsOfShard(
  runs: readonly PlannedRun[],
  arms: number,
  { number, of }: Shard,
): readonly PlannedRun[] {
  const turned = runs.map((_, index) => {
    const row = Math.floor(index / arms);
    const width = Math.min(arms, runs.length - row * arms);
    return runs[row * arms + ((index + row) % width)]!;
  });
  return turned.filter((_, index) => index % of === number - 1);
}

const markerOf = ({ number, of }: Shard): string => `shard-${number}-of-${of}.json`;

/** Leaves word in `folder` that this shard was begun, and of what it consists. */
export const markShard = (
  folder: string,
  plan: string,
  shard: Shard,
  runs: readonly PlannedRun[],
): Promise<void> =>
  writeFile(
    join(folder, markerOf(shard)),
    `${JSON.stringify({ plan, ...shard, runs: runs.map(({ file }) => file) }, null, 2)}\n`,
  );

/** The shards whose word is in `folder`. */
async function begunShards(folder: string): Promise<readonly Shard[]> {
  return (await readdir(folder)).flatMap((name) => {
    const [, number, of] = /^shard-([0-9]+)-of-([0-9]+)\.json$/.exec(name)?.map(Number) ?? [];
    return number === undefined || of === undefined ? [] : [{ number, of }];
  });
}

const named = (runs: readonly PlannedRun[], most = 12): string => {
  const names = runs.map(({ file }) => file.replace(/\.json\.gz$/, ''));
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ');
};

/**
 * What of a study is not in `folder`, one line a shard where it was run in shards, else one line; nothing where all is
 * there.
 */
export async function missingLines(
  planned: readonly PlannedRun[],
  there: readonly PlannedRun[],
  arms: number,
  folder: string,
): Promise<readonly string[]> {
  const have = new Set(there.map(({ file }) => file));
  const isMissing = ({ file }: PlannedRun) => !have.has(file);
  const missing = planned.filter(isMissing);
  if (missing.length === 0) return [];
  const begun = await begunShards(folder);
  const of = Math.max(0, ...begun.map((shard) => shard.of));
  if (of === 0) return [`Missing, ${missing.length} of ${planned.length} runs: ${named(missing)}.`];
  return Array.from({ length: of }, (_, index): Shard => ({ number: index + 1, of })).flatMap((shard) => {
    const own = runsOfShard(planned, arms, shard);
    const gone = own.filter(isMissing);
    if (gone.length === 0) return [];
    const wasBegun = begun.some((each) => each.number === shard.number && each.of === of);
    const how = wasBegun ? 'not finished' : 'not here';
    return [
      `Shard ${shard.number} of ${of} is ${how}, ${gone.length} of ${own.length} runs missing: ${named(gone)}.`,
    ];
  });
}
