import { exactText } from '../../text/format.ts';

/** A weight in a cell: ".25", "−.93", "1.1", "123", "1.2k", "0" for an exact zero, ".00" for what is nearly one. */
export function cellText(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const sign = value < 0 ? '\u2212' : '';
  if (size < 0.005) return '.00';
  if (size >= 999.5) return `${sign}${Number((size / 1000).toPrecision(2))}k`;
  if (size >= 9.95) return sign + size.toFixed(0);
  if (size >= 0.995) return sign + size.toFixed(1);
  return sign + size.toFixed(2).replace(/^0/, '');
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (exponent: number): string =>
  (exponent < 0 ? '⁻' : '') + [...String(Math.abs(exponent))].map((d) => superscripts[Number(d)]).join('');

/** A difference: "0", "1.9 × 10⁻⁶", "0.12", "4.9", "19", "2,472". */
export function differenceText(value: number): string {
  if (value === 0) return '0';
  if (value >= 9.95) return exactText(value);
  if (value >= 0.995) return value.toFixed(1);
  if (value >= 0.01) return value.toPrecision(2);
  const exponent = Math.floor(Math.log10(value));
  return `${(value / 10 ** exponent).toFixed(1)} × 10${raised(exponent)}`;
}

/** A divergence in nats: "3.62", "0.119". */
export const divergenceText = (value: number): string =>
  value >= 0.995 ? value.toFixed(2) : value.toPrecision(3);

/** A share as the bench shows it: "89.1 %". */
export const shareText = (right: number, count: number): string => `${((100 * right) / count).toFixed(1)} %`;

/** 0 to 1 along the log gauge from 10⁻⁹ to 100; null for an exact zero, which has a notch of its own. */
export function gaugeShare(value: number): number | null {
  if (value === 0) return null;
  return Math.min(1, Math.max(0, (Math.log10(value) + 9) / 11));
}

/** Where on the gauge: the same function up to rounding, close, or another one. */
export type Band = 'rounding' | 'close' | 'different';
export const bandOf = (value: number, rounding: number): Band =>
  value <= rounding ? 'rounding' : value <= 0.1 ? 'close' : 'different';
