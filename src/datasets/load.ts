import type { DatasetId } from '../core/search/recipe.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { factsOf } from './catalog.ts';
import { decodeFile, joinRows, type Rows, takeImages } from './decode.ts';
import { type DataSource, fetchVerified } from './fetch.ts';
import { makeShapes } from './shapes.ts';
import { givenSplit, splitRows } from './split.ts';
import type { DatasetFacts, ImageSet, SearchData } from './types.ts';

export interface LoadOptions {
  /** At most this many images of the part, a balanced prefix; only the files that hold them are fetched. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
  /** Bytes received so far, of all that this load fetches. */
  readonly onProgress?: (loadedBytes: number, totalBytes: number) => void;
}

/** The files of a part that hold its first `limit` images. */
function filesOf(facts: DatasetFacts, part: 'train' | 'test', limit: number): DatasetFacts['files'] {
  let before = 0;
  return facts.files.filter((file) => {
    if (file.part !== part || before >= limit) return false;
    before += file.images;
    return true;
  });
}

async function loadRows(
  facts: DatasetFacts,
  part: 'train' | 'test',
  source: DataSource,
  options: LoadOptions,
): Promise<Result<Rows>> {
  const limit = options.limit ?? Infinity;
  if (!(limit >= 1)) throw new RangeError(`limit ${limit}: at least one image is needed`);
  if (facts.id === 'shapes') {
    const all = part === 'train' ? facts.trainCount : facts.testCount;
    return ok(makeShapes({ part, count: Math.min(Math.floor(limit), all) }));
  }
  const files = filesOf(facts, part, limit);
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const decoded: Rows[] = [];
  let finished = 0;
  for (const file of files) {
    const loaded = await fetchVerified(source, file, {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onBytes: (bytes) => options.onProgress?.(finished + bytes, total),
    });
    if (!loaded.ok) return loaded;
    finished += file.bytes;
    options.onProgress?.(finished, total);
    const rows = await decodeFile(loaded.value, file.images, facts);
    if (!rows.ok) return fail({ code: 'file-undecodable', path: file.path, problem: rows.reason });
    decoded.push(rows.value);
  }
  return ok(joinRows(decoded));
}

const describe = (facts: DatasetFacts) => ({ ...facts, classes: facts.classes.length });

/**
 * What a search may see: training and validation images, both from the training part of `id`; one image in five (or
 * what the facts say) validates, drawn by `seed`, unless the set's author divided them. `source` is the URL of the data folder, or a function that reads a file of it.
 * With a `limit` below 5,000 there are fewer than 1,000 validation images.
 */
export async function loadSearchData(
  id: DatasetId,
  seed: number,
  source: DataSource,
  options: LoadOptions = {},
): Promise<Result<SearchData>> {
  const facts = factsOf(id);
  const rows = await loadRows(facts, 'train', source, options);
  if (!rows.ok) return rows;
  const count = Math.min(rows.value.count, Math.floor(options.limit ?? Infinity));
  const { validationCount } = facts;
  const split =
    validationCount === undefined
      ? splitRows(
          rows.value.labels.subarray(0, count),
          rows.value.groups.subarray(0, count),
          seed,
          facts.validationShare,
        )
      : givenSplit(rows.value.count, validationCount, count);
  return ok({
    train: takeImages(rows.value, split.train, describe(facts)),
    validation: takeImages(rows.value, split.validation, describe(facts)),
  });
}

/** All images of a part, in the order of its files, which is balanced in every prefix. */
async function loadPart(
  id: DatasetId,
  part: 'train' | 'test',
  source: DataSource,
  options: LoadOptions,
): Promise<Result<ImageSet>> {
  const facts = factsOf(id);
  const rows = await loadRows(facts, part, source, options);
  if (!rows.ok) return rows;
  const count = Math.min(rows.value.count, Math.floor(options.limit ?? Infinity));
  const indices = Array.from({ length: count }, (_, i) => i);
  return ok(takeImages(rows.value, indices, describe(facts)));
}

/** The test part of `id`, balanced in every prefix. Never given to a search; for the final report only. */
export const loadTest = (
  id: DatasetId,
  source: DataSource,
  options: LoadOptions = {},
): Promise<Result<ImageSet>> => loadPart(id, 'test', source, options);

/** The whole training part of `id`, undivided: for networks that are trained again after a search. */
export const loadTraining = (
  id: DatasetId,
  source: DataSource,
  options: LoadOptions = {},
): Promise<Result<ImageSet>> => loadPart(id, 'train', source, options);
