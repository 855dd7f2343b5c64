import { afterAll, beforeAll, expect, test } from 'vitest';
import { parameterCount } from '../../src/core/architecture/cost.ts';
import { pathOf } from '../../src/core/architecture/supernet.ts';
import { supernet } from '../../src/core/architecture/supernets.ts';
import type { Result } from '../../src/core/result.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { WeightSharing, type OtherError } from '../../src/engine/weight-sharing.ts';
import { imagesFor, startEngine } from './start.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine('wasm');
});
afterAll(() => engine.dispose());

const net = supernet({ height: 8, width: 8, channels: 1 }, 4, 3);
const data = { train: imagesFor(net, 64, 4, 3), validation: imagesFor(net, 40, 4, 4) };
const budget = { supernet: 1600, alone: 400, parent: 400, child: 80, width: 3 };
const sharing = (seed: number) => new WeightSharing(engine, data, seed, budget);

const valueOf = (found: Result<OtherError>): OtherError => {
  if (!found.ok) throw new Error(JSON.stringify(found.reason));
  return found.value;
};

test('paths and children are asked once what they share or inherit from is trained', async () => {
  const lesson = sharing(1);
  for (const early of [await lesson.withSharedWeights(0), await lesson.child(0)])
    expect(early).toEqual({ ok: false, reason: { code: 'not-prepared' } });
  const seen: number[] = [];
  valueOf(await lesson.trainSupernet(({ images }) => seen.push(images)));
  expect(seen.at(-1)).toBe(budget.supernet);
  for (const path of [0, 57, 255]) {
    const shared = valueOf(await lesson.withSharedWeights(path));
    expect(shared.parameters).toBe(parameterCount(pathOf(net, path).network));
    // Nothing is trained by asking.
    expect(await lesson.withSharedWeights(path)).toEqual({ ok: true, value: shared });
  }
  valueOf(await lesson.trainParent(() => {}));
  const child = valueOf(await lesson.child(2));
  expect(valueOf(await lesson.childAlone(2, 0)).parameters).toBe(child.parameters);
});

test('everything follows from the seed; another time is another training', async () => {
  const errors = async (seed: number) => {
    const lesson = sharing(seed);
    return [0, 0, 1, 2].map((time) => lesson.alone(57, time));
  };
  const [first, same] = await Promise.all([errors(1), errors(1)].map(async (all) => Promise.all(await all)));
  expect(first).toEqual(same);
  const [a, b, ...others] = first!.map((found) => valueOf(found).error);
  expect(a).toBe(b);
  expect(others.some((error) => error !== a)).toBe(true);
});
