import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planSchema, runsOf } from '../../scripts/study/plan.ts';
import { markShard, missingLines, parseShard, runsOfShard } from '../../scripts/study/shard.ts';

const plan = v.parse(planSchema, {
  name: 'shards',
  datasets: ['digits', 'fashion'],
  seeds: [1, 2, 3, 4],
  strategies: ['lemonade', 'random', 'starts-only'],
});
const runs = runsOf(plan, 'wasm');
const arms = plan.strategies.length;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shards-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a shard', () => {
  it.each(['', '3', '0/3', '4/3', '1/0', '-1/3', '1/3/5', 'a/b', '1.5/2'])('is refused: "%s"', (text) => {
    expect(() => parseShard(text)).toThrow('give a part and how many there are, as in 3/16');
  });

  it('is read', () => {
    expect(parseShard('3/16')).toEqual({ number: 3, of: 16 });
  });

  it('has every run once among all, and as many as any other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: runs.length }), (of, length) => {
        const some = runs.slice(0, length);
        const parts = Array.from({ length: of }, (_, index) =>
          runsOfShard(some, arms, { number: index + 1, of }),
        );
        expect(parts.flat().map(({ file }) => file)).toHaveLength(length);
        expect(new Set(parts.flat())).toEqual(new Set(some));
        const sizes = parts.map((part) => part.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('has not one search alone where there are as many shards as searches', () => {
    for (const number of [1, 2, 3]) {
      const labels = runsOfShard(runs, arms, { number, of: arms }).map(({ label }) => label);
      expect(new Set(labels).size).toBe(arms);
    }
  });
});

describe('what is missing', () => {
  it('is nothing where all is there', async () => {
    expect(await missingLines(runs, runs, arms, folder)).toEqual([]);
  });

  it('is said by name where the study was not in shards', async () => {
    expect(await missingLines(runs, runs.slice(2), arms, folder)).toEqual([
      'Missing, 2 of 24 runs: digits-lemonade-1, digits-random-1.',
    ]);
  });

  it('is said shard by shard, whether one was begun or is not here at all', async () => {
    const of = 12;
    const parts = [1, 2, 3].map((number) => runsOfShard(runs, arms, { number, of }));
    await markShard(folder, plan.name, { number: 1, of }, parts[0]!);
    await markShard(folder, plan.name, { number: 2, of }, parts[1]!);
    const gone = new Set([parts[1]![1]!, ...parts[2]!]);
    const there = runs.filter((run) => !gone.has(run));
    const nameOf = (run: (typeof runs)[number]) => run.file.replace('.json.gz', '');
    expect(await missingLines(runs, there, arms, folder)).toEqual([
      `Shard 2 of 12 is not finished, 1 of 2 runs missing: ${nameOf(parts[1]![1]!)}.`,
      `Shard 3 of 12 is not here, 2 of 2 runs missing: ${parts[2]!.map(nameOf).join(', ')}.`,
    ]);
  });
});

it('is named by the number that Slurm gives to a task of an array', async () => {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'npm'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  const run = (env: Record<string, string>) =>
    promisify(execFile)('bash', ['scripts/cluster/slurm.sh', 'a plan.json', 'out'], {
      env: { PATH: `${bin}:${process.env.PATH}`, ...env },
    });
  const { stdout } = await run({
    SLURM_ARRAY_TASK_ID: '3',
    SLURM_ARRAY_TASK_MAX: '16',
    SLURM_CPUS_PER_TASK: '2',
  });
  expect(stdout.trim().split('\n').slice(3)).toEqual([
    ...['--', '--plan', 'a plan.json', '--out', 'out', '--shard', '3/16', '--jobs', '2'],
  ]);
  await expect(run({})).rejects.toThrow('submit as an array from 1');
});

it('makes of three folders what one machine makes alone, byte for byte', async () => {
  const path = join(folder, 'plan.json');
  const tiny = {
    name: 'tiny',
    datasets: ['digits'],
    seeds: [1, 2],
    strategies: ['lemonade', 'random', 'starts-only'],
    recipe: {
      generations: 1,
      proposals: 4,
      accepted: 1,
      imagesPerSeed: 40,
      imagesPerChild: 40,
      imagesFinal: 0,
    },
  };
  await writeFile(path, JSON.stringify(tiny));
  const study = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/study.ts', '--plan', path, ...args]);
  const [whole, merged] = ['whole', 'merged'].map((name) => join(folder, name));
  await study('--out', whole!);
  await mkdir(merged!);
  for (const number of [1, 2, 3]) {
    const part = join(folder, `part-${number}`);
    await study('--out', part, '--shard', `${number}/3`, '--jobs', '1');
    expect((await readdir(part)).filter((name) => name.endsWith('.json.gz'))).toHaveLength(2);
    if (number < 3) {
      await cp(part, merged!, { recursive: true });
      continue;
    }
    const { stderr } = await study('--out', merged!, '--only', 'report');
    expect(stderr).toContain('Shard 3 of 3 is not here, 2 of 2 runs missing: ');
    expect(await readFile(join(merged!, 'report.md'), 'utf8')).toContain('Shard 3 of 3 is not here');
    await cp(part, merged!, { recursive: true });
  }
  await study('--out', merged!, '--only', 'report');
  const tables = (await readdir(whole!)).filter((name) => name.endsWith('.csv'));
  expect(tables).toContain('digits-runs.csv');
  expect(tables).toContain('differences.csv');
  for (const name of tables)
    expect(await readFile(join(merged!, name), 'utf8'), name).toBe(
      await readFile(join(whole!, name), 'utf8'),
    );
  expect(await readFile(join(merged!, 'report.md'), 'utf8')).not.toContain('What is missing');
}, 300_000);
