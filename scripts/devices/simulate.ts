/**
 * How much faster a search becomes with more devices, by simulation: `npx tsx scripts/devices/simulate.ts [run.json]`.
 * The real pool of trainers is given children whose times were recorded in a run (the site's recording unless another is
 * named), on devices of mixed speed and behind a network, under a clock of our own; prints two tables in Markdown,
 * for generations one after the other and for generations that overlap.
 */
import { readFileSync } from 'node:fs';
import { seeded } from '../../src/core/random.ts';
import { ok } from '../../src/core/result.ts';
import type { SearchEvent } from '../../src/core/search/events.ts';
import type { BackendReport } from '../../src/engine/engine.ts';
import type { TrainedNetwork, TrainingJob } from '../../src/workers/protocol.ts';
import { TrainerPool, type AsyncTrainer, type TrainerConnection } from '../../src/workers/trainer-pool.ts';

/** Speeds of what people bring, as multiples of the host's: phones, tablets, laptops, a desktop. */
const speeds = [0.25, 0.35, 0.5, 0.75, 1, 1, 1.25, 2];
const counts = [1, 4, 16, 30];
const acceptances = [4, 16, 32, 64];
const overlaps = [0, 1];
const generations = 40;
/** Milliseconds of latency, and bytes a second of a shared wireless network, for weights there and back. */
const latencySeconds = 0.03;
const bytesPerSecond = 1_250_000;
const weightBytes = 120_000;

const path = process.argv[2] ?? 'public/recordings/first-visit-whole.json';
const { events } = JSON.parse(readFileSync(path, 'utf8')) as { readonly events: readonly SearchEvent[] };
const { recipe } = events.find((event) => event.type === 'started')!;
/** Children of ordinary generations: starting networks and the last generation have images of their own. */
const seconds = events.flatMap((event) =>
  event.type === 'evaluated' && event.ownImages === recipe.imagesPerChild ? [event.trainSeconds] : [],
);
if (seconds.length === 0) throw new Error(`${path} has no ordinary child`);

/** A clock that only moves from one planned thing to the next. */
class Clock {
  now = 0;
  #planned: { readonly at: number; readonly happen: () => void }[] = [];

  wait(duration: number): Promise<void> {
    return new Promise((happen) => this.#planned.push({ at: this.now + duration, happen }));
  }

  async runUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await new Promise(setImmediate);
      if (isOver()) return;
      this.#planned.sort((a, b) => a.at - b.at);
      const next = this.#planned.shift();
      if (!next) throw new Error('nothing is planned, and the search is not over');
      this.now = next.at;
      next.happen();
    }
  }
}

const report = { kind: 'wasm' } as BackendReport;

/** Children a minute, and the share of all trainers' time in which they waited or trained what another had ready. */
async function simulate(devices: number, accepted: number, overlap: number) {
  const clock = new Clock();
  const random = seeded(`devices ${devices} accepted ${accepted}`);
  const takes = new Map<number, number>();
  const trainer = (speed: number, transfer: number): AsyncTrainer => {
    let cancel = () => {};
    return {
      train: async ({ network }: TrainingJob) => {
        const cancelled = new Promise<void>((resolve) => (cancel = resolve));
        await Promise.race([clock.wait(takes.get(network)! / speed + transfer), cancelled]);
        return ok({ network } as TrainedNetwork);
      },
      cancel: async () => cancel(),
      pause: async () => {},
      resume: async () => {},
    } as unknown as AsyncTrainer;
  };
  const connection = (speed: number, transfer = 0): TrainerConnection => ({
    api: trainer(speed, transfer),
    died: new Promise(() => {}),
    terminate: () => {},
  });
  const pool = new TrainerPool({
    count: 1,
    spawn: () => connection(1),
    prepare: async () => ok(report),
    onRestart: () => {},
    seconds: () => clock.now,
  });
  await pool.prepare();
  pool.knowSpeed(1);
  let power = 1;
  for (let device = 1; device < devices; device++) {
    const speed = speeds[(device * 5) % speeds.length]!;
    power += speed;
    // All share the air: each gets its part of the bandwidth at worst.
    const transfer = 2 * (latencySeconds + weightBytes / (bytesPerSecond / Math.min(devices, 4)));
    pool.lend({ ...connection(speed, transfer), speed });
  }
  let isOver = false;
  let network = 0;
  let work = 0;
  const search = async () => {
    const open: Promise<unknown>[] = [];
    for (let generation = 0; generation < generations; generation++) {
      if (open.length > overlap) await open.shift();
      const jobs = Array.from({ length: accepted }, () => {
        const took = seconds[Math.floor(random.next() * seconds.length)]!;
        takes.set(++network, took);
        work += took;
        return { job: { network, ownImages: 1000 } as TrainingJob, took };
      });
      // The longest first, as the runner orders them.
      jobs.sort((a, b) => b.took - a.took);
      open.push(Promise.all(jobs.map(({ job }) => pool.train(job, () => {}))));
    }
    await Promise.all(open);
    isOver = true;
  };
  void search();
  await clock.runUntil(() => isOver);
  pool.dispose();
  return { perMinute: (60 * network) / clock.now, waste: 1 - work / (power * clock.now), power };
}

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const heading = [
  'children a generation',
  ...counts.map((count) => `${count} ${count === 1 ? 'device' : 'devices'}`),
];
const rule = row(heading.map(() => '---'));
const mean = seconds.reduce((sum, each) => sum + each, 0) / seconds.length;
console.log(
  `${seconds.length} recorded children of ${path}: ${mean.toFixed(1)} s on average, ${Math.min(...seconds).toFixed(1)} to ${Math.max(...seconds).toFixed(1)} s.\n`,
);
let power: readonly number[] = [];
for (const overlap of overlaps) {
  const results: { readonly accepted: number; readonly line: Awaited<ReturnType<typeof simulate>>[] }[] = [];
  for (const accepted of acceptances) {
    const line = [];
    for (const devices of counts) line.push(await simulate(devices, accepted, overlap));
    results.push({ accepted, line });
  }
  power = results[0]!.line.map((each) => each.power);
  const table = (cell: (each: Awaited<ReturnType<typeof simulate>>, one: number) => string) => {
    const body = results.map(({ accepted, line }) =>
      row([accepted, ...line.map((each) => cell(each, line[0]!.perMinute))]),
    );
    console.log([row(heading), rule, ...body, ''].join('\n'));
  };
  console.log(`overlap=${overlap}: children a minute (times one device)\n`);
  table(({ perMinute }, one) => `${perMinute.toFixed(0)} (${(perMinute / one).toFixed(1)})`);
  console.log('Share of the devices’ speed that is not used (waiting, transfer, backups):\n');
  table(({ waste }) => `${Math.abs(100 * waste).toFixed(0)} %`);
}
console.log(
  `All devices together have ${power.map((each) => each.toFixed(1)).join(', ')} times the speed of the first.`,
);
