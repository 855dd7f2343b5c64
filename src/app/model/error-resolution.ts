import type { RunView } from '../../core/run-file/view.ts';
import { isOwnId, type DatasetId } from '../../core/search/recipe.ts';
import { factsOf } from '../../datasets/catalog.ts';
import { validationShare } from '../../datasets/split.ts';
import type { DatasetFacts } from '../../datasets/types.ts';

export interface ErrorResolution {
  /** Validation images, at most: the split keeps groups of images together, so a few less of emoji. */
  readonly images: number;
  /** What one of them is worth at least, in percentage points of error. */
  readonly points: number;
  /** So few images that a difference of a few tenths of a point is a single image. */
  readonly coarse: boolean;
}

const coarsePoints = 0.3;

/** How finely the validation error of a data set can tell networks apart. */
export const errorResolution = (id: DatasetId): ErrorResolution => errorResolutionOfFacts(factsOf(id));

/** The same from the facts of a set that is not known yet. */
export function errorResolutionOfFacts(
  facts: Pick<DatasetFacts, 'trainCount' | 'validationCount' | 'validationShare'>,
): ErrorResolution {
  const { trainCount, validationCount } = facts;
  return resolutionOf(validationCount ?? Math.round(trainCount * (facts.validationShare ?? validationShare)));
}

/** What one of `images` validation images is worth. */
export function resolutionOf(images: number): ErrorResolution {
  const points = 100 / Math.max(1, images);
  return { images, points, coarse: points >= coarsePoints };
}

/**
 * How finely a run's errors tell its networks apart. The split rounds class by class and parts no groups, so that it
 * validates on some images more or fewer than a fifth: their number is the one of which all errors are whole shares.
 */
export function errorResolutionIn(
  { recipe, networks }: Pick<RunView, 'recipe' | 'networks'>,
  key: 'error' | 'secondError' = 'error',
): ErrorResolution {
  const id = key === 'error' ? recipe.dataset : recipe.secondDataset || recipe.dataset;
  const facts = factsOf(id);
  const stated = errorResolutionOfFacts(facts);
  if ((!isOwnId(id) && !facts.grouped) || facts.validationCount !== undefined) return stated;
  const errors = [...networks.values()].flatMap(({ objectives }) => objectives[key] ?? []);
  const away = Array.from(
    { length: facts.grouped ? 24 : Math.ceil(facts.classes.length / 2) },
    (_, i) => i + 1,
  );
  const counted = [0, ...away.flatMap((by) => [by, -by])]
    .map((by) => stated.images + by)
    .find((images) => images > 0 && errors.every((error) => isWhole(error * images)));
  return counted === undefined ? stated : resolutionOf(counted);
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-3;
