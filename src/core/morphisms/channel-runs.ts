import type { ChannelRun } from './weight-map.ts';

/** How the channels of a child's node relate to the parent's; null: they are the same. */
export type Runs = readonly ChannelRun[] | null;

export const copyRun = (start: number, length: number): ChannelRun => ({ kind: 'copy', start, length });

/** The same relation when the parent's channels stand `offset` further on (inside a concatenation). */
export const shiftRuns = (runs: readonly ChannelRun[], offset: number): readonly ChannelRun[] =>
  runs.map((run) => {
    switch (run.kind) {
      case 'copy':
      case 'kept':
        return { ...run, start: run.start + offset };
      case 'repeat':
        return { ...run, channel: run.channel + offset };
      case 'new':
        return run;
    }
  });

/** The same channels unscaled: depthwise kernels copy what the consumers' weights share out. */
export const unscaled = (runs: Runs): Runs =>
  runs && runs.map((run) => (run.kind === 'repeat' ? { ...run, factor: 1 } : run));

/** One operand of a concatenation: the channels it had in the parent, and how the child's relate to them. */
export interface ConcatPart {
  readonly offset: number;
  readonly channels: number;
  readonly runs: Runs;
}

/** The relation of a concatenation's channels, from those of its operands. */
export const concatRuns = (parts: readonly ConcatPart[]): readonly ChannelRun[] =>
  parts.flatMap(({ offset, channels, runs }) => shiftRuns(runs ?? [copyRun(0, channels)], offset));
