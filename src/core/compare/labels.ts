import { isFrontOnly, type RunView } from '../run-file/view.ts';
import { formatRecipe } from '../search/recipe-parse.ts';
import { strategyKeys, type DatasetId, type Recipe, type StrategyKey } from '../search/recipe.ts';
import type { ComparedRun } from './comparison.ts';

/** What makes two runs the same search: all of the recipe but seed and machine. */
const kindOf = (recipe: Recipe): string =>
  formatRecipe({
    ...recipe,
    ...{ seed: 0, backend: 'auto', workers: 0, maxSeconds: 0 },
  });

/**
 * Runs by search, in the order of the strategies' table; named after the strategy, numbered where several settings of
 * one strategy are compared. `titles` name the strategies, `frontOnly` those of which no more than the front is known.
 */
export function labelled(
  runs: readonly Omit<ComparedRun, 'label'>[],
  titles: Readonly<Record<StrategyKey, string>>,
  frontOnly: (title: string) => string = (title) => title,
): readonly ComparedRun[] {
  const kinds = new Map<string, string>();
  const counts = new Map<string, number>();
  const place = ({ view }: { readonly view: RunView }) => strategyKeys.indexOf(view.recipe.strategy);
  return [...runs]
    .sort((a, b) => place(a) - place(b))
    .map((run) => {
      const { view } = run;
      const isBare = isFrontOnly(view);
      const kind = `${kindOf(view.recipe)}${isBare ? ' front' : ''}`;
      let label = kinds.get(kind);
      if (!label) {
        const strategy = titles[view.recipe.strategy];
        const title = isBare ? frontOnly(strategy) : strategy;
        const count = (counts.get(title) ?? 0) + 1;
        counts.set(title, count);
        label = count === 1 ? title : `${title} ${count}`;
        kinds.set(kind, label);
      }
      return { ...run, label };
    });
}

/** The data sets of `views`, each once. */
export const datasetsOf = (views: readonly RunView[]): readonly DatasetId[] => [
  ...new Set(views.map(({ recipe }) => recipe.dataset)),
];
