import { buildArchitecture } from '../build.ts';
import type { Architecture, Shape } from '../types.ts';
import { addHeads, stagesFor, type StartingOptions } from './stages.ts';

/**
 * A plain network in the manner of VGG (Simonyan, Zisserman 2015): stages of two 3 x 3 blocks, max pooling between
 * them, filters `width`, 2 `width`, 4 `width`. Unlike VGG's: batch normalisation after every convolution, two blocks in
 * every stage, and global average pooling with one dense layer instead of three dense ones [ours].
 */
export function vggNetwork(
  shape: Shape,
  classes: number,
  width: number,
  options: StartingOptions = {},
): Architecture {
  const graph = buildArchitecture(shape);
  let last = graph.input;
  for (const { stage, pooled } of stagesFor(shape)) {
    if (pooled) last = graph.maxPool(last);
    const filters = width * 2 ** stage;
    last = graph.conv(graph.conv(last, filters), filters);
  }
  addHeads(graph, last, classes, options);
  return graph.build();
}
