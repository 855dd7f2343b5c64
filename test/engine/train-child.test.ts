import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { layoutOf, type Weights } from '../../src/core/architecture/weights.ts';
import { buildArchitecture } from '../../src/core/architecture/build.ts';
import type { Architecture, NodeId } from '../../src/core/architecture/types.ts';
import { applyChain } from '../../src/core/morphisms/catalog.ts';
import { operators } from '../../src/core/morphisms/morphism.ts';
import type { Morphism } from '../../src/core/morphisms/morphism.ts';
import { seeded } from '../../src/core/random.ts';
import { loadSearchData } from '../../src/datasets/load.ts';
import { loadTaskData } from '../../src/datasets/tasks.ts';
import type { ImageSet, SearchData } from '../../src/datasets/types.ts';
import { reestimateHeads, reestimationImages, type ChildData } from '../../src/engine/heads.ts';
import { meetParent } from '../../src/engine/meet-parent.ts';
import type { Engine, TrainingSchedule } from '../../src/engine/engine.ts';
import { inheritAlong } from '../../src/engine/inherit.ts';
import { meanDivergence, probabilities } from '../../src/engine/evaluate.ts';
import { affectedNodes, trainChild, type ChildJob, type TrainedChild } from '../../src/engine/train-child.ts';
import { startEngine } from './start.ts';

const read = async (path: string): Promise<ArrayBuffer> => {
  const bytes = await readFile(new URL(`../../public/data/${path}`, import.meta.url));
  return new Uint8Array(bytes).buffer;
};

let engine: Engine;
let digits: SearchData;
let parentWeights: Weights;

const graph = buildArchitecture({ height: 8, width: 8, channels: 1 });
const first = graph.conv(graph.input, 8);
const second = graph.conv(first, 8);
const joined = graph.add(second, first);
const third = graph.conv(graph.maxPool(joined), 12);
graph.head(third, 10);
const parent: Architecture = graph.build();

const schedule = (images: number, randomName: string): TrainingSchedule => ({
  ...{ images, batch: 16, rate: 0.1, warmup: 100, momentum: 0.9, weightDecay: 5e-4 },
  ...{ augment: 'none' as const, randomName },
});

const job = (changes: Partial<ChildJob> = {}): ChildJob => ({
  architecture: parent,
  inheritance: null,
  schedules: { train: schedule(2400, 'train'), distill: { ...schedule(960, 'distill'), weightDecay: 0 } },
  randomName: '1/child/1',
  ...changes,
});

function childJob(chain: readonly Morphism[], images: number, name = '1/child/2'): ChildJob {
  const applied = applyChain(parent, chain);
  if (!applied.ok) throw new Error(applied.reason);
  return job({
    architecture: applied.value.child,
    inheritance: { parent, parentWeights, chain },
    schedules: {
      train: schedule(images, `${name}/t`),
      distill: { ...schedule(960, `${name}/d`), weightDecay: 0 },
    },
    randomName: name,
  });
}

async function trained(childJob: ChildJob): Promise<TrainedChild> {
  const result = await trainChild(engine, childJob, digits);
  if (!result.ok) throw new Error(JSON.stringify(result.reason));
  return result.value;
}

beforeAll(async () => {
  engine = await startEngine('wasm');
  const loaded = await loadSearchData('digits', 1, read);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
  digits = loaded.value;
  ({ weights: parentWeights } = await trained(job()));
});

const prune: Morphism = { operator: 'prune', block: third, fraction: 0.5 };
const separate: Morphism = { operator: 'separate', block: second };
const remove: Morphism = { operator: 'remove', target: second };
const removeSkip: Morphism = { operator: 'remove', target: joined };

