import { buildArchitecture } from './build.ts';
import { addHeads, type StartingOptions } from './families/stages.ts';
import { at, positions } from './supernet.ts';
import type { Architecture, Shape } from './types.ts';

/** Filters of the stems of a search's supernets. [ours] */
const stemWidths = [4, 12] as const;

/** One supernet for images of `shape`; a stem of `width` filters. */
export function supernet(
  shape: Shape,
  classes: number,
  width: number,
  options: StartingOptions = {},
): Architecture {
  const graph = buildArchitecture(shape);
  const pools = Math.min(shape.height, shape.width) >= 4;
  let last = graph.conv(graph.input, width, 3, 'stem');
  if (pools) last = graph.maxPool(last);
  let filters = width;
  for (let position = 0; position < positions; position++) {
    if (position === positions / 2) {
      filters *= 2;
      if (pools) last = graph.maxPool(last);
      last = graph.conv(last, filters, 1, 'double');
    }
    const separable = graph.sepConv(last, filters, 3, at(position, 'sep3'));
    const small = graph.conv(last, filters, 3, at(position, 'conv3'));
    const large = graph.conv(last, filters, 5, at(position, 'conv5'));
    const first = graph.add(separable, small, at(position, 'add1'));
    const second = graph.add(first, large, at(position, 'add2'));
    last = graph.add(second, last, at(position, 'add3'));
  }
  addHeads(graph, last, classes, options);
  return graph.build();
}

/** The supernets that a one-shot search begins with, the narrow one first. */
export const supernets = (
  shape: Shape,
  classes: number,
  options: StartingOptions = {},
): readonly Architecture[] => stemWidths.map((width) => supernet(shape, classes, width, options));
