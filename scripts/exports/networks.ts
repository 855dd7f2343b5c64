import { readFileSync } from 'node:fs';
import { buildArchitecture } from '../../src/core/architecture/build.ts';
import { mobilenetNetwork } from '../../src/core/architecture/families/mobilenet.ts';
import { vggNetwork } from '../../src/core/architecture/families/vgg.ts';
import { deepNetworks } from '../../src/core/architecture/starting-networks.ts';
import type { Architecture } from '../../src/core/architecture/types.ts';
import { layoutOf } from '../../src/core/architecture/weights.ts';
import { exportedHeads } from '../../src/core/export/per-head.ts';
import type { ExportedNetwork, HeadFacts } from '../../src/core/export/portable.ts';
import { seeded } from '../../src/core/random.ts';
import { decodeFloats } from '../../src/core/run-file/base64.ts';
import type { RunFile, RunWeights } from '../../src/core/run-file/schema.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import { shippedIds, type ShippedId } from '../../src/core/search/recipe.ts';
import { spaces } from '../../src/core/search/spaces.ts';
import { catalog } from '../../src/datasets/catalog.ts';
import { fittedPreparation, ownPreparation, preparationOf } from '../../src/datasets/preparation.ts';
import { randomWeights } from '../../test/support/architectures.ts';

/** A network to be exported, of one head. */
export interface Case {
  /** Name of its folder. */
  readonly name: string;
  readonly group: string;
  readonly network: ExportedNetwork;
}

const factsFor = (id: ShippedId): HeadFacts => {
  const { classes, mean, deviation } = catalog[id];
  return { classes, mean, deviation, preparation: preparationOf(catalog[id]) };
};

const named = (name: string, group: string, architecture: Architecture, facts: HeadFacts, seed: number) => ({
  name,
  group,
  network: {
    name: `LEMONADE network ${name}`,
    architecture,
    weights: randomWeights(architecture, seed),
    ...facts,
  },
});

/** What two generations of children with chains of up to four operators make of a network. */
function grown(architecture: Architecture, space: 'network' | 'cell', seed: number): Architecture {
  const random = seeded(`exports/${seed}`);
  const { problem } = spaces[space];
  let child = architecture;
  for (let generation = 0; generation < 3; generation++) {
    const chain = problem.drawChain(child, random, { min: 2, max: 4 });
    if (!chain.ok) continue;
    const applied = problem.applyChain(child, chain.value);
    if (applied.ok) child = applied.value;
  }
  return child;
}

/** For every shipped set: where its searches begin, what grows from there, and the hand-made families. */
function ofShippedSet(id: ShippedId): readonly Case[] {
  const { height, width, channels, classes } = catalog[id];
  const shape = { height, width, channels };
  const count = classes.length;
  const facts = factsFor(id);
  const starts = spaces.network.startingNetworks(shape, count);
  const cells = spaces.cell.startingNetworks(shape, count);
  const deep = deepNetworks(shape, count);
  const one = (kind: string, group: string, architecture: Architecture, seed: number) =>
    named(`${id}-${kind}`, group, architecture, facts, seed);
  return [
    one('start', 'starting networks', starts[0]!, 1),
    one('start-deep', 'starting networks', deep.at(-1)!, 2),
    one('cell', 'cells', cells.at(-1)!, 3),
    one('vgg', 'families', vggNetwork(shape, count, 6), 4),
    one('mobilenet', 'families', mobilenetNetwork(shape, count, 6), 5),
    ...[0, 1].map((i) =>
      one(`grown-${i}`, 'grown (adds, concats)', grown(starts.at(-1 - i)!, 'network', 10 * i + 1), 6 + i),
    ),
    one('grown-deep', 'grown (adds, concats)', grown(deep[0]!, 'network', 7), 8),
    one('cell-grown', 'cells', grown(cells[0]!, 'cell', 9), 9),
  ];
}

const recordingFile = (name: string) =>
  JSON.parse(readFileSync(`public/recordings/${name}`, 'utf8')) as unknown;

/** The first visit's recording: networks of a real search, with the weights it found. */
function recorded(): readonly Case[] {
  const file = recordingFile('first-visit-whole.json') as RunFile;
  const { weights } = recordingFile('first-visit-front.json') as { readonly weights: readonly RunWeights[] };
  const view = viewOf(file.events)!;
  const facts = factsFor(file.recipe.dataset as ShippedId);
  return weights.flatMap(({ network: id, float32 }) => {
    const decoded = decodeFloats(float32);
    const network = view.networks.get(id);
    if (!decoded.ok || !network) return [];
    const { architecture } = network;
    const exported = { name: `LEMONADE network ${id}`, architecture, weights: decoded.value, ...facts };
    return [{ name: `recorded-${id}`, group: 'trained (the recording)', network: exported }];
  });
}

