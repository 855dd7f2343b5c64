import * as v from 'valibot';
import { objectiveKeys } from '../search/objectives.ts';
import { plain } from '../search/presets.ts';
import { fewestObjectives, isRecipe, isValueOf, mostObjectives } from '../search/recipe-check.ts';
import { recipeFields, recipeKeys, type Recipe, type RecipeField, type RecipeKey } from '../search/recipe.ts';
import { datasetId } from './values.ts';

function schemaOf(field: RecipeField): v.GenericSchema {
  switch (field.kind) {
    case 'choice':
      return v.picklist(field.values);
    case 'whole':
      return v.pipe(v.number(), v.integer(), v.minValue(field.low), v.maxValue(field.high));
    case 'real':
      return v.pipe(v.number(), v.minValue(field.low), v.maxValue(field.high));
    case 'dataset':
      return datasetId;
    case 'optional-dataset':
      return v.union([v.literal(''), datasetId]);
    case 'objectives':
      return v.pipe(
        v.array(v.picklist(objectiveKeys)),
        v.minLength(fewestObjectives),
        v.maxLength(mostObjectives),
        v.check((keys) => isValueOf(field, keys), 'expected different objectives, one of them an error'),
      );
  }
}

const defaults: Partial<Recipe> = plain;

/** What versions 1 and 2 did not say is the plain form, which is what they were made with. */
const entryOf = (key: RecipeKey): v.GenericSchema => {
  const schema = schemaOf(recipeFields[key]);
  return key in defaults ? v.optional(schema, defaults[key]) : schema;
};

/** A recipe in a file: the table of recipe.ts, and what must hold between its values. */
export const recipeSchema = v.pipe(
  v.object(Object.fromEntries(recipeKeys.map((key) => [key, entryOf(key)]))),
  v.guard(isRecipe, 'its values contradict each other'),
);
