import { buildArchitecture } from '../src/core/architecture/build.ts';
import type { Architecture } from '../src/core/architecture/types.ts';
import type { Morphism } from '../src/core/morphisms/morphism.ts';
import { applyMorphism } from '../src/core/morphisms/catalog.ts';
import { nodeId } from '../src/core/architecture/graph.ts';
import { encodeFloats } from '../src/core/run-file/base64.ts';
import { toyClasses, toySide, type ToyFile, type ToyName } from '../src/datasets/toys.ts';
import type { SearchData } from '../src/datasets/types.ts';
import type { Engine } from '../src/engine/engine.ts';
import { trainChild } from '../src/engine/train-child.ts';
import { toySchedule } from '../src/engine/workbench/schedules.ts';
import { answerWith } from '../src/engine/workbench/tanh.ts';
import { trainTanhToy } from './tanh-toy.ts';

/** Picked of seeds 2, 4, 5, 6, 7, 8 (77.7 to 91.8 % right) because its plain network answers best. */
export const toySeed = 6;
const trainedImages = 40_000;

/** Two Conv-BN-ReLU blocks with a pooling between, and the head. */
function twoBlocks(first: number, second: number): Architecture {
  const graph = buildArchitecture({ height: toySide, width: toySide, channels: 1 });
  const pooled = graph.maxPool(graph.conv(graph.input, first));
  graph.head(graph.conv(pooled, second), toyClasses.length);
  return graph.build();
}

/** A toy as trained; `right` is the share of right answers on the check images. */
export interface Trained {
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
  if (!trained.ok) throw new Error(JSON.stringify(trained.reason));
  const right = 1 - trained.value.evaluation.error;
  return {
    architecture,
    weights: trained.value.weights,
    images: trainedImages + (from?.trained.images ?? 0),
    right,
  };
}

function trainTanh(data: SearchData, randomName: string, architecture: Architecture): Trained {
  const weights = trainTanhToy(architecture, data.train, toySchedule(trainedImages, randomName));
  const { right, count } = answerWith('tanh', architecture, weights, data.validation);
  return { architecture, weights, images: trainedImages, right: right / count };
}

/** The toys of the bench, from nothing; `from` is their seed. Throws where training fails. */
export async function makeToys(
  engine: Engine,
  data: SearchData,
  from: number,
): Promise<Record<ToyName | 'tanh', Trained>> {
  const plain = await train(engine, data, `toy/${from}/plain`, twoBlocks(2, 3), null);
  const morphism: Morphism = { operator: 'deepen', after: nodeId('1'), kernelSize: 3 };
  const deepened = applyMorphism(plain.architecture, morphism);
  if (!deepened.ok) throw new Error(deepened.reason);
  const lineage = { trained: plain, chain: [morphism] };
  const deep = await train(engine, data, `toy/${from}/deep`, deepened.value.child, lineage);
  const six = await train(engine, data, `toy/${from}/six`, twoBlocks(6, 3), null);
  const tanh = trainTanh(data, `toy/${from}/tanh`, plain.architecture);
  return { plain, deep, six, tanh };
}

/** public/toys.json of those toys. */
export function toyText(
  seed: number,
  { tanh, ...toys }: Readonly<Record<ToyName | 'tanh', Trained>>,
): string {
  const entry = ({ architecture, weights, images }: Trained) => ({
    architecture,
    weights: encodeFloats(weights),
    images,
  });
  const networks = Object.fromEntries(
    Object.entries(toys).map(([name, toy]) => [name, entry(toy)]),
  ) as ToyFile['networks'];
  return `${JSON.stringify({ seed, networks, tanh: entry(tanh) } satisfies ToyFile, null, 1)}\n`;
}
