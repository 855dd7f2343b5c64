import type { StrategyKey } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { aging } from './aging.ts';
import { lemonadeNoAnm } from './lemonade-no-anm.ts';
import { lemonadeNoInheritance } from './lemonade-no-inheritance.ts';
import { lemonadeUniform } from './lemonade-uniform.ts';
import { lemonade } from './lemonade.ts';
import { mobilenet } from './mobilenet.ts';
import { nash } from './nash.ts';
import { nsga2 } from './nsga2.ts';
import { randomSearch } from './random.ts';
import { vgg } from './vgg.ts';

/** The one table: adding a strategy is one file and one line here. */
export const strategies: Readonly<Record<StrategyKey, Strategy>> = {
  lemonade,
  'lemonade-no-anm': lemonadeNoAnm,
  'lemonade-no-inheritance': lemonadeNoInheritance,
  'lemonade-uniform': lemonadeUniform,
  random: randomSearch,
  aging,
  nsga2,
  nash,
  vgg,
  mobilenet,
};
