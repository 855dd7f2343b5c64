import { addHeads, stagesFor, type StartingOptions } from './families/stages.ts';
import { buildArchitecture } from './build.ts';
import type { Architecture, NodeId, Shape } from './types.ts';

/** A plain stack of three stages: filters and blocks of each, and the kind of block. */
export interface StackOptions {
  readonly filters: readonly number[];
  /** Blocks in a stage. */
  readonly depth: number;
  readonly separable: boolean;
}

/** [ours], scaled down from the paper's 15k to 400k parameters. */
const trivial: readonly StackOptions[] = [
  { filters: [4, 8, 8], depth: 1, separable: true },
  { filters: [12, 24, 32], depth: 1, separable: true },
  { filters: [8, 12, 16], depth: 1, separable: false },
  { filters: [16, 32, 48], depth: 1, separable: false },
];

/** Two convolutions a stage learn faster; fewer networks can be trained longer. [ours], measured (docs/evidence.md) */
const deep: readonly StackOptions[] = [
  { filters: [4, 8, 8], depth: 1, separable: true },
  { filters: [4, 6, 8], depth: 2, separable: false },
  { filters: [10, 16, 24], depth: 2, separable: false },
];

/**
 * Stages of `depth` 3 x 3 blocks with max pooling between (as far as the images are at least 4 pixels wide there),
 * global average pooling, dense. The very first block is never separable: on grey images it would have one filter only.
 */
export function stackNetwork(
  shape: Shape,
  classes: number,
  { filters, depth, separable }: StackOptions,
  options: StartingOptions = {},
): Architecture {
  const graph = buildArchitecture(shape);
  let last: NodeId = graph.input;
  for (const { stage, pooled } of stagesFor(shape)) {
    if (pooled) last = graph.maxPool(last);
    for (let block = 0; block < depth; block++) {
      const isFirst = stage === 0 && block === 0;
      const count = filters[stage]!;
      last = separable && !isFirst ? graph.sepConv(last, count) : graph.conv(last, count);
    }
  }
  addHeads(graph, last, classes, options);
  return graph.build();
}

/**
 * The four trivial starting networks of space I, smallest first (paper, section 5: three blocks with pooling between,
 * two of the four separable). About 0.4k to 19k parameters for 28x28x1.
 */
export const trivialNetworks = (
  shape: Shape,
  classes: number,
  options: StartingOptions = {},
): readonly Architecture[] => trivial.map((stack) => stackNetwork(shape, classes, stack, options));

/** Three starting networks, two of them with two blocks a stage. */
export const deepNetworks = (
  shape: Shape,
  classes: number,
  options: StartingOptions = {},
): readonly Architecture[] => deep.map((stack) => stackNetwork(shape, classes, stack, options));
