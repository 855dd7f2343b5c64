/**
 * What the lesson "Shared or inherited?" computes, in Node: a supernet trained and its 256 paths enumerated, a sample of them
 * trained alone, the same for inheriting children. Prints seconds and Kendall's tau.
 * Usage: npx tsx scripts/weight-sharing.ts [data set] [seed ...]
 */
import { pathCount, spreadPaths } from '../src/core/architecture/supernet.ts';
import { kendall } from '../src/core/metrics/kendall.ts';
import type { Result } from '../src/core/result.ts';
import type { ShippedId } from '../src/core/search/recipe.ts';
import { loadSearchData } from '../src/datasets/load.ts';
import { WeightSharing, type OtherError } from '../src/engine/weight-sharing.ts';
import { nodeEngine, readData } from './node-search.ts';

/** Networks trained alone, as on the page. */
const sample = 12;

function errorOf(found: Result<OtherError>): number {
  if (!found.ok) throw new Error(JSON.stringify(found.reason));
  return found.value.error;
}

const shown = (a: readonly number[], b: readonly number[]) =>
  `tau ${kendall(a, b)?.toFixed(3)}: ${a.map((value, i) => `${value.toFixed(3)}/${b[i]!.toFixed(3)}`).join(' ')}`;

async function once(dataset: ShippedId, seed: number): Promise<void> {
  const data = await loadSearchData(dataset, seed, readData);
  if (!data.ok) throw new Error(JSON.stringify(data.reason));
  const sharing = new WeightSharing(await nodeEngine(), data.value, seed);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  errorOf(await sharing.trainSupernet(() => {}));
  const shared: number[] = [];
  for (let path = 0; path < pathCount; path++) shared.push(errorOf(await sharing.withSharedWeights(path)));
  const { user, system } = process.cpuUsage(cpu);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${dataset}, seed ${seed}: supernet of ${sharing.supernetParameters} parameters trained, ${pathCount} paths enumerated in ` +
      `${seconds} s (${((user + system) / 1e6).toFixed(1)} s of processor time); errors ${Math.min(...shared).toFixed(3)} to ${Math.max(...shared).toFixed(3)}`,
  );
  const paths = spreadPaths(sample);
  const alone: number[] = [];
  for (const path of paths) alone.push(errorOf(await sharing.alone(path)));
  console.log(
    `  shared/alone, ${shown(
      paths.map((path) => shared[path]!),
      alone,
    )}`,
  );
  errorOf(await sharing.trainParent(() => {}));
  const [inherited, scratch]: [number[], number[]] = [[], []];
  for (let index = 0; index < sample; index++) {
    inherited.push(errorOf(await sharing.child(index)));
    scratch.push(errorOf(await sharing.childAlone(index)));
  }
  console.log(`  inherited/alone, ${shown(inherited, scratch)}`);
}

const [dataset = 'digits', ...seeds] = process.argv.slice(2);
for (const seed of seeds.length > 0 ? seeds : ['1']) await once(dataset as ShippedId, Number(seed));
process.exit(0);
