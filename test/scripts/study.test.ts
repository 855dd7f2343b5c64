import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitText } from '../../scripts/study/commit.ts';
import { differenceText } from '../../scripts/study/differences.ts';
import { filterPlan, planSchema, runsOf } from '../../scripts/study/plan.ts';
import { writeReport } from '../../scripts/study/report.ts';
import { writeRetrained, type RetrainedFile } from '../../scripts/study/retrained.ts';
import { readRun, writeRun } from '../../scripts/study/run-file-node.ts';
import { readSet } from '../../scripts/study/study-set.ts';
import { describe as describeArchitecture } from '../../src/core/architecture/describe.ts';
import { measures, networksToTest } from '../../src/core/compare/measures.ts';
import { infer } from '../../src/core/metrics/inference.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import type { NetworkRecord } from '../../src/core/search/network-record.ts';
import { driveNetworks } from '../support/network-search.ts';
import { runFacts } from '../support/run-files.ts';

const plan = v.parse(planSchema, {
  name: 'test',
  datasets: ['fashion', 'digits'],
  seeds: [1, 2],
  strategies: [
    'lemonade',
    { label: 'random-4x', strategy: 'random', recipe: { imagesPerChild: 4000 } },
    'random',
  ],
  recipe: { generations: 2, proposals: 8, accepted: 3 },
});

/** As if `members` had been trained again. */
const retrainedFile = (run: string, members: readonly NetworkRecord[]): RetrainedFile => ({
  run,
  dataset: { id: 'fashion', checksum: 'x', trainCount: 10_000, testCount: 2000 },
  seed: 1,
  settings: { images: 500, batch: 8, rate: 0.1, weightDecay: 0, augment: 'none', warmupShare: 0.05 },
  validationImages: 0,
  planned: members.map(({ id }) => id),
  networks: members.map(({ id, architecture, objectives }) => ({
    network: id,
    architecture: describeArchitecture(architecture),
    parameters: objectives.parameters!,
    images: 504,
    testError: objectives.error! / 2,
    seconds: 1,
  })),
});

describe('a part of a plan', () => {
  it('has the arms, data sets and seeds that are named, in the order of the plan', () => {
    const part = filterPlan(plan, { arms: ['random-4x', 'lemonade'], datasets: ['fashion'], seeds: ['2'] });
    expect(runsOf(part, 'wasm').map(({ file }) => file)).toEqual([
      'fashion-lemonade-2.json.gz',
      'fashion-random-4x-2.json.gz',
    ]);
    expect(filterPlan(plan, {})).toEqual(plan);
  });

  it('is refused where a name is not in the plan', () => {
    expect(() => filterPlan(plan, { arms: ['lemon'] })).toThrow(
      '"lemon" is not in the plan; it has lemonade',
    );
    expect(() => filterPlan(plan, { seeds: ['3'] })).toThrow('it has 1, 2');
  });
});

