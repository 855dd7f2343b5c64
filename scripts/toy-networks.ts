/**
 * Trains the bench's toy networks on the wasm backend and writes public/toys.json:  npx tsx scripts/toy-networks.ts
 * Deterministic by `seed` on one machine; `--seeds 1,2,3` only reports what other seeds would give.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildArchitecture } from '../src/core/architecture/build.ts';
import type { Architecture } from '../src/core/architecture/types.ts';
import type { Morphism } from '../src/core/morphisms/morphism.ts';
import { applyMorphism } from '../src/core/morphisms/catalog.ts';
import { nodeId } from '../src/core/architecture/graph.ts';
import { encodeFloats } from '../src/core/run-file/base64.ts';
import { makeToyData, toyClasses, toySide, type ToyFile, type ToyName } from '../src/datasets/toys.ts';
import type { SearchData } from '../src/datasets/types.ts';
import { createEngine } from '../src/engine/device.ts';
import type { Engine } from '../src/engine/engine.ts';
import { trainChild } from '../src/engine/train-child.ts';
import { toySchedule } from '../src/engine/bench/schedules.ts';

/** Picked of seeds 2, 4, 5, 6, 7, 8 (77.7 to 91.8 % right) because its plain network answers best. */
const seed = 6;
const trainedImages = 40_000;

/** Two Conv-BN-ReLU blocks with a pooling between, and the head. */
function twoBlocks(first: number, second: number): Architecture {
  const graph = buildArchitecture({ height: toySide, width: toySide, channels: 1 });
  const pooled = graph.maxPool(graph.conv(graph.input, first));
  graph.head(graph.conv(pooled, second), toyClasses.length);
  return graph.build();
}

interface Trained {
  readonly architecture: Architecture;
  readonly weights: Float32Array<ArrayBuffer>;
  readonly images: number;
  readonly right: number;
}

async function train(
  engine: Engine,
  data: SearchData,
  randomName: string,
  architecture: Architecture,
  from: { readonly trained: Trained; readonly chain: readonly Morphism[] } | null,
): Promise<Trained> {
  const trained = await trainChild(
    engine,
    {
      architecture,
      inheritance: from && {
        parent: from.trained.architecture,
        parentWeights: from.trained.weights,
        chain: from.chain,
      },
      schedules: {
        train: toySchedule(trainedImages, `${randomName}/train`),
        distill: toySchedule(0, `${randomName}/distill`),
      },
      randomName,
    },
    data,
  );
  if (!trained.ok) throw new Error(trained.reason);
  const right = 1 - trained.value.evaluation.error;
  return {
    architecture,
    weights: trained.value.weights,
    images: trainedImages + (from?.trained.images ?? 0),
    right,
  };
}

async function makeToys(engine: Engine, data: SearchData, from: number): Promise<Record<ToyName, Trained>> {
  const plain = await train(engine, data, `toy/${from}/plain`, twoBlocks(2, 3), null);
  const morphism: Morphism = { operator: 'deepen', after: nodeId('1'), kernelSize: 3 };
  const deepened = applyMorphism(plain.architecture, morphism);
  if (!deepened.ok) throw new Error(deepened.reason);
  const lineage = { trained: plain, chain: [morphism] };
  const deep = await train(engine, data, `toy/${from}/deep`, deepened.value.child, lineage);
  const six = await train(engine, data, `toy/${from}/six`, twoBlocks(6, 3), null);
  return { plain, deep, six };
}

const { values } = parseArgs({ options: { seeds: { type: 'string' } } });
const made = await createEngine('wasm');
if (!made.ok) throw new Error(made.reason);
const data = makeToyData();
for (const one of values.seeds?.split(',').map(Number) ?? [seed]) {
  const toys = await makeToys(made.value, data, one);
  const report = Object.entries(toys).map(([name, { right }]) => `${name} ${(100 * right).toFixed(1)} %`);
  console.log(`seed ${one}: ${report.join(', ')}`);
  if (values.seeds) continue;
  const networks = Object.fromEntries(
    Object.entries(toys).map(([name, { architecture, weights, images }]) => [
      name,
      { architecture, weights: encodeFloats(weights), images },
    ]),
  ) as ToyFile['networks'];
  writeFileSync('public/toys.json', `${JSON.stringify({ seed, networks } satisfies ToyFile, null, 1)}\n`);
}
