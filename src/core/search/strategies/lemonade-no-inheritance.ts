import type { Strategy } from '../strategy.ts';
import { lemonade } from './lemonade.ts';

/** The paper's ablation: every child is trained from scratch, on as many images. */
export const lemonadeNoInheritance: Strategy = {
  ...lemonade,
  key: 'lemonade-no-inheritance',
  title: 'LEMONADE without inheritance',
  source: 'ablation of Elsken, Metzen, Hutter 2019: children start from scratch',
};
