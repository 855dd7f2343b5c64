import type { ObjectiveKey } from '../../core/search/objectives.ts';
import { locale } from './language.ts';
import { texts } from './texts.ts';

/** 866, 3.3k, 28.8k, 121k, 1.2M: three significant places at most. */
export function sizeText(value: number): string {
  if (value < 999.5) return String(Math.round(value));
  const [scaled, unit] =
    value < 999_500 ? [value / 1e3, 'k'] : value < 999.5e6 ? [value / 1e6, 'M'] : [value / 1e9, 'G'];
  return `${scaled < 99.95 ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
}

/** 11,914: exact, for tables and graphs. */
export function exactText(value: number): string {
  return Math.round(value).toLocaleString(locale());
}

/** A share as "13.0 %". */
export function percentText(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** 0.774; a change as "+0.007". */
export function hypervolumeText(value: number): string {
  return value.toFixed(3);
}
export function gainText(value: number): string {
  return `${value < 0 ? '\u2212' : '+'}${Math.abs(value).toFixed(3)}`;
}

/** 2:17, 1:02:05. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, i) => (i ? String(part).padStart(2, '0') : String(part))).join(':');
}

/** How each objective is shown: from the stored value (core's table has its unit) to the one on the axis. */
export const objectiveUnits: Readonly<
  Record<ObjectiveKey, { readonly factor: number; readonly unit: string }>
> = {
  error: { factor: 100, unit: '%' },
  secondError: { factor: 100, unit: '%' },
  parameters: { factor: 1, unit: '' },
  multiplyAdds: { factor: 1, unit: '' },
  activationBytes: { factor: 1, unit: 'B' },
  inferenceSeconds: { factor: 1000, unit: 'ms' },
};

/** The value as written on an axis tag: "13.0", "28.8k", "0.58". */
export function tagText(key: ObjectiveKey, value: number): string {
  const shown = value * objectiveUnits[key].factor;
  if (key === 'error' || key === 'secondError') return shown.toFixed(1);
  if (key === 'inferenceSeconds') return shown < 9.995 ? shown.toFixed(2) : sizeText(shown);
  return sizeText(shown);
}

/** The value in a sentence: "13.0 %", "28.8k", "0.58 ms", "64.0 kB". */
export function valueText(key: ObjectiveKey, value: number): string {
  if (key === 'activationBytes') return `${sizeText(value).replace(/([kMG])?$/, ' $1')}B`;
  const { unit } = objectiveUnits[key];
  return unit ? `${tagText(key, value)} ${unit}` : tagText(key, value);
}

/** A tick: no needless places ("10", "1k", "0.3"). */
export function tickText(key: ObjectiveKey, value: number): string {
  const shown = value * objectiveUnits[key].factor;
  const [scaled, unit] =
    shown >= 1e9
      ? [shown / 1e9, 'G']
      : shown >= 1e6
        ? [shown / 1e6, 'M']
        : shown >= 1e3
          ? [shown / 1e3, 'k']
          : [shown, ''];
  return `${Number(scaled.toPrecision(3))}${unit}`;
}

/** A duration that is known: "17 s", "4 min 52 s", "1 h 3 min". */
export function formatDuration(seconds: number): string {
  const { s, min, h } = texts.durations;
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole} ${s}`;
  if (whole < 3600) return `${Math.floor(whole / 60)} ${min} ${whole % 60} ${s}`;
  return `${Math.floor(whole / 3600)} ${h} ${Math.round((whole % 3600) / 60)} ${min}`;
}

/** A duration as one says it: "20 s", "3 min", "2 h"; never more exact than it is known. */
export function formatApproxDuration(seconds: number): string {
  const { s, min, h } = texts.durations;
  if (seconds < 10) return `${Math.max(1, Math.round(seconds))} ${s}`;
  if (seconds < 95) return `${Math.round(seconds / 5) * 5} ${s}`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} ${min}`;
  return `${(seconds / 3600).toFixed(1)} ${h}`;
}

/** A time that was estimated, as a range: a computer is seldom as fast as it was measured, and other work goes on. */
export function durationRange(seconds: number): string {
  const { s, min, h } = texts.durations;
  const [low, high] = [0.75 * seconds, 1.5 * seconds];
  const range = (from: string, to: string, unit: string) => `${from === to ? to : `${from}–${to}`} ${unit}`;
  const whole = (value: number, step: number) => String(Math.max(step, Math.round(value / step) * step));
  if (high < 10) return range(whole(low, 1), whole(high, 1), s);
  if (high < 95) return range(whole(low, 5), whole(high, 5), s);
  if (high < 5400) return range(whole(low / 60, 1), whole(high / 60, 1), min);
  return range((low / 3600).toFixed(1), (high / 3600).toFixed(1), h);
}

/** Parts of a sentence, as the language separates them; empty ones are left out. */
export const listText = (parts: readonly string[], mark: 'comma' | 'semicolon' = 'comma'): string =>
  parts.filter(Boolean).join(texts.punctuation[mark]);

/** "what: of it". */
export const colonText = (what: string, ofIt: string): string => `${what}${texts.punctuation.colon}${ofIt}`;

/** Sentences, one after another. */
export const sentencesText = (...sentences: readonly string[]): string =>
  sentences.filter(Boolean).join(texts.punctuation.gap);

/** A moment, ISO 8601, in the reader's time: "27 Nov 2026, 08:15". What is no date stays as it is. */
/** A day without its time. */
export const dayText = (date: Date): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(date);

export function dateText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}