describe('a report', () => {
  let folder: string;
  let report: string;
  const planned = { ...plan, hypotheses: ['H1: lemonade is ahead of random.'] };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'study-'));
    const runs = runsOf(filterPlan(planned, { datasets: ['fashion'] }), 'wasm');
    for (const { label, recipe, file } of runs) {
      const { events, state } = driveNetworks(recipe);
      const asked = networksToTest(viewOf(events)!);
      const errors = asked.map(({ id, objectives }) => [id, objectives.error! + 0.01] as const);
      const tested = new Map(label === 'random' ? [] : errors);
      await writeRun(join(folder, file), label, events, recipe, runFacts.device!.backend, tested);
      expect((await readRun(join(folder, file))).testErrors).toEqual(tested);
      const members = state.front.slice(0, 2).map((id) => state.networks[id - 1]!);
      if (label !== 'random-4x') await writeRetrained(join(folder, file), retrainedFile(file, members));
    }
    await writeReport(
      planned,
      runs,
      ['Shard 2 of 2 is not here.'],
      12,
      folder,
      'docs/plans/fifty-thousand.json',
    );
    report = await readFile(join(folder, 'report.md'), 'utf8');
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('says what was planned, and when, and how much of it is there', () => {
    expect(report).toContain('6 of 12 runs are in this report');
    expect(report).toContain('- H1: lemonade is ahead of random.');
    expect(report).toMatch(
      /--plan docs\/plans\/fifty-thousand.json --out FOLDER`( \(the plan as of commit .*\))?; 6 of/,
    );
    expect(report).toContain('What is missing:\n\n- Shard 2 of 2 is not here.');
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('holds the first search against every other, where both have what is measured', () => {
    const difference =
      /[+−]\d\.\d{4} \[−?\d+\.\d{4}, −?\d+\.\d{4}\], p (< )?0?1?\.\d{3} \(Holm .*\), \d of 2/;
    const rows = (heading: string) =>
      report.split(`${heading}:\n\n`)[1]!.split('\n\n')[0]!.split('\n').slice(2);
    const tested = rows('Hypervolume, with test errors');
    expect(tested).toHaveLength(1);
    expect(tested[0]).toMatch(/^\| random-4x \| /);
    expect(tested[0]).toMatch(difference);
    const validated = rows('Hypervolume from 3,000 parameters, with validation errors');
    expect(validated.map((row) => row.split(' | ')[0])).toEqual(['| random-4x', '| random']);
    for (const row of validated) expect(row).toMatch(difference);
    const again = rows(
      'Lowest error, with test errors of the networks trained again (in points; less than 0 is better)',
    );
    expect(again.map((row) => row.split(' | ')[0])).toEqual(['| random']);
  });

  it('has a table of every measure, and of the networks that were trained again', () => {
    expect(report).toMatch(/\| lemonade \| 2 \|.*\| 2 of 2 \|/);
    expect(report).toMatch(/\| random \| 2 \|.*\| 0 of 2 \|/);
    expect(report).toContain('- random-4x: ');
    expect(report).toContain('2,000 images: ');
    expect(report).toMatch(/From scratch, 500 images each .* of the 10,000 of the whole training part/);
    expect(report).toContain('The best of all 8 networks that were trained again');
  });

  it('has its numbers in files', async () => {
    const text = (name: string) => readFile(join(folder, name), 'utf8');
    for (const name of ['runs', 'curves', 'members', 'pairs', 'attainment'])
      expect(await text(`fashion-${name}.csv`)).toMatch(/\r\nlemonade|,lemonade/);
    expect(await text('measures.csv')).toContain('\r\nFashion-MNIST,lemonade,1,');
    expect(await text('differences.csv')).toContain(
      '\r\nFashion-MNIST,test,hypervolume,lemonade,random-4x,2,',
    );
    expect((await text('retrained.csv')).match(/\r\nFashion-MNIST,/g)).toHaveLength(8);
  });
});

const hasGit = spawnSync('git', ['--version']).status === 0;

it.skipIf(!hasGit)('names the commit of a plan, and says where it was changed since', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'study-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  const path = join(folder, 'plan.json');
  try {
    await writeFile(path, '{}');
    expect(await commitText(path)).toBe('');
    git('init', '--quiet');
    expect(await commitText(path)).toBe('');
    git('add', 'plan.json');
    git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '-m', 'Plan');
    const commit = git('log', '-1', '--format=%h');
    expect(await commitText(path)).toBe(`as of commit ${commit}`);
    await writeFile(path, '{"name":"other"}');
    expect(await commitText(path)).toBe(`as of commit ${commit}, changed since`);
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('a difference in words', () => {
  const differences = [0.01, 0.02, 0.03, 0.02];
  const found = { opponent: 'b', inference: infer(differences)!, holm: 0.04 };

  it('has mean, interval, p, its correction and who is ahead', () => {
    // t = 0.02 / (0.008165 / 2) = 4.899 with 3 degrees of freedom; 3.1824 standard errors to each side.
    expect(differenceText(found, measures[0])).toBe(
      '**+0.0200 [0.0070, 0.0330], p 0.016 (Holm 0.040), 4 of 4**',
    );
  });

  it('is in points of error, where less is better', () => {
    const plain = { ...found, holm: 0.2 };
    expect(differenceText(plain, measures[7])).toBe('+2.00 [0.70, 3.30], p 0.016 (Holm 0.200), 0 of 4');
  });
});

it('ignores what was trained of another run of the same name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'study-'));
  try {
    const [run] = runsOf(filterPlan(plan, { datasets: ['fashion'] }), 'wasm');
    const { events, state } = driveNetworks(run!.recipe);
    const path = join(folder, run!.file);
    await writeRun(path, run!.label, events, run!.recipe, runFacts.device!.backend, new Map());
    const file = retrainedFile(run!.file, [state.networks[0]!]);
    const retrained = async () => (await readSet([run!], 'fashion', folder))!.runs[0]!.retrained;
    await writeRetrained(path, file);
    expect(await retrained()).toEqual(file);
    await writeRetrained(path, { ...file, planned: [1, 2] });
    expect(await retrained()).toBeNull();
    const [network] = file.networks;
    await writeRetrained(path, { ...file, networks: [{ ...network!, architecture: 'another' }] });
    expect(await retrained()).toBeNull();
  } finally {
    await rm(folder, { recursive: true });
  }
});