describe('a child', () => {
  test('from scratch learns, the same again for the same name, and leaves no tensor behind', async () => {
    const [one, two] = [await trained(job()), await trained(job())];
    expect(one.evaluation.error).toBeLessThan(0.12);
    expect(one.weights).toEqual(two.weights);
    expect(one.learning.images).toBe(2400);
    expect(one.distillation ?? one.agreement).toBeUndefined();
    expect((await trained(job({ randomName: 'other' }))).weights).not.toEqual(one.weights);
    expect(engine.memory().tensors).toBe(0);
  });

  test('after exact morphisms answers as its parent did before it trains on', async () => {
    const deepen: Morphism = { operator: 'deepen', after: first, kernelSize: 3 };
    const widen: Morphism = { operator: 'widen', block: third, factor: 2, variant: 'zero' };
    const kept = parentWeights.slice();
    const child = await trained(childJob([deepen, widen], 320));
    expect(child.agreement).toMatchObject({ same: 256, of: 256 });
    expect(child.agreement!.maxDifference).toBeLessThan(1e-3);
    expect(child.distillation).toBeUndefined();
    expect(parentWeights).toEqual(kept);
  });

  test.each<[string, Morphism[]]>([
    ['prune', [prune]],
    ['separate', [separate]],
    ['remove a block', [remove]],
    ['prune, then separate', [prune, separate]],
  ])('%s: distillation lowers the divergence to the parent, over three seeds', async (_, chain) => {
    for (const seed of [1, 2, 3]) {
      const child = await trained(childJob(chain, 32, `${seed}/distilled`));
      const { before, after } = child.distillation!;
      expect(before).toBeGreaterThan(0.01);
      expect(after).toBeLessThan(0.6 * before);
      expect(child.agreement).toBeUndefined();
    }
  });

  test('remove a skip: with BN re-estimated little is lost, and distillation stays close', async () => {
    const { before, after } = (await trained(childJob([removeSkip], 32))).distillation!;
    expect(before).toBeLessThan(0.05);
    expect(after).toBeLessThan(0.05);
  });

  test('without distillation is as far from its parent after it as before', async () => {
    const approximate = childJob([prune], 32);
    const { train, distill } = approximate.schedules;
    const child = await trained({ ...approximate, schedules: { train, distill: { ...distill, images: 0 } } });
    expect(child.distillation!.after).toBe(child.distillation!.before);
  });

  test('can be aborted, may diverge, may be asked for the impossible: all values', async () => {
    const controller = new AbortController();
    controller.abort();
    const hooks = { signal: controller.signal };
    expect(await trainChild(engine, job(), digits, hooks)).toEqual({
      ok: false,
      reason: { code: 'aborted' },
    });
    const wild = { ...job().schedules, train: { ...schedule(2400, 'w'), rate: 1e30 } };
    expect(await trainChild(engine, job({ schedules: wild }), digits)).toEqual({
      ok: false,
      reason: { code: 'diverged' },
    });
    const chain: Morphism[] = [{ operator: 'separate', block: 'nowhere' as NodeId }];
    const impossible = job({ inheritance: { parent, parentWeights, chain } });
    expect(await trainChild(engine, impossible, digits)).toMatchObject({ ok: false });
    expect(engine.memory().tensors).toBe(0);
  });
});

test('distillation moves the affected layers only, bit for bit', async () => {
  const applied = applyChain(parent, [separate]);
  if (!applied.ok) throw new Error(applied.reason);
  const { child, steps } = applied.value;
  const before = await inheritAlong(engine, steps, parentWeights, digits.train, seeded('i'));
  const teacher = engine.network(parent, parentWeights);
  const targets = probabilities(await teacher.logits(digits.train, 0, digits.train.count), 10);
  teacher.dispose();
  const network = engine.network(child, before);
  const affected = affectedNodes(steps, child);
  expect(affected).toContain(second);
  expect(affected.length).toBeLessThan(child.nodes.filter(({ kind }) => kind !== 'input').length);
  await network.distill(digits.train, targets, affected, schedule(320, 'd'));
  const after = await network.weights();
  network.dispose();
  for (const slot of layoutOf(child).slots) {
    const range = [slot.offset, slot.offset + slot.length] as const;
    const isSame = Buffer.from(before.slice(...range).buffer).equals(
      Buffer.from(after.slice(...range).buffer),
    );
    expect(isSame, `${slot.node}/${slot.name}`).toBe(!(slot.trainable && affected.includes(slot.node)));
  }
});

