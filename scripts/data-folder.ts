import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { shippedIds } from '../src/core/search/recipe.ts';
import { replaceFiles } from '../src/datasets/catalog.ts';

/** Where scripts/data/full.ts writes, and studies with `"data": "full"` read. */
export const fullFolder = '.cache/data-full';
export const manifestName = 'manifest.json';

const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** What a data folder's manifest says: for each of its sets the facts that its files decide. */
const manifestSchema = v.record(
  v.picklist(shippedIds),
  v.strictObject({
    trainCount: count,
    testCount: count,
    mean: v.array(v.number()),
    deviation: v.array(v.number()),
    validationShare: v.pipe(v.number(), v.gtValue(0), v.ltValue(1)),
    files: v.array(
      v.strictObject({
        path: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.bin$/)),
        part: v.picklist(['train', 'test']),
        images: count,
        bytes: count,
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      }),
    ),
  }),
);

export type Manifest = v.InferOutput<typeof manifestSchema>;

/** Where the files of opened folders are. */
const places = new Map<string, string>();

/** Where a data file is: in a folder that was opened, or in public/data. */
export const placeOf = (path: string): string | URL =>
  places.get(path) ?? new URL(`../public/data/${path}`, import.meta.url);

/**
 * From here on this process reads the sets of `folder` from there; all others as the site does. Throws with the command
 * that makes the folder where there is none.
 */
export async function openDataFolder(folder: string): Promise<void> {
  const path = join(folder, manifestName);
  if (!existsSync(path))
    throw new Error(
      `${path} is not there. Make it with: npx tsx scripts/data/full.ts${folder === fullFolder ? '' : ` --out ${folder}`}`,
    );
  const manifest = v.parse(manifestSchema, JSON.parse(await readFile(path, 'utf8')));
  for (const id of shippedIds) {
    const facts = manifest[id];
    if (!facts) continue;
    replaceFiles(id, facts);
    for (const file of facts.files) places.set(file.path, resolve(folder, file.path));
  }
}
