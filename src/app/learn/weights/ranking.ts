import { kendall, kendallInterval } from '../../../core/metrics/kendall.ts';

/** Networks of each sample, paths and children; chosen so that all is computed within three minutes. [ours] */
export const sampleSize = 24;
/** Trainings alone of each: the first is the yardstick, the mean of the others what is to be foretold. */
export const trainings = 3;

/** A network's size, and its errors as shares from 0 to 1. */
export interface Compared {
  readonly parameters: number;
  /** With shared weights, or after inheriting. */
  readonly cheap: number;
  /** Trained alone: the mean of all trainings but the first. */
  readonly alone: number;
  /** The first training alone: as good a forecast of `alone` as a whole training can be. */
  readonly again: number;
}

export interface Agreement {
  readonly tau: number;
  /** Where tau lies with 95 %. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Of the pairs that differ in both lists, how many have the same order in both: 0 to 1. */
  readonly pairs: number;
}

/** How well one list foretells the order of another; null below three networks, or where a list is all equal. */
export function agreement(forecast: readonly number[], outcome: readonly number[]): Agreement | null {
  const tau = forecast.length < 3 ? null : kendall(forecast, outcome);
  if (tau === null) return null;
  let [same, all] = [0, 0];
  for (let i = 0; i < forecast.length; i++)
    for (let j = 0; j < i; j++) {
      const order = Math.sign(forecast[i]! - forecast[j]!) * Math.sign(outcome[i]! - outcome[j]!);
      if (order > 0) same++;
      if (order !== 0) all++;
    }
  return all === 0 ? null : { tau, interval: kendallInterval(forecast, outcome), pairs: same / all };
}

/** The place of each value, 1 for the least; equal ones share the mean of their places. */
export const placesOf = (values: readonly number[]): readonly number[] =>
  values.map(
    (value) =>
      values.reduce((before, other) => before + (other < value ? 1 : other === value ? 0.5 : 0), 0) + 0.5,
  );

export interface Placed {
  /** Places among the networks by cheap error and by error trained alone; the least error is first. */
  readonly cheap: number;
  readonly alone: number;
  readonly of: number;
}

/** Where each network stands by both errors. */
export function placed(compared: readonly Compared[]): readonly Placed[] {
  const cheap = placesOf(compared.map((one) => one.cheap));
  const alone = placesOf(compared.map((one) => one.alone));
  return compared.map((_, i) => ({ cheap: cheap[i]!, alone: alone[i]!, of: compared.length }));
}

/** Whether a network stands a third of all places from where it belongs. [ours] */
export const isMisjudged = ({ cheap, alone, of }: Placed): boolean => Math.abs(cheap - alone) >= of / 3;

/** Which forecast has more of the order, if the other's interval does not reach it. */
export function clearer(a: Agreement, b: Agreement): 'first' | 'second' | 'neither' {
  if (a.interval && b.interval) {
    if (a.tau > b.interval[1] && b.tau < a.interval[0]) return 'first';
    if (b.tau > a.interval[1] && a.tau < b.interval[0]) return 'second';
  }
  return 'neither';
}
