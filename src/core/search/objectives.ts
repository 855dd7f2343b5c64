/** Objectives, all minimised. `error` and `secondError` need training; the others are cheap. */
export type ObjectiveKey =
  'error' | 'secondError' | 'parameters' | 'multiplyAdds' | 'activationBytes' | 'inferenceSeconds';

export type ObjectiveValues = Readonly<Partial<Record<ObjectiveKey, number>>>;

export interface Objective {
  readonly key: ObjectiveKey;
  /** '' for a share between 0 and 1. */
  readonly unit: string;
  readonly costly: boolean;
  readonly scale: 'linear' | 'log';
}

/** The one table: adding an objective is one line here and its measurement in the engine or in cost.ts. */
export const objectives: Readonly<Record<ObjectiveKey, Objective>> = {
  error: { key: 'error', unit: '', costly: true, scale: 'linear' },
  secondError: {
    key: 'secondError',
    unit: '',
    costly: true,
    scale: 'linear',
  },
  parameters: { key: 'parameters', unit: '', costly: false, scale: 'log' },
  multiplyAdds: { key: 'multiplyAdds', unit: '', costly: false, scale: 'log' },
  activationBytes: {
    key: 'activationBytes',
    unit: 'bytes',
    costly: false,
    scale: 'log',
  },
  inferenceSeconds: {
    key: 'inferenceSeconds',
    unit: 's',
    costly: false,
    scale: 'log',
  },
};

export const objectiveKeys = Object.keys(objectives) as readonly ObjectiveKey[];

/** A network that is wrong more often is no find, however small: it is drawn small and grey. [ours] */
export const uselessError = 0.5;
