import type { RunDataset, RunDevice } from '../../core/run-file/schema.ts';
import type { DatasetId } from '../../core/search/recipe.ts';
import { factsOf } from '../../datasets/catalog.ts';
import { sha256 } from '../../datasets/fetch.ts';
import type { BackendReport } from '../../engine/engine.ts';

/** What a run file says of its data set; the checksum is that of the files' checksums. */
export async function datasetOf(id: DatasetId): Promise<RunDataset> {
  const { title, classes, trainCount, testCount, licence, attribution, files } = factsOf(id);
  return {
    id,
    title,
    classes,
    trainCount,
    testCount,
    licence,
    attribution,
    checksum: files.length === 0 ? 'synthetic' : await sha256(files.map((file) => file.sha256).join('\n')),
  };
}

export function deviceOf(backend: BackendReport, workers: number): RunDevice {
  const cores = navigator.hardwareConcurrency;
  return { backend, workers, description: `${navigator.userAgent}, ${cores} cores` };
}
