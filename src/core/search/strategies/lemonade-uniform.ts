import type { Strategy } from '../strategy.ts';
import { lemonade } from './lemonade.ts';

/** The paper's ablation: both draws uniform instead of 1 / pKDE. */
export const lemonadeUniform: Strategy = {
  ...lemonade,
  key: 'lemonade-uniform',
  title: 'LEMONADE with even sampling',
  source: 'ablation of Elsken, Metzen, Hutter 2019: uniform sampling',
  density: () => ({ kind: 'uniform', reason: 'this strategy draws evenly' }),
};
