import { expect, it, vi } from 'vitest';
import type { SearchEvent } from '../../src/core/search/events.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import { ok } from '../../src/core/result.ts';
import type { TrainedNetwork, TrainingJob } from '../../src/workers/protocol.ts';
import { seeded } from '../../src/core/random.ts';
import { initialWeights } from '../../src/engine/initial-weights.ts';
import { SearchRunner, type RunnerWorld } from '../../src/workers/search-runner.ts';
import { networkSetting, pretendTraining } from '../support/network-search.ts';

const recipe: Partial<Recipe> = { generations: 3, proposals: 20, accepted: 3, imagesFinal: 0 };

/** A runner whose networks are trained at once, but for `slow`, which is until it is let go. */
function runWithSlow(overlap: 0 | 1, slow: number) {
  const setting = networkSetting({ ...recipe, overlap });
  const events: SearchEvent[] = [];
  const asked: number[] = [];
  let letGo = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const train = async (job: TrainingJob, onProgress: Parameters<RunnerWorld['train']>[1]) => {
    asked.push(job.network);
    onProgress({ images: 1, loss: 1 });
    if (job.network === slow) await free;
    const trained = pretendTraining({ ...job, parent: null, inherits: false, chain: [] }, null!);
    if (!trained.ok) return trained;
    return ok({
      ...trained.value,
      weights: initialWeights(job.architecture, seeded('weights')),
      rawWeights: null,
    } as TrainedNetwork);
  };
  const world: RunnerWorld = {
    ...{ problem: setting.problem, train, seconds: () => 0 },
    measure: () => Promise.resolve(null),
    log: (event) => events.push(event),
    keepWeights: () => Promise.resolve(),
    findWeights: () => Promise.resolve(null),
    gate: () => Promise.resolve(),
  };
  const runner = SearchRunner.begin(setting.recipe, setting.facts, setting.seeds, world);
  return { ended: runner.run(), events, asked, letGo };
}

const starts = 4;
/** The last child of generation 1. */
const slow = starts + 3;

it('trains the next generation while the last child of this one trains, and logs it afterwards', async () => {
  const { ended, events, asked, letGo } = runWithSlow(1, slow);
  const nextOnes = [slow + 1, slow + 2, slow + 3];
  await vi.waitFor(() => expect(asked).toEqual(expect.arrayContaining(nextOnes)), { timeout: 30_000 });
  expect(asked).not.toContain(slow + 4);
  // The log is that of one generation after the other, learning curves included.
  expect(events.some((event) => 'network' in event && event.network > slow)).toBe(false);
  letGo();
  await ended;
  const order = events.flatMap(({ type, ...event }) =>
    type === 'competed' || type === 'generation'
      ? [`${type} ${(event as { generation: number }).generation}`]
      : [],
  );
  expect(order).toEqual(
    ['competed 0', 1, 2, 3].flatMap((each) =>
      typeof each === 'string' ? [each] : [`generation ${each}`, `competed ${each}`],
    ),
  );
  const curve = events.filter((event) => event.type === 'progress' && event.network === slow + 1);
  expect(curve).toHaveLength(1);
  expect(new Set(asked).size).toBe(asked.length);
});

it('waits for the last child where generations do not overlap', async () => {
  const { ended, asked, letGo } = runWithSlow(0, slow);
  await vi.waitFor(() => expect(asked).toContain(slow), { timeout: 30_000 });
  await new Promise((resolve) => setTimeout(resolve));
  expect(Math.max(...asked)).toBe(slow);
  letGo();
  await ended;
});
