import type { StrategyKey } from '../recipe.ts';
import type { Strategy } from '../strategy.ts';
import { aging, agingInherit } from './aging.ts';
import { dppNet } from './dpp-net.ts';
import { grid, startsOnly } from './fixed.ts';
import { mobilenet, vgg } from './hand-made.ts';
import {
  lemonade,
  lemonadeNoAnm,
  lemonadeNoInheritance,
  lemonadePaper,
  lemonadeUniform,
} from './lemonade.ts';
import { nash } from './nash.ts';
import { nsga2, nsga2Inherit } from './nsga2.ts';
import { oneShot } from './one-shot.ts';
import { randomSearch } from './random.ts';

/** The one table: adding a strategy is its definition and one line here. */
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
  'one-shot': oneShot,
  'dpp-net': dppNet,
  'starts-only': startsOnly,
  grid,
  vgg,
  mobilenet,
};
