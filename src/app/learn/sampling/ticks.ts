import { objectiveTicks } from '../../charts/geometry/scale.ts';
import type { Domain } from './rows.ts';

/** Ticks of the size axis. */
export const logTicksOf = (domain: Domain, count: number): readonly number[] =>
  objectiveTicks('parameters', domain, count);
