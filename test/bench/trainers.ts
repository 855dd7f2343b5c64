import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SearchEvent } from '../../src/core/search/events.ts';

/**
 * One trainer against two: a whole search in Chromium, through the code a visitor uses, with each in turn.
 *   npx tsx test/bench/trainers.ts ["dataset=mnist&seed=1"] [rounds = 2]
 * Prints seconds of the run's own clock, and what two could be at best: a generation ends with its last child, so the
 * jobs of each, as the first run's trainer timed them, are dealt to two trainers in the order in which the page does it.
 */
const recipe = process.argv[2] ?? 'dataset=mnist&seed=1';
const rounds = Number(process.argv[3] ?? 2);
const folder = mkdtempSync(join(tmpdir(), 'trainers-'));

function run(workers: number): readonly SearchEvent[] {
  const out = join(folder, 'run.json');
  const order = `${recipe}&backend=wasm&workers=${workers}`;
  const ended = spawnSync('npx', ['tsx', 'scripts/search.ts', '--recipe', order, '--out', out], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (ended.status !== 0) throw new Error(String(ended.stderr));
  return (JSON.parse(readFileSync(out, 'utf8')) as { readonly events: readonly SearchEvent[] }).events;
}

/** Seconds that each network of a generation trained, in order of generations. */
function trainingTimes(events: readonly SearchEvent[]): readonly (readonly number[])[] {
  const bornIn = new Map<number, number>();
  const times: number[][] = [];
  for (const event of events) {
    if (event.type === 'seeded') bornIn.set(event.network, 0);
    if (event.type === 'accepted') bornIn.set(event.network, event.generation);
    if (event.type === 'evaluated') (times[bornIn.get(event.network)!] ??= []).push(event.trainSeconds);
  }
  return times;
}

/** Seconds of a generation on two trainers: the lightest first, then the longest (search-runner's inTrainingOrder). */
function onTwo(times: readonly number[]): number {
  const longest = [...times].sort((a, b) => b - a);
  const ends = [0, 0];
  for (const time of [...longest.slice(-1), ...longest.slice(0, -1)])
    ends[ends[0]! <= ends[1]! ? 0 : 1]! += time;
  return Math.max(...ends);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const seconds = new Map<number, number[]>([
  [1, []],
  [2, []],
]);
let bound = 0;
for (let round = 0; round < rounds; round++)
  for (const workers of [1, 2]) {
    const events = run(workers);
    const took = events.at(-1)!.seconds;
    seconds.get(workers)!.push(took);
    if (workers === 1 && bound === 0) {
      const generations = trainingTimes(events);
      bound = sum(generations.map(sum)) / sum(generations.map(onTwo));
    }
    console.log(`${workers} ${workers === 1 ? 'trainer' : 'trainers'}: ${took.toFixed(1)} s`);
  }
const [one, two] = [1, 2].map((workers) => sum(seconds.get(workers)!) / rounds);
console.log(
  `two trainers ${(one! / two!).toFixed(2)} times one; at best ${bound.toFixed(2)}, as generations wait for their last child`,
);