test('every approximate operator is tested here', () => {
  const approximate = Object.values(operators).filter(({ exactness }) => exactness === 'approximate');
  expect(approximate.map(({ kind }) => kind).sort()).toEqual(['prune', 'remove', 'separate']);
});

describe('a child with a head for each of two unlike sets', () => {
  const twoHeads: Architecture = {
    nodes: [...parent.nodes, { kind: 'head', id: 'head2' as NodeId, inputs: [third], classes: 10, task: 1 }],
  };
  let both: ChildData;
  let ancestor: TrainedChild;

  const child = async (changes: Partial<ChildJob>) => {
    const result = await trainChild(engine, job({ architecture: twoHeads, ...changes }), both);
    if (!result.ok) throw new Error(JSON.stringify(result.reason));
    return result.value;
  };

  beforeAll(async () => {
    const loaded = await loadTaskData({ dataset: 'digits', secondDataset: 'shapes', seed: 1 }, read);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
    both = loaded.value;
    ancestor = await child({ schedules: { ...job().schedules, train: schedule(6400, 'both') } });
  });

  test('evaluates each with the statistics of its own set', async () => {
    const network = engine.network(twoHeads, ancestor.weights);
    const errorWith = async (train: ImageSet) => {
      await network.reestimate(train, reestimationImages, 1);
      return (await network.evaluate(both.second!.validation, 1)).error;
    };
    const [own, foreign] = [await errorWith(both.second!.train), await errorWith(both.train)];
    const first = await network.evaluate(both.validation);
    network.dispose();
    expect(ancestor.secondEvaluation!.error).toBe(own);
    expect(foreign).toBeGreaterThan(own + 0.2);
    expect(ancestor.evaluation).toEqual(first);
    expect(first.error).toBeLessThan(0.12);
  });

  test('answers as its parent did on both after exact morphisms', async () => {
    const chain: Morphism[] = [
      { operator: 'deepen', after: first, kernelSize: 3 },
      { operator: 'widen', block: third, factor: 2, variant: 'zero' },
    ];
    const applied = applyChain(twoHeads, chain);
    if (!applied.ok) throw new Error(applied.reason);
    const inheritance = { parent: twoHeads, parentWeights: ancestor.weights, chain };
    const schedules = { ...job().schedules, train: schedule(32, 'exact') };
    const { agreement } = await child({ architecture: applied.value.child, inheritance, schedules });
    expect(agreement).toMatchObject({ same: 512, of: 512 });
    expect(agreement!.maxDifference).toBeLessThan(1e-3);
  });

  test('distils both: the second comes closer to its parent than where only the first is distilled', async () => {
    const applied = applyChain(twoHeads, [separate]);
    if (!applied.ok) throw new Error(applied.reason);
    const { child: architecture, steps } = applied.value;
    const compared = both.second!.validation;
    const teacher = engine.network(twoHeads, ancestor.weights);
    const expected = await teacher.logits(compared, 0, compared.count, 1);
    teacher.dispose();
    const weights = await inheritAlong(engine, steps, ancestor.weights, both.train, seeded('i'));
    const meeting = {
      ...{ parent: twoHeads, parentWeights: ancestor.weights, affected: affectedNodes(steps, architecture) },
      distill: { ...schedule(1920, 'd'), weightDecay: 0 },
    };
    const distanceWith = async (data: ChildData) => {
      const network = engine.network(architecture, weights);
      const met = await meetParent(engine, network, meeting, data, {});
      if (!met.ok) throw new Error(JSON.stringify(met.reason));
      await reestimateHeads(network, both);
      const distance = meanDivergence(expected, await network.logits(compared, 0, compared.count, 1), 10);
      network.dispose();
      return distance;
    };
    const { second: _, ...onlyFirst } = both;
    expect(await distanceWith(both)).toBeLessThan(0.6 * (await distanceWith(onlyFirst)));
    expect(engine.memory().tensors).toBe(0);
  });
});
