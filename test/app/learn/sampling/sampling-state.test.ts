import { expect, it } from 'vitest';
import { SamplingState } from '../../../../src/app/learn/sampling/sampling-state.svelte.ts';
import type { SamplingHandle } from '../../../../src/workers/sampling-client.ts';
import { Sampling } from '../../../../src/workers/sampling.ts';

const later = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), ms));

/** The worker's own code behind answers that take their time, as under load. */
function slow(ms: { readonly populate: number; readonly generation: number; readonly many: number }) {
  const sampling = new Sampling();
  let draws = 0;
  const handle: SamplingHandle = {
    populate: (...args) => later(ms.populate, sampling.populate(...args)),
    take: (...args) => later(ms.populate, sampling.take(...args)),
    generation: (...args) => {
      draws++;
      return later(ms.generation, sampling.generation(...args));
    },
    many: async (options, seed, wanted, onPart) => {
      const all = await sampling.many(options, seed, Math.min(wanted, 40), onPart);
      return later(ms.many, all);
    },
    dispose: () => {},
  };
  return { handle, draws: () => draws };
}

const reference = (uniform: boolean) => {
  const sampling = new Sampling();
  sampling.populate('mnist', 10, 42);
  return sampling.generation({ proposals: 40, accepted: 4, bandwidthFactor: 1, uniform }, 42, 0);
};

it('shows the even draw when its beat is entered before the first draw has answered', async () => {
  for (const ms of [
    { populate: 5, generation: 40, many: 5 },
    { populate: 30, generation: 5, many: 30 },
    { populate: 5, generation: 5, many: 60 },
  ]) {
    const state = new SamplingState('mnist', 42, slow(ms).handle);
    state.goTo(2);
    await later(12, null);
    state.goTo(3);
    await later(3, null);
    state.goTo(4);
    await expect.poll(() => state.many?.uniform.length ?? 0, { timeout: 5000 }).toBeGreaterThan(0);
    await expect.poll(() => state.drawing, { timeout: 5000 }).toBe(false);
    await later(2 * ms.generation, null);
    expect(state.uniform).toBe(true);
    expect(state.drawn).toEqual(reference(true));
    state.goTo(2);
    await later(2 * ms.generation + 20, null);
    expect(state.drawn).toEqual(reference(false));
    state.dispose();
  }
});

it('shows what the sliders say when a thousand draws begin at once', async () => {
  const state = new SamplingState('mnist', 42, slow({ populate: 1, generation: 20, many: 5 }).handle);
  await later(60, null);
  state.goTo(4);
  await later(60, null);
  expect(state.drawn).toEqual(reference(true));
  state.proposals = 20;
  state.drawAgain();
  await later(60, null);
  expect(state.drawn!.draws.reduce((sum, count) => sum + count, 0)).toBe(20);
  state.dispose();
});

it('keeps only the newest answer of a slider', async () => {
  const { handle } = slow({ populate: 1, generation: 10, many: 1 });
  const state = new SamplingState('mnist', 42, handle);
  await later(30, null);
  for (const proposals of [10, 20, 40]) {
    state.proposals = proposals;
    state.redraw();
  }
  await later(40, null);
  expect(state.drawn).toEqual(reference(false));
  state.dispose();
});
