import { objectiveKeys } from '../../../core/search/objectives.ts';
import { presetKeys } from '../../../core/search/presets.ts';
import { fewestObjectives, mostObjectives, type RecipeRule } from '../../../core/search/recipe-check.ts';
import { recipeFields, shippedIds, type RecipeField } from '../../../core/search/recipe.ts';
import type * as en from '../en/recipe-problems.ts';

const written = (value: number) =>
  value >= 1e-3 ? value.toLocaleString('zh-CN', { maximumFractionDigits: 6 }) : `${value}`;

const oneOf = (values: readonly string[]) => `${values.map((value) => value || '（空）').join('、')} 之一`;

function expected(field: RecipeField): string {
  switch (field.kind) {
    case 'choice':
      return oneOf(field.values);
    case 'whole':
    case 'real':
      return `${written(field.low)} 到 ${written(field.high)} 之间的${field.kind === 'whole' ? '整数' : '数'}`;
    case 'dataset':
    case 'optional-dataset':
      return `${oneOf(shippedIds)}，或者自己的图片（own-…）`;
    case 'objectives':
      return `${objectiveKeys.join('、')} 中的 ${fewestObjectives} 到 ${mostObjectives} 个，互不相同，至少一个是错误率`;
  }
}

/** Settings by the names that settings.ts has for them. */
const rules: Readonly<Record<RecipeRule, string>> = {
  'parameters-ordered': '“最少参数量”必须小于“最多参数量”；两者都改回了默认值。',
  'multiply-adds-above-parameters': '“最多乘加次数”必须大于“最少参数量”；两者都改回了默认值。',
  'accepted-within-proposals': '“训练的子网络”不能多于“提议的子网络”；已改成与提议的一样多。',
  'datasets-differ': '“第二数据集”必须与“数据集”不同；现在没有第二数据集。',
  'second-error-has-data': '目标“第二错误率”需要“第二数据集”；目标改回了默认值。',
};

/** What of an address is no recipe, in a sentence. */
export const describeRecipeProblem: typeof en.describeRecipeProblem = (problem) => {
  switch (problem.kind) {
    case 'unknown-key':
      return `没有 ${problem.key.slice(0, 40)} 这项设置；已忽略。`;
    case 'rule':
      return rules[problem.rule];
    case 'value': {
      const { key, value, instead } = problem;
      const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
      const what = key === 'preset' ? oneOf(presetKeys) : expected(recipeFields[key]);
      return `${key}=${shown} 无效：应为 ${what}。现在用的是${instead ? ` ${instead}` : '空值'}。`;
    }
  }
};
