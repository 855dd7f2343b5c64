import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { filterPlan, planSchema, runsOf } from '../../scripts/study/plan.ts';
import { writeReport } from '../../scripts/study/report.ts';
import { readRun, writeRun } from '../../scripts/study/run-file-node.ts';
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

it('writes a report of the runs that are there, with and without test errors', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'study-'));
  try {
    const runs = runsOf(filterPlan(plan, { datasets: ['fashion'] }), 'wasm');
    for (const { label, recipe, file } of runs) {
      const { events, state } = driveNetworks(recipe);
      const errors = state.front.map((id) => [id, state.networks[id - 1]!.objectives.error!] as const);
      const tested = new Map(label === 'random' ? [] : errors);
      await writeRun(join(folder, file), label, events, recipe, runFacts.device!.backend, tested);
      expect((await readRun(join(folder, file))).testErrors).toEqual(tested);
    }
    await writeReport(plan, runs, 12, folder, 'plan.json');
    const report = await readFile(join(folder, 'report.md'), 'utf8');
    expect(report).toContain('6 of 12 runs are in this report');
    expect(report).toMatch(/\| lemonade \| 2 \|.*\| 2 of 2 \|/);
    expect(report).toMatch(/\| random \| 2 \|.*\| 0 of 2 \|/);
    expect(report).toContain('- random-4x: ');
    const inShort = report.slice(report.indexOf('## In short'), report.indexOf('## Fashion-MNIST'));
    expect(inShort.match(/^\| (lemonade|random-4x|random) \|.*\d/gm)).toHaveLength(3 + 2 + 1 + 2);
    expect(inShort).toMatch(/\| random-4x \| [(*]*[+−]0\.\d{4} ± 0\.\d{4}, \d of 2/);
    expect(report).toMatch(/Every pair, with test errors:\n\n.*\n.*\n\| lemonade \| random-4x \|/);
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
    for (const name of ['runs', 'curves', 'members', 'pairs', 'attainment'])
      expect(await readFile(join(folder, `fashion-${name}.csv`), 'utf8')).toMatch(/\r\nlemonade|,lemonade/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
