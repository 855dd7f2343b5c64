import fc from 'fast-check';
import type { Architecture } from '../../../../src/core/architecture/types.ts';
import { Calibration } from '../../../../src/core/export/int8/calibrate.ts';
import { foldedGraph } from '../../../../src/core/export/int8/folded.ts';
import { quantise } from '../../../../src/core/export/int8/quantise.ts';
import type { Int8Network } from '../../../../src/core/export/int8/types.ts';
import { exportedHeads } from '../../../../src/core/export/per-head.ts';
import type { ExportedNetwork } from '../../../../src/core/export/portable.ts';
import { presetRecipe } from '../../../../src/core/search/presets.ts';
import { startingNetworksOf } from '../../../../src/core/search/spaces.ts';
import { architectures, randomWeights } from '../../../support/architectures.ts';
import { everyKind, exported, randomPixels, secondHead } from '../sample.ts';

/** A network with its integers, calibrated on random images, and other images to ask it about. */
export interface QuantisedSample {
  readonly network: ExportedNetwork;
  readonly int8: Int8Network;
  /** Pixel values 0 to 255, one array an image. */
  readonly images: readonly Float32Array[];
}

function imagesOf(architecture: Architecture, count: number): Float32Array[] {
  const pixels = randomPixels(architecture, count);
  const size = pixels.length / count;
  return Array.from({ length: count }, (_, i) => pixels.subarray(i * size, (i + 1) * size));
}

export function quantised(network: ExportedNetwork): QuantisedSample {
  const graph = foldedGraph(network);
  const calibration = new Calibration(graph);
  const images = imagesOf(network.architecture, 24);
  for (const image of images.slice(0, 16)) calibration.see(image);
  return { network, int8: quantise(network.name, network.classes, graph, calibration.ranges()), images };
}

function named(architecture: Architecture, number: number, weighted: boolean): ExportedNetwork {
  const network = { ...exported(architecture, number), name: `LEMONADE network ${number}` };
  const head = architecture.nodes.find((node) => node.kind === 'head')!;
  const classes = Array.from({ length: head.kind === 'head' ? head.classes : 0 }, (_, k) => `class ${k}`);
  const weights = weighted ? randomWeights(architecture, number) : network.weights;
  return exportedHeads({ ...network, weights, classes }, secondHead)[0]!;
}

/** Every kind of node, cells, a network of ten classes, and random legal graphs; each by another name. */
export function sampleNetworks(random: number): readonly ExportedNetwork[] {
  const recipe = { ...presetRecipe('digits'), space: 'cell' as const };
  const cells = startingNetworksOf(recipe, { height: 12, width: 12, channels: 1, classes: 10 });
  const graphs = fc.sample(architectures(), { numRuns: random, seed: 17 });
  return [everyKind(), everyKind(2), cells[0]!, ...graphs].map((architecture, index) =>
    named(architecture, index, index > 1),
  );
}
