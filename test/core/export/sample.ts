import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import type { ExportedNetwork, HeadFacts } from '../../../src/core/export/portable.ts';
import { seeded } from '../../../src/core/random.ts';
import { referencePass } from '../../support/reference-network.ts';

/** Every kind of node, odd heights, three channels, an id with a letter, and one of a cell. */
export function everyKind(heads: 1 | 2 = 1): Architecture {
  const graph = buildArchitecture({ height: 9, width: 7, channels: 3 });
  const one = graph.conv(graph.input, 6, 5);
  const deeper = graph.sepConv(one, 6, 3, '1b');
  const sum = graph.add(deeper, one);
  const pooled = graph.maxPool(sum);
  const two = graph.sepConv(pooled, 8, 5, 'c1/2');
  const both = graph.concat([two, pooled]);
  const narrow = graph.conv(both, 5, 1);
  graph.head(narrow, 4);
  if (heads === 2) graph.head(narrow, 3, 1);
  return graph.build();
}

/** What the second head of `everyKind(2)` learned from. */
export const secondHead: HeadFacts = {
  classes: ['left', 'middle', 'right'],
  mean: [0.1, 0.6, 0.2],
  deviation: [0.4, 0.15, 0.2],
};

/** The architecture with random weights; variances are positive, the lambda lies inside (0, 1). */
export function exported(architecture: Architecture, seed = 1): ExportedNetwork {
  const random = seeded(`export/${seed}`);
  const layout = layoutOf(architecture);
  const weights = new Float32Array(layout.length);
  for (const { name, offset, length } of layout.slots)
    for (let i = offset; i < offset + length; i++)
      weights[i] =
        name === 'variance' || name === 'variance1'
          ? 0.5 + random.next()
          : name === 'lambda'
            ? 0.3
            : name === 'gamma'
              ? 0.5 + random.next()
              : 0.4 * random.normal();
  const input = architecture.nodes[0]!;
  const channels = input.kind === 'input' ? input.channels : 0;
  return {
    name: 'LEMONADE network 7',
    architecture,
    weights,
    classes: ['zero', 'one', 'two', 'quote " and ünï'],
    mean: [0.4, 0.5, 0.3].slice(0, channels),
    deviation: [0.2, 0.25, 0.3].slice(0, channels),
  };
}

/** Random pixel values 0 to 255, channels last. */
export function randomPixels(architecture: Architecture, count: number): Float32Array<ArrayBuffer> {
  const random = seeded('pixels');
  const input = architecture.nodes[0]!;
  if (input.kind !== 'input') throw new Error('no input');
  const length = count * input.height * input.width * input.channels;
  return Float32Array.from({ length }, () => random.integer(256));
}

/** Probabilities [count, classes] of one head by scalar loops, from pixel values. */
export function referenceProbabilities(network: ExportedNetwork, pixels: Float32Array, task = 0): number[][] {
  const channels = network.mean.length;
  const images = Array.from(
    pixels,
    (value, i) => (value / 255 - network.mean[i % channels]!) / network.deviation[i % channels]!,
  );
  const logits = referencePass(network.architecture, network.weights, images).logits.get(task)!;
  const head = network.architecture.nodes.find((node) => node.kind === 'head' && node.task === task)!;
  const classes = head.kind === 'head' ? head.classes : 0;
  return Array.from({ length: logits.length / classes }, (_, n) => {
    const row = Array.from(logits.subarray(n * classes, (n + 1) * classes));
    const top = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - top));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((value) => value / sum);
  });
}
