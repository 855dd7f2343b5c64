import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { nodeEngine, readData, searchInNode } from '../../scripts/node-search.ts';
import { planSchema, runsOf } from '../../scripts/study/plan.ts';
import { retrainRun } from '../../scripts/study/retrain.ts';
import { isComplete, readRetrained, spreadInSize, writeRetrained } from '../../scripts/study/retrained.ts';
import { writeRun } from '../../scripts/study/run-file-node.ts';
import { parseDescription } from '../../src/core/architecture/describe.ts';
import { parameterCount } from '../../src/core/architecture/cost.ts';
import { loadTest, loadTraining } from '../../src/datasets/load.ts';
import { retrain, retrainSchedule } from '../../src/engine/retrain.ts';
import { unwrap } from '../datasets/files.ts';
import { runFacts } from '../support/run-files.ts';

const plan = v.parse(planSchema, {
  name: 'test',
  datasets: ['digits'],
  seeds: [1],
  strategies: ['lemonade'],
  recipe: {
    ...{ generations: 1, proposals: 6, accepted: 2, imagesPerChild: 64, imagesPerSeed: 64 },
    ...{ imagesDistilled: 8, batch: 8, rate: 0.1 },
  },
  retrain: { images: 1500, members: 2, batch: 16 },
});

describe('members spread in size', () => {
  const of = (...sizes: number[]) => sizes.map((parameters) => ({ parameters }));

  it('are the ends and those nearest to equal steps of log size', () => {
    // Between 100 and 10,000 the step of a limit of three is at 1,000: 800 is nearer than 2,000 on a log axis.
    expect(spreadInSize(of(10_000, 2000, 800, 100, 9000), 3)).toEqual(of(100, 800, 10_000));
    expect(spreadInSize(of(1, 100, 101, 102, 10_000), 4)).toEqual(of(1, 100, 102, 10_000));
  });

  it('are all where there are no more, and the largest where one is wanted', () => {
    expect(spreadInSize(of(3, 1, 2), 3)).toEqual(of(1, 2, 3));
    expect(spreadInSize(of(3, 1, 2), Infinity)).toEqual(of(1, 2, 3));
    expect(spreadInSize(of(3, 1, 2), 1)).toEqual(of(3));
  });
});

describe('a run of a study whose front is trained again', () => {
  let folder: string;
  let path: string;
  const [run] = runsOf(plan, 'wasm');
  const order = () => ({ run: run!, path, plan: plan.retrain! });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'retrain-'));
    path = join(folder, run!.file);
    const { events } = await searchInNode(run!.recipe);
    await writeRun(path, 'test', events, run!.recipe, runFacts.device!.backend, new Map());
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it('has the test error of a long training from scratch on the whole training part', async () => {
    expect(await retrainRun(order())).toContain('2 of 2 networks trained again');
    const file = (await readRetrained(path))!;
    expect(file).toMatchObject({
      run: 'digits-lemonade-1.json.gz',
      dataset: { id: 'digits', trainCount: 1380, testCount: 417 },
      settings: { images: 1500, batch: 16, rate: 0.1, warmupShare: 0.05 },
      seed: 1,
    });
    expect(isComplete(file)).toBe(true);
    const parts = {
      train: unwrap(await loadTraining('digits', readData)),
      test: unwrap(await loadTest('digits', readData)),
    };
    const { network, architecture, parameters, images, testError } = file.networks[1]!;
    const parsed = unwrap(parseDescription(architecture));
    expect(parameterCount(parsed)).toBe(parameters);
    expect(images).toBe(1504);
    const again = await retrain(await nodeEngine(), parsed, parts, file.settings, `1/retrain/${network}`);
    expect(unwrap(again).evaluation.error).toBe(testError);
    expect(testError).toBeLessThan(0.3);
  });

  it('is gone on with network by network, and begun anew with other settings', async () => {
    const whole = (await readRetrained(path))!;
    await writeRetrained(path, { ...whole, networks: whole.networks.slice(0, 1) });
    expect(await retrainRun(order())).toContain('1 of 2 networks trained again');
    const untimed = ({ networks }: typeof whole) => networks.map((each) => ({ ...each, seconds: 0 }));
    expect(untimed((await readRetrained(path))!)).toEqual(untimed(whole));
    expect(await retrainRun(order())).toContain('0 of 2');
    const other = { ...order(), plan: { ...plan.retrain!, images: 64 } };
    expect(await retrainRun(other)).toContain('2 of 2');
    expect((await readRetrained(path))!.networks.map(({ images }) => images)).toEqual([64, 64]);
  });
});

it('puts the rise of the rate in images', () => {
  const settings = {
    images: 2000,
    batch: 16,
    rate: 0.1,
    weightDecay: 0,
    augment: 'none',
    warmupShare: 0.05,
  } as const;
  expect(retrainSchedule(settings, 'name')).toEqual({
    ...{ images: 2000, batch: 16, rate: 0.1, weightDecay: 0, augment: 'none' },
    ...{ warmup: 100, momentum: 0.9, randomName: 'name' },
  });
});
