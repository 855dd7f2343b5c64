import type { Strategy } from '../strategy.ts';
import { lemonade } from './lemonade.ts';

/** The paper's ablation: exact morphisms only, so that networks never shrink. */
export const lemonadeNoAnm: Strategy = {
  ...lemonade,
  key: 'lemonade-no-anm',
  title: 'LEMONADE without shrinking',
  source: 'ablation of Elsken, Metzen, Hutter 2019: no approximate morphisms',
  usesApproximate: false,
};
