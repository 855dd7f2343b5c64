/**
 * What the lesson "Shared or inherited?" computes, in Node: a supernet trained and its 256 paths enumerated, a sample of them
 * trained alone three times, the same for inheriting children. Prints seconds, and Kendall's tau with its 95 % interval of the
 * cheap errors and of one training against the mean of the two others.
 * Usage: npx tsx scripts/weight-sharing.ts [data set] [seed ...]
 */
import { agreement, sampleSize, trainings, type Compared } from '../src/app/learn/weights/ranking.ts';
import { pathCount, pathsOverSizes } from '../src/core/architecture/supernet.ts';
import type { Result } from '../src/core/result.ts';
import type { ShippedId } from '../src/core/search/recipe.ts';
import { loadSearchData } from '../src/datasets/load.ts';
import { WeightSharing, type OtherError } from '../src/engine/weight-sharing.ts';
import { nodeEngine, readData } from './node-search.ts';

function valueOf(found: Result<OtherError>): OtherError {
  if (!found.ok) throw new Error(JSON.stringify(found.reason));
  return found.value;
}

async function compared(
  cheap: OtherError,
  alone: (time: number) => Promise<Result<OtherError>>,
): Promise<Compared> {
  const errors: number[] = [];
  for (let time = 0; time < trainings; time++) errors.push(valueOf(await alone(time)).error);
  const [again, ...rest] = errors;
  const mean = rest.reduce((sum, error) => sum + error, 0) / rest.length;
  return { parameters: cheap.parameters, cheap: cheap.error, again: again!, alone: mean };
}

function report(name: string, all: readonly Compared[]): void {
  const list = (key: keyof Compared) => all.map((one) => one[key]);
  const range = (key: 'cheap' | 'alone') => {
    const values = list(key);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [mean, Math.min(...values), Math.max(...values)].map((x) => (100 * x).toFixed(1)).join(', ');
  };
  console.log(
    `  ${name} of ${all.length}: mean, least and largest error cheap ${range('cheap')} %, alone ${range('alone')} %`,
  );
  for (const [label, key] of [
    ['forecast', 'cheap'],
    ['one training more', 'again'],
    ['size', 'parameters'],
  ] as const) {
    const found = agreement(list(key), list('alone'));
    if (!found) continue;
    const between = found.interval?.map((tau) => tau.toFixed(2)).join(' to ');
    console.log(
      `    ${label}: tau ${found.tau.toFixed(2)} (95 %: ${between}), ${(100 * found.pairs).toFixed(0)} % of pairs`,
    );
  }
}

async function once(dataset: ShippedId, seed: number): Promise<void> {
  const data = await loadSearchData(dataset, seed, readData);
  if (!data.ok) throw new Error(JSON.stringify(data.reason));
  const sharing = new WeightSharing(await nodeEngine(), data.value, seed);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const spent = () => {
    const { user, system } = process.cpuUsage(cpu);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return `${seconds} s (${((user + system) / 1e6).toFixed(1)} s of processor time)`;
  };
  valueOf(await sharing.trainSupernet(() => {}));
  const shared: OtherError[] = [];
  for (let path = 0; path < pathCount; path++) shared.push(valueOf(await sharing.withSharedWeights(path)));
  const errors = shared.map(({ error }) => error);
  console.log(
    `${dataset}, seed ${seed}: supernet of ${sharing.supernetParameters} parameters trained, ${pathCount} paths enumerated in ` +
      `${spent()}; errors ${Math.min(...errors).toFixed(3)} to ${Math.max(...errors).toFixed(3)}`,
  );
  const paths: Compared[] = [];
  const sample = pathsOverSizes(
    shared.map(({ parameters }) => parameters),
    sampleSize,
  );
  for (const path of sample) paths.push(await compared(shared[path]!, (time) => sharing.alone(path, time)));
  report('shared weights', paths);
  valueOf(await sharing.trainParent(() => {}));
  const children: Compared[] = [];
  for (let index = 0; index < sampleSize; index++)
    children.push(
      await compared(valueOf(await sharing.child(index)), (time) => sharing.childAlone(index, time)),
    );
  report('inherited weights', children);
  console.log(`  all of it in ${spent()}`);
}

const [dataset = 'digits', ...seeds] = process.argv.slice(2);
for (const seed of seeds.length > 0 ? seeds : ['1']) await once(dataset as ShippedId, Number(seed));
process.exit(0);
