import { buildArchitecture } from './build.ts';
import type { Architecture, NodeId, Shape } from './types.ts';

/** Filters of the three blocks, and their kind. [ours], scaled down from the paper's 15k to 400k parameters. */
const families: readonly { readonly filters: readonly number[]; readonly separable: boolean }[] = [
  { filters: [4, 8, 8], separable: true },
  { filters: [12, 24, 32], separable: true },
  { filters: [8, 12, 16], separable: false },
  { filters: [16, 32, 48], separable: false },
];

export interface StartingOptions {
  /** Classes of a second data set, which then gets a head of its own on the same body. */
  readonly secondClasses?: number;
}

/**
 * The four trivial starting networks of space I, smallest first: three blocks with max pooling between (as far as
 * the images are at least 8 pixels wide, then 4), global average pooling, dense. Two use separable blocks, save for
 * the first, which would have one filter only on grey images [ours]. About 0.4k to 19k parameters for 28x28x1.
 */
export function trivialNetworks(
  shape: Shape,
  classes: number,
  options: StartingOptions = {},
): readonly Architecture[] {
  return families.map(({ filters, separable }) => {
    const graph = buildArchitecture(shape);
    let size = Math.min(shape.height, shape.width);
    let last: NodeId = graph.input;
    filters.forEach((count, index) => {
      last = separable && index > 0 ? graph.sepConv(last, count) : graph.conv(last, count);
      if (index < filters.length - 1 && size >= 4) {
        last = graph.maxPool(last);
        size = Math.floor(size / 2);
      }
    });
    graph.head(last, classes);
    if (options.secondClasses !== undefined) graph.head(last, options.secondClasses, 1);
    return graph.build();
  });
}
