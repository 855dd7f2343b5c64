import type { ImageSet } from '../datasets/types.ts';
import type { Network } from './engine.ts';

/** How long one forward pass takes, and how much that varies: seconds, over `timings` timings after a warm-up. */
export interface InferenceTime {
  readonly batch: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly timings: number;
}

const warmups = 3;
const mostTimings = 15;
const fewestTimings = 3;
/** A timing lasts at least this long and ten ticks of the clock; all of them together about `budgetSeconds`. [ours] */
const leastSeconds = 0.002;
const leastTicks = 10;
const budgetSeconds = 0.5;
/** Readings of a clock after which it counts as one without ticks. */
const mostReadings = 5_000_000;
/** Passes of one timing at most: a clock that stands still ends nothing. */
const mostRepeats = 100_000;

/**
 * Seconds from one tick of a clock to the next. Browsers round it to 0.005 ms up to 1 ms, and to 16 ms or more where it
 * may not tell computers apart.
 */
export function tickOf(now: () => number): number {
  const first = now();
  for (let reading = 0; reading < mostReadings; reading++) {
    const next = now();
    if (next === first) continue;
    // The first tick was under way already.
    for (let again = reading; again < mostReadings; again++) {
      const last = now();
      if (last !== next) return last - next;
    }
  }
  return 0;
}

/** Times `pass`; `now` is a clock in seconds that moves every `tick` seconds. Short passes are repeated. */
export async function timePasses(
  pass: () => Promise<unknown>,
  now: () => number,
  tick = 0,
): Promise<Omit<InferenceTime, 'batch'>> {
  for (let run = 0; run < warmups; run++) await pass();
  const least = Math.max(leastSeconds, leastTicks * tick);
  const timings = Math.max(fewestTimings, Math.min(mostTimings, Math.floor(budgetSeconds / least)));
  const seconds: number[] = [];
  for (let timing = 0; timing < timings; timing++) {
    const began = now();
    let [repeats, lasted] = [0, 0];
    while (lasted < least && repeats < mostRepeats) {
      await pass();
      repeats++;
      lasted = now() - began;
    }
    seconds.push(lasted / repeats);
  }
  seconds.sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.round(share * (timings - 1))]!;
  return { median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75), timings };
}

let tick: number | undefined;

/** Times `network` on the first `batch` images of `data`, answers read back included. */
export async function inferenceTime(network: Network, data: ImageSet, batch: number): Promise<InferenceTime> {
  const pass = () => network.logits(data, 0, batch);
  const now = () => performance.now() / 1000;
  tick ??= tickOf(now);
  return { batch, ...(await timePasses(pass, now, tick)) };
}
