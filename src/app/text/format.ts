import type { ObjectiveKey } from '../../core/search/objectives.ts';

/** 866, 3.3k, 28.8k, 121k, 1.2M: three significant places at most. */
export function sizeText(value: number): string {
  if (value < 999.5) return String(Math.round(value));
  const [scaled, unit] =
    value < 999_500 ? [value / 1e3, 'k'] : value < 999.5e6 ? [value / 1e6, 'M'] : [value / 1e9, 'G'];
  return `${scaled < 99.95 ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
}

const exact = new Intl.NumberFormat('en');

/** 11,914: exact, for tables and graphs. */
export function exactText(value: number): string {
  return exact.format(Math.round(value));
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

interface Wording {
  /** In menus and sentences. */
  readonly name: string;
  /** Title of the axis, with its unit. */
  readonly axis: string;
  readonly better: string;
  /** From the stored value to the one shown on the axis. */
  readonly factor: number;
  readonly unit: string;
}

/** How each objective is written; the stored units are those of core's table. */
export const objectiveWords: Readonly<Record<ObjectiveKey, Wording>> = {
  error: { name: 'Error', axis: 'Validation error, %', better: 'lower is better', factor: 100, unit: '%' },
  secondError: {
    name: 'Second error',
    axis: 'Second validation error, %',
    better: 'lower is better',
    factor: 100,
    unit: '%',
  },
  parameters: { name: 'Parameters', axis: 'Parameters', better: 'fewer is better', factor: 1, unit: '' },
  multiplyAdds: {
    name: 'Multiply-adds',
    axis: 'Multiply-adds',
    better: 'fewer is better',
    factor: 1,
    unit: '',
  },
  activationBytes: {
    name: 'Memory',
    axis: 'Activation memory in bytes',
    better: 'less is better',
    factor: 1,
    unit: 'B',
  },
  inferenceSeconds: {
    name: 'Inference time',
    axis: 'Inference time in ms',
    better: 'faster is better',
    factor: 1000,
    unit: 'ms',
  },
};

/** The value as written on an axis tag: "13.0", "28.8k", "0.58". */
export function tagText(key: ObjectiveKey, value: number): string {
  const shown = value * objectiveWords[key].factor;
  if (key === 'error' || key === 'secondError') return shown.toFixed(1);
  if (key === 'inferenceSeconds') return shown < 9.995 ? shown.toFixed(2) : sizeText(shown);
  return sizeText(shown);
}

/** The value in a sentence: "13.0 %", "28.8k", "0.58 ms", "64.0 kB". */
export function valueText(key: ObjectiveKey, value: number): string {
  if (key === 'activationBytes') return `${sizeText(value).replace(/([kMG])?$/, ' $1')}B`;
  const { unit } = objectiveWords[key];
  return unit ? `${tagText(key, value)} ${unit}` : tagText(key, value);
}

/** A tick: no needless places ("10", "1k", "0.3"). */
export function tickText(key: ObjectiveKey, value: number): string {
  const shown = value * objectiveWords[key].factor;
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
