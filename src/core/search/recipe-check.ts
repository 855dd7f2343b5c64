import { objectiveKeys, objectives, type ObjectiveKey } from './objectives.ts';
import { plain } from './presets.ts';
import { isOwnId, recipeFields, recipeKeys, shippedIds } from './recipe.ts';
import type { Recipe, RecipeField, RecipeKey } from './recipe.ts';

const isShipped = (value: string) => (shippedIds as readonly string[]).includes(value);
const isDataset = (value: unknown) => typeof value === 'string' && (isShipped(value) || isOwnId(value));

const isObjective = (value: unknown): value is ObjectiveKey =>
  (objectiveKeys as readonly unknown[]).includes(value);

export const mostObjectives = 5;
export const fewestObjectives = 2;

/** 2 to 5 different objectives, one of them costly. */
const areObjectives = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every(isObjective) &&
  new Set(value).size === value.length &&
  value.length >= fewestObjectives &&
  value.length <= mostObjectives &&
  value.some((key) => objectives[key].costly);

/** Whether `value` is one that `field` may have. */
export function isValueOf(field: RecipeField, value: unknown): boolean {
  switch (field.kind) {
    case 'choice':
      return (field.values as readonly unknown[]).includes(value);
    case 'whole':
    case 'real':
      return (
        typeof value === 'number' &&
        value >= field.low &&
        value <= field.high &&
        (field.kind === 'real' || Number.isInteger(value))
      );
    case 'dataset':
      return isDataset(value);
    case 'optional-dataset':
      return value === '' || isDataset(value);
    case 'objectives':
      return areObjectives(value);
  }
}

interface Rule {
  /** The value to blame. */
  readonly key: RecipeKey;
  readonly holds: (recipe: Recipe) => boolean;
  /** Values that mend it, from `base`, a recipe for which all rules hold. */
  readonly mend: (recipe: Recipe, base: Recipe) => Partial<Recipe>;
}

/** What must hold between the values of a recipe, in the order in which it is mended. */
export const recipeRules = {
  'parameters-ordered': {
    key: 'minParameters',
    holds: ({ minParameters, maxParameters }) => minParameters < maxParameters,
    mend: (_, { minParameters, maxParameters }) => ({ minParameters, maxParameters }),
  },
  'multiply-adds-above-parameters': {
    key: 'maxMultiplyAdds',
    holds: ({ minParameters, maxMultiplyAdds }) => minParameters < maxMultiplyAdds,
    mend: (_, { minParameters, maxMultiplyAdds }) => ({ minParameters, maxMultiplyAdds }),
  },
  'accepted-within-proposals': {
    key: 'accepted',
    holds: ({ accepted, proposals }) => accepted <= proposals,
    mend: ({ proposals }) => ({ accepted: proposals }),
  },
  'datasets-differ': {
    key: 'secondDataset',
    holds: ({ dataset, secondDataset }) => dataset !== secondDataset,
    mend: () => ({ secondDataset: '' }),
  },
  'second-error-has-data': {
    key: 'objectives',
    holds: ({ objectives: chosen, secondDataset }) => !chosen.includes('secondError') || secondDataset !== '',
    mend: (_, base) => ({ objectives: base.objectives }),
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RecipeRule = keyof typeof recipeRules;
export const recipeRuleKeys = Object.keys(recipeRules) as readonly RecipeRule[];

/** The first rule that `recipe` breaks. */
export const brokenRule = (recipe: Recipe): RecipeRule | null =>
  recipeRuleKeys.find((rule) => !recipeRules[rule].holds(recipe)) ?? null;

const isFilled = (value: object): value is Recipe =>
  recipeKeys.every((key) => isValueOf(recipeFields[key], Reflect.get(value, key)));

/** Whether `value` has every key, every value is one that its key may have, and all rules hold. */
export const isRecipe = (value: object): value is Recipe => isFilled(value) && brokenRule(value) === null;

/** The recipe that a stored run was made with: keys that it lacks are as they were before there were such. */
export function storedRecipe(value: object): Recipe | null {
  const whole = { ...plain, ...value };
  return isRecipe(whole) ? whole : null;
}
