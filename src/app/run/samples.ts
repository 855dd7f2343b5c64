import { isOwnId, type DatasetId } from '../../core/search/recipe.ts';
import { factsOf } from '../../datasets/catalog.ts';
import { firstImages, samplesOf, type SampleFiles } from '../../datasets/samples.ts';
import { openOwnSets } from '../../storage/own-sets.ts';

let shipped: Promise<SampleFiles | null> | undefined;

async function fetchShipped(): Promise<SampleFiles | null> {
  try {
    const answer = await fetch(new URL('data/samples.json', document.baseURI));
    return answer.ok ? ((await answer.json()) as SampleFiles) : null;
  } catch {
    return null;
  }
}

/** A few images of a set, as its networks see them; none where they cannot be read: the set has its name all the same. */
export async function loadSamples(id: DatasetId): Promise<readonly Uint8Array[]> {
  const facts = factsOf(id);
  if (!isOwnId(id)) {
    const files = await (shipped ??= fetchShipped());
    return files ? samplesOf(id, files, facts) : [];
  }
  const [first] = facts.files;
  const store = await openOwnSets();
  if (!store.ok || !first) return [];
  const kept = await store.value.file(first.path);
  store.value.close();
  return kept.ok && kept.value ? firstImages(kept.value.slice().buffer, first.images, facts) : [];
}
