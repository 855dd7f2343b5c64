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
const timings = 15;
/** Browsers round their clock to 0.1 ms: a timing repeats short passes until it lasts about this long. [ours] */
const leastSeconds = 0.002;
const mostRepeats = 40;

/** Times `pass`; `now` is a clock in seconds. */
export async function timePasses(
  pass: () => Promise<unknown>,
  now: () => number,
): Promise<Omit<InferenceTime, 'batch'>> {
  let began = now();
  for (let run = 0; run < warmups; run++) {
    began = now();
    await pass();
  }
  const last = now() - began;
  const repeats = Math.max(1, Math.min(mostRepeats, Math.ceil(leastSeconds / Math.max(last, 1e-6))));
  const seconds: number[] = [];
  for (let timing = 0; timing < timings; timing++) {
    began = now();
    for (let repeat = 0; repeat < repeats; repeat++) await pass();
    seconds.push((now() - began) / repeats);
  }
  seconds.sort((a, b) => a - b);
  const at = (share: number) => seconds[Math.round(share * (timings - 1))]!;
  return { median: at(0.5), lowerQuartile: at(0.25), upperQuartile: at(0.75), timings };
}

/** Times `network` on the first `batch` images of `data`, answers read back included. */
export async function inferenceTime(network: Network, data: ImageSet, batch: number): Promise<InferenceTime> {
  const pass = () => network.logits(data, 0, batch);
  return { batch, ...(await timePasses(pass, () => performance.now() / 1000)) };
}
