import * as v from 'valibot';
import { isOwnId, ownIdPattern, shippedIds } from '../search/recipe.ts';

/** Far above what any search here makes. */
export const most = { networks: 100_000, events: 5_000_000, chain: 64, list: 100_000, text: 10_000 } as const;

export const text = (length = 500) => v.pipe(v.string(), v.maxLength(length));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
export const id = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most.networks));
/** JSON has no Infinity, but 1e999 reads as it. */
const largest = 1e300;
export const real = v.pipe(v.number(), v.minValue(-largest), v.maxValue(largest));
export const size = v.pipe(v.number(), v.minValue(0), v.maxValue(largest));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const ids = v.pipe(v.array(id), v.maxLength(most.networks));
const ownId = v.pipe(v.string(), v.regex(ownIdPattern), v.guard(isOwnId));
/** A data set that comes with the site, or pictures of the author's own. */
export const datasetId = v.union([v.picklist(shippedIds), ownId]);
