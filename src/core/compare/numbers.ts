import type { PairedDifference, Summary } from '../metrics/compare.ts';

type Spread = Pick<Summary, 'count' | 'mean' | 'deviation'>;

/** "0.8931 ± 0.0042": mean and sample standard deviation; the mean alone of one run. */
export const meanText = ({ count, mean, deviation }: Spread, digits = 4): string =>
  count < 2 ? mean.toFixed(digits) : `${mean.toFixed(digits)} ± ${deviation.toFixed(digits)}`;

/** "2.1 ± 0.3 %" of a share in [0, 1]. */
export const meanPercent = ({ count, mean, deviation }: Spread): string =>
  `${meanText({ count, mean: 100 * mean, deviation: 100 * deviation }, 1)} %`;

/** A mean of whole numbers: "6" of one run or where all are alike, else "6.3". */
export const meanCount = ({ count, mean }: Pick<Summary, 'count' | 'mean'>): string =>
  count < 2 || Number.isInteger(mean) ? String(Math.round(mean)) : mean.toFixed(1);

/** With its sign, and a true minus. */
export const signed = (value: number, digits = 4): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** "+0.0309 ± 0.0120": the differences of runs that share a seed. */
export const pairedMean = ({ mean, deviation }: PairedDifference): string =>
  `${signed(mean)} ± ${deviation.toFixed(4)}`;

/** "12 %" of a share in [0, 1]. */
export const percent = (share: number): string => `${Math.round(100 * share)} %`;
