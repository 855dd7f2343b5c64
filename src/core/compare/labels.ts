import { isFrontOnly, type RunView } from '../run-file/view.ts';
import { formatRecipe } from '../search/recipe-parse.ts';
import { strategyKeys, type DatasetId, type Recipe, type StrategyKey } from '../search/recipe.ts';
import type { ComparedRun } from './comparison.ts';

/** A run to be labelled; one of a `person` stands for itself, whatever its search. */
export type RunOf = Omit<ComparedRun, 'label'> & { readonly person?: string };

/** What makes two runs the same search: all of the recipe but seed and machine. */
const kindOf = (recipe: Recipe): string =>
  formatRecipe({
    ...recipe,
    ...{ seed: 0, backend: 'auto', workers: 0, maxSeconds: 0 },
  });

/**
 * Runs by search, in the order of the strategies' table; named after the strategy, numbered where several settings of
 * one strategy are compared. `titles` name the strategies, `frontOnly` those of which no more than the front is known.
 * Runs of persons come last, in their order, each under its name, numbered where a name comes again.
 */
export function labelled(
  runs: readonly RunOf[],
  titles: Readonly<Record<StrategyKey, string>>,
  frontOnly: (title: string) => string = (title) => title,
): readonly ComparedRun[] {
  const kinds = new Map<string, string>();
  const taken = new Set<string>();
  const place = ({ view, person }: RunOf) =>
    person === undefined ? strategyKeys.indexOf(view.recipe.strategy) : strategyKeys.length;
  const numbered = (title: string) => {
    let label = title;
    for (let count = 2; taken.has(label); count++) label = `${title} ${count}`;
    taken.add(label);
    return label;
  };
  return [...runs]
    .sort((a, b) => place(a) - place(b))
    .map(({ person, ...run }) => {
      const { view } = run;
      if (person !== undefined) return { ...run, label: numbered(person) };
      const isBare = isFrontOnly(view);
      const kind = `${kindOf(view.recipe)}${isBare ? ' front' : ''}`;
      let label = kinds.get(kind);
      if (!label) {
        const strategy = titles[view.recipe.strategy];
        const title = isBare ? frontOnly(strategy) : strategy;
        label = numbered(title);
        kinds.set(kind, label);
      }
      return { ...run, label };
    });
}

/** The data sets of `views`, each once. */
export const datasetsOf = (views: readonly RunView[]): readonly DatasetId[] => [
  ...new Set(views.map(({ recipe }) => recipe.dataset)),
];
