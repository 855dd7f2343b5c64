import type { CardDataset, CardFacts } from '../../core/export/model-card.ts';
import { operatorsOf } from '../../core/morphisms/operators-of.ts';
import { lineageOf, type RunView } from '../../core/run-file/view.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { formatRecipe } from '../../core/search/recipe-parse.ts';
import { type DatasetId, isOwnId } from '../../core/search/recipe.ts';
import { factsOf, isKnown } from '../../datasets/catalog.ts';
import { siteAddress } from './address.ts';

function datasetOf(id: DatasetId): CardDataset {
  const { title, source, licence, attribution, trainCount, testCount } = factsOf(id);
  return { id, own: isOwnId(id), title, source, licence, attribution, trainCount, testCount };
}

/**
 * What the model card of a network says besides the network. The test error is the first head's: nobody measures the
 * second's. Null where there is no such network.
 */
export function cardFacts(
  view: RunView,
  id: NetworkId,
  testErrors: ReadonlyMap<NetworkId, number>,
): CardFacts | null {
  const network = view.networks.get(id);
  if (!network) return null;
  const { dataset, secondDataset, seed, strategy } = view.recipe;
  const { error, secondError } = network.objectives;
  const first = {
    dataset: datasetOf(dataset),
    validationError: error ?? null,
    testError: testErrors.get(id) ?? null,
  };
  const second =
    secondDataset !== '' && isKnown(secondDataset)
      ? [{ dataset: datasetOf(secondDataset), validationError: secondError ?? null, testError: null }]
      : [];
  return {
    heads: [first, ...second],
    lineage: lineageOf(view, id).map((ancestor) => ({
      id: ancestor.id,
      operators: operatorsOf(ancestor.chain),
      parameters: ancestor.objectives.parameters ?? null,
      error: ancestor.objectives.error ?? null,
    })),
    ownImages: network.ownImages,
    inheritedImages: network.inheritedImages,
    seed,
    strategy,
    recipeLink: `${siteAddress()}#${formatRecipe(view.recipe)}`,
  };
}
