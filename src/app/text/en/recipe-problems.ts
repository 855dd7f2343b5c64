import { objectiveKeys } from '../../../core/search/objectives.ts';
import { presetKeys } from '../../../core/search/presets.ts';
import { fewestObjectives, mostObjectives, type RecipeRule } from '../../../core/search/recipe-check.ts';
import type { RecipeProblem } from '../../../core/search/recipe-parse.ts';
import { recipeFields, shippedIds, type RecipeField } from '../../../core/search/recipe.ts';

const written = (value: number) =>
  value >= 1e-3 ? value.toLocaleString('en', { maximumFractionDigits: 6 }) : `${value}`;

const oneOf = (values: readonly string[]) => `one of ${values.map((value) => value || '(empty)').join(', ')}`;

function expected(field: RecipeField): string {
  switch (field.kind) {
    case 'choice':
      return oneOf(field.values);
    case 'whole':
    case 'real': {
      const number = field.kind === 'whole' ? 'a whole number' : 'a number';
      return `${number} from ${written(field.low)} to ${written(field.high)}`;
    }
    case 'dataset':
    case 'optional-dataset':
      return `${oneOf(shippedIds)}, or pictures of your own (own-…)`;
    case 'objectives':
      return `${fewestObjectives} to ${mostObjectives} different ones of ${objectiveKeys.join(', ')}, at least one of them an error`;
  }
}

const rules: Readonly<Record<RecipeRule, string>> = {
  'parameters-ordered': 'minParameters must be below maxParameters; both are set to their defaults.',
  'multiply-adds-above-parameters':
    'maxMultiplyAdds must be above minParameters; both are set to their defaults.',
  'accepted-within-proposals': 'accepted cannot exceed proposals; it is set to the number of proposals.',
  'datasets-differ': 'secondDataset must differ from dataset; there is none now.',
  'second-error-has-data': 'secondError needs a secondDataset; the objectives are set to their default.',
};

/** What of an address is no recipe, in a sentence. */
export function describeRecipeProblem(problem: RecipeProblem): string {
  switch (problem.kind) {
    case 'unknown-key':
      return `${problem.key.slice(0, 40)} is not a setting; it is ignored.`;
    case 'rule':
      return rules[problem.rule];
    case 'value': {
      const { key, value, instead } = problem;
      const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
      const what = key === 'preset' ? oneOf(presetKeys) : expected(recipeFields[key]);
      return `${key}=${shown} is not valid: expected ${what}. Using ${instead || 'none'}.`;
    }
  }
}
