import { buildArchitecture, type ArchitectureBuilder } from '../build.ts';
import type { Architecture, NodeId, Shape } from '../types.ts';
import { addHeads, stagesFor, type StartingOptions } from './stages.ts';

/** Channels inside an inverted residual, as a multiple of those it reads (Sandler et al. 2018). */
const expansion = 6;

/** Expand by 1 x 1, then depthwise 3 x 3 and 1 x 1 to `filters`; added to its input where that has as many channels. */
function invertedResidual(
  graph: ArchitectureBuilder,
  from: NodeId,
  channels: number,
  filters: number,
): NodeId {
  const expanded = graph.conv(from, expansion * channels, 1);
  const projected = graph.sepConv(expanded, filters, 3);
  return channels === filters ? graph.add(projected, from) : projected;
}

/**
 * A network in the manner of MobileNetV2 (Sandler et al. 2018): a 3 x 3 stem of `width` filters, then stages of two
 * inverted residuals with `width`, 2 `width`, 4 `width` filters, the second of each with its skip, and a last 1 x 1
 * block. As near as this graph language comes; what differs [ours]: ReLU instead of ReLU6; the projection has a ReLU
 * (no linear bottleneck) and nothing stands between depthwise and projection; the skip's sum is lambda * main +
 * (1 - lambda) * skip with a learned lambda; max pooling halves the size instead of a depthwise stride of 2; three
 * stages instead of seven.
 */
export function mobilenetNetwork(
  shape: Shape,
  classes: number,
  width: number,
  options: StartingOptions = {},
): Architecture {
  const graph = buildArchitecture(shape);
  let last = graph.conv(graph.input, width);
  let channels = width;
  for (const { stage, pooled } of stagesFor(shape)) {
    if (pooled) last = graph.maxPool(last);
    const filters = width * 2 ** stage;
    last = invertedResidual(graph, last, channels, filters);
    last = invertedResidual(graph, last, filters, filters);
    channels = filters;
  }
  addHeads(graph, graph.conv(last, 2 * channels, 1), classes, options);
  return graph.build();
}
