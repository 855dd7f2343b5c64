import type { StrategyKey } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { aging, agingInherit } from './aging.ts';
import { grid } from './grid.ts';
import { lemonadeNoAnm } from './lemonade-no-anm.ts';
import { lemonadeNoInheritance } from './lemonade-no-inheritance.ts';
import { lemonadePaper } from './lemonade-paper.ts';
import { lemonadeUniform } from './lemonade-uniform.ts';
import { lemonade } from './lemonade.ts';
import { mobilenet } from './mobilenet.ts';
import { nash } from './nash.ts';
import { nsga2, nsga2Inherit } from './nsga2.ts';
import { randomSearch } from './random.ts';
import { startsOnly } from './starts-only.ts';
import { vgg } from './vgg.ts';

/** The one table: adding a strategy is one file and one line here. */
export const strategies: Readonly<Record<StrategyKey, Strategy>> = {
  lemonade,
  'lemonade-no-anm': lemonadeNoAnm,
  'lemonade-no-inheritance': lemonadeNoInheritance,
  'lemonade-uniform': lemonadeUniform,
  'lemonade-paper': lemonadePaper,
  random: randomSearch,
  aging,
  'aging-inherit': agingInherit,
  nsga2,
  'nsga2-inherit': nsga2Inherit,
  nash,
  'starts-only': startsOnly,
  grid,
  vgg,
  mobilenet,
};