/** The most accurate network of the recording, where its data set is `id`. */
export function recordedNetwork(id: ShippedId): ExportedNetwork | null {
  const file = recordingFile('first-visit-whole.json') as RunFile;
  return file.recipe.dataset === id ? recorded().at(-1)!.network : null;
}

/** Node names that are words of Python or JavaScript, or what writers call parts of other nodes. */
function oddNames(): readonly Case[] {
  const graph = buildArchitecture({ height: 9, width: 9, channels: 1 });
  let last = graph.input;
  const names = ['class', 'images', '1', '1_bn', '1/bn', '1_conv', 'mean', 'keras', 'lambda', 'pixels', 'x'];
  for (const name of names) last = graph.conv(last, 3, 3, name);
  const other = graph.sepConv(last, 3, 3, 'forward');
  last = graph.add(other, last, 'tensors');
  last = graph.concat([last, other], 'torch');
  last = graph.maxPool(last, 'import');
  graph.head(last, 3, 0, 'while');
  const classes = ['a "quoted" one', '日本 🍋', "it's <b>bold</b> \\n"];
  const facts = { classes, mean: [0.3], deviation: [0.2] };
  return [named('odd-names', 'odd names', graph.build(), facts, 21)];
}

/** Two shipped sets on one body, and their heads apart. */
function twoHeads(): readonly Case[] {
  const { height, width, channels, classes } = catalog.fashion;
  const second = catalog.digits;
  const options = { secondClasses: second.classes.length };
  return spaces.network
    .startingNetworks({ height, width, channels }, classes.length, options)
    .flatMap((architecture, index) => {
      const whole = named(`two-heads-${index}`, 'two heads', architecture, factsFor('fashion'), 30 + index);
      const preparation = fittedPreparation(second, { height, width, channels });
      const heads = exportedHeads(whole.network, { ...factsFor('digits'), preparation });
      return heads.map((network, head) => ({ ...whole, name: `${whole.name}-${head + 1}`, network }));
    });
}

/** Own pictures that are not here, as a run file describes them: in colour, an odd size; one that says nothing of how. */
function ownPictures(): readonly Case[] {
  const facts = { classes: ['mug', 'plant'], mean: [0.5, 0.4, 0.6], deviation: [0.2, 0.25, 0.2] };
  return (['crop', 'border', null] as const).map((fit, index) => {
    const width = [33, 48, 20][index]!;
    const shape = { height: width, width, channels: 3 };
    const architecture = grown(spaces.network.startingNetworks(shape, 2)[0]!, 'network', 40 + index);
    const preparation = fit && {
      preparation: ownPreparation({ width, channels: 3, bits: 8, preparation: { fit, gain: 1.5 } }),
    };
    return named(
      `own-${fit ?? 'unknown'}`,
      'own pictures',
      architecture,
      { ...facts, ...preparation },
      50 + index,
    );
  });
}

/** An addition whose lambda lets one input through alone is no addition any more. */
function clippedLambdas(): readonly Case[] {
  return [1.4, 0, -0.2].map((lambda, index) => {
    const [start] = ofShippedSet('digits').filter(({ network: { architecture } }) =>
      architecture.nodes.some(({ kind }) => kind === 'add'),
    );
    const weights = start!.network.weights.slice();
    for (const { name, offset } of layoutOf(start!.network.architecture).slots)
      if (name === 'lambda') weights[offset] = lambda;
    return {
      name: `lambda-${index}`,
      group: 'lambda outside (0, 1)',
      network: { ...start!.network, weights },
    };
  });
}

/** All networks that exports are checked on, the same every time. */
export const exportCases = (): readonly Case[] => [
  ...shippedIds.flatMap(ofShippedSet),
  ...recorded(),
  ...oddNames(),
  ...twoHeads(),
  ...ownPictures(),
  ...clippedLambdas(),
];

/** A few of every group, for tests that run every time. */
export const fewCases = (): readonly Case[] => {
  const seen = new Map<string, number>();
  return exportCases().filter(({ group }) => {
    const before = seen.get(group) ?? 0;
    seen.set(group, before + 1);
    return before < 2;
  });
};
