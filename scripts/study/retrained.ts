import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What became of the members of one run's front that were trained again; written anew after every network. */
const retrainedSchema = v.strictObject({
  /** File name of the run, in the same folder. */
  run: v.string(),
  dataset: v.strictObject({ id: v.string(), checksum: v.string(), trainCount: count, testCount: count }),
  seed: v.number(),
  settings: v.strictObject({
    images: count,
    batch: count,
    rate: v.number(),
    weightDecay: v.number(),
    augment: v.picklist(['none', 'shift', 'shift-flip']),
    warmupShare: v.number(),
  }),
  /** Always 0: what the search validated on is trained on, and nothing is chosen here. */
  validationImages: v.literal(0),
  /** Networks of the run that are to be trained, smallest first. */
  planned: v.array(count),
  networks: v.array(
    v.strictObject({
      network: count,
      architecture: v.string(),
      parameters: count,
      images: count,
      /** Share of wrong answers on the test images; null where the training diverged. */
      testError: v.nullable(v.number()),
      seconds: v.number(),
    }),
  ),
});

export type RetrainedFile = v.InferOutput<typeof retrainedSchema>;

/** `x.retrained.json` beside the run `x.json.gz`. */
export const retrainedPath = (runPath: string): string =>
  runPath.replace(/\.json(\.gz)?$/, '.retrained.json');

/** The file beside a run; null where there is none. Throws where it is no such file. */
export async function readRetrained(runPath: string): Promise<RetrainedFile | null> {
  const path = retrainedPath(runPath);
  if (!existsSync(path)) return null;
  const parsed = v.safeParse(retrainedSchema, JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path}: ${parsed.issues[0].message}`);
  return parsed.output;
}

/** Writes the file whole or not at all. */
export async function writeRetrained(runPath: string, file: RetrainedFile): Promise<void> {
  const path = retrainedPath(runPath);
  await writeFile(`${path}.part`, `${JSON.stringify(file, null, 2)}\n`);
  await rename(`${path}.part`, path);
}

/** True where every planned network was trained. */
export const isComplete = ({ planned, networks }: RetrainedFile): boolean =>
  networks.length === planned.length;

/**
 * At most `limit` of `members`, smallest first: the smallest and the largest, and between them those nearest in log
 * size to equal steps. The largest alone for a limit of one.
 */
export function spreadInSize<T extends { readonly parameters: number }>(
  members: readonly T[],
  limit: number,
): readonly T[] {
  const sorted = [...members].sort((a, b) => a.parameters - b.parameters);
  if (sorted.length <= limit) return sorted;
  if (limit === 1) return sorted.slice(-1);
  const sizes = sorted.map(({ parameters }) => Math.log(parameters));
  const [low, high] = [sizes[0]!, sizes.at(-1)!];
  const chosen = new Set([0, sorted.length - 1]);
  for (let step = 1; step < limit - 1; step++) {
    const target = low + (step * (high - low)) / (limit - 1);
    const free = sizes.map((_, index) => index).filter((index) => !chosen.has(index));
    const distance = (index: number) => Math.abs(sizes[index]! - target);
    chosen.add(free.reduce((best, index) => (distance(index) < distance(best) ? index : best)));
  }
  return sorted.filter((_, index) => chosen.has(index));
}
