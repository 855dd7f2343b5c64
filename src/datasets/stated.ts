import type { RunDataset } from '../core/run-file/schema.ts';
import type { DatasetId } from '../core/search/recipe.ts';
import { factsOf } from './catalog.ts';
import { sha256Of } from './checksums.ts';
import { sha256 } from './fetch.ts';
import type { DatasetFacts } from './types.ts';

const checksumOf = async (files: DatasetFacts['files']): Promise<string> =>
  files.length === 0 ? 'synthetic' : sha256(files.map(sha256Of).join('\n'));

/**
 * What run files and stored runs say of their data set: enough to use its networks where the images are not. The
 * checksum is that of the files' checksums.
 */
export async function statedDataset(id: DatasetId): Promise<RunDataset> {
  const facts = factsOf(id);
  const { title, classes, trainCount, testCount, licence, attribution, files } = facts;
  const { height, width, channels, mean, deviation, bits, preparation, validationCount } = facts;
  return {
    id,
    title,
    classes,
    trainCount,
    testCount,
    licence,
    attribution,
    checksum: facts.checksum ?? (await checksumOf(files)),
    ...(validationCount === undefined ? {} : { validationCount }),
    ...(mean.length === 0 || facts.statisticsAssumed
      ? {}
      : {
          input: {
            ...{ height, width, channels, mean, deviation },
            ...(bits === undefined ? {} : { bits }),
            ...(preparation === undefined ? {} : { preparation }),
          },
        }),
  };
}
