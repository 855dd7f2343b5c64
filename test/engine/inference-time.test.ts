import { expect, it } from 'vitest';
import { tickOf, timePasses } from '../../src/engine/inference-time.ts';

/** A clock that only passes move, by the seconds given, the last of them again and again. */
function world(durations: readonly number[], grain = 0) {
  let [clock, passes] = [0, 0];
  return {
    pass: async () => void (clock += durations[Math.min(passes++, durations.length - 1)]!),
    now: () => (grain === 0 ? clock : Math.floor(clock / grain) * grain),
    count: () => passes,
  };
}

it('leaves the slow first passes out and takes the middle, so one hiccup changes nothing', async () => {
  const steady = Array<number>(18).fill(0.01);
  const still = world([0.9, 0.5, ...steady]);
  expect((await timePasses(still.pass, still.now)).timings).toBe(15);
  const hiccup = [0.9, 0.5, 0.01, ...steady.slice(0, 7), 3, 0.01];
  const { pass, now, count } = world(hiccup);
  const { median, lowerQuartile, upperQuartile } = await timePasses(pass, now);
  expect(count()).toBe(3 + 15);
  for (const value of [median, lowerQuartile, upperQuartile]) expect(value).toBeCloseTo(0.01, 9);
});

it('says how much the timings vary', async () => {
  const warm = [0.01, 0.01, 0.01];
  const spread = Array.from({ length: 15 }, (_, i) => 0.01 + 0.001 * ((7 * i) % 15));
  const { pass, now } = world([...warm, ...spread]);
  const { median, lowerQuartile, upperQuartile } = await timePasses(pass, now);
  expect(median).toBeCloseTo(0.017, 9);
  expect(lowerQuartile).toBeLessThan(0.0145);
  expect(upperQuartile).toBeGreaterThan(0.0195);
});

it('repeats passes that are too short for a coarse clock', async () => {
  const { pass, now, count } = world([0.00031], 0.0001);
  const { median } = await timePasses(pass, now);
  expect(count()).toBeGreaterThan(3 + 15);
  expect(Math.abs(median - 0.00031)).toBeLessThan(0.00002);
});

it('measures the tick of a clock, and gives none to one that does not move', () => {
  let reads = 0;
  expect(tickOf(() => Math.floor(++reads / 700) * 0.001)).toBeCloseTo(0.001, 12);
  expect(tickOf(() => 3)).toBe(0);
});

it.each([
  ['Firefox and WebKit', 0.001],
  ['Firefox that may not tell computers apart', 0.0167],
])('is never zero under the clock of %s', async (_, tick) => {
  const { pass, now } = world([0.00007], tick);
  const { lowerQuartile, median } = await timePasses(pass, now, tick);
  expect(lowerQuartile).toBeGreaterThan(0);
  expect(Math.abs(median / 0.00007 - 1)).toBeLessThan(0.11);
});
