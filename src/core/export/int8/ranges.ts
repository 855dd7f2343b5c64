import type { ChannelRanges, Range } from './calibrate.ts';
import { type FoldedGraph, type FoldedStep, inputsOf, type ValueIndex } from './folded.ts';

/** The steps that read each value. */
export function readersOf({ values, steps }: FoldedGraph): readonly (readonly FoldedStep[])[] {
  const readers = values.map((): FoldedStep[] => []);
  for (const step of steps) for (const input of new Set(inputsOf(step))) readers[input]!.push(step);
  return readers;
}

const hull = (ranges: readonly Range[]): Range => ({
  low: ranges.reduce((least, { low }) => Math.min(least, low), Infinity),
  high: ranges.reduce((most, { high }) => Math.max(most, high), -Infinity),
});

/**
 * The same function, with every channel between the two convolutions of a separable block moved and scaled to
 * -1 ... 1 by the first and moved back by the second, which has one tap and so no padding to be wrong at.
 */
export function equalised(
  graph: FoldedGraph,
  seen: ChannelRanges,
): { readonly graph: FoldedGraph; readonly ranges: ChannelRanges } {
  const readers = readersOf(graph);
  const steps: FoldedStep[] = [...graph.steps];
  const ranges = [...seen];
  graph.steps.forEach((step, at) => {
    if (step.kind !== 'depthwise' || at === 0) return;
    const [reader, another] = readers[step.output]!;
    if (another || reader?.kind !== 'conv' || reader.size !== 1) return;
    const channels = seen[step.output]!;
    const middle = channels.map(({ low, high }) => (low + high) / 2);
    // A channel that never moved is its middle: what is left of it needs no scale.
    const half = channels.map(({ low, high }) => (high - low) / 2 || 1);
    const kernel = step.kernel.map((weight, i) => weight / half[i % channels.length]!);
    const bias = step.bias.map((value, c) => (value - middle[c]!) / half[c]!);
    steps[at] = { ...step, kernel, bias };
    const pointwise = reader.kernel.map((weight, i) => weight * half[i % channels.length]!);
    const moved = reader.bias.map((value, o) =>
      middle.reduce((sum, mid, c) => sum + mid * reader.kernel[o * channels.length + c]!, value),
    );
    steps[graph.steps.indexOf(reader)] = { ...reader, kernel: pointwise, bias: moved };
    ranges[step.output] = channels.map(() => ({ low: -1, high: 1 }));
  });
  return { graph: { ...graph, steps }, ranges };
}

/** One range a value. What only a concatenation reads takes its range, also through pooling, so that no step rescales it. */
export function scalarRanges(graph: FoldedGraph, seen: ChannelRanges): readonly Range[] {
  const readers = readersOf(graph);
  const ranges = seen.map(hull);
  const makers = new Map<ValueIndex, FoldedStep>(graph.steps.map((step) => [step.output, step]));
  const give = (value: ValueIndex, range: Range): void => {
    const maker = makers.get(value);
    if (readers[value]!.length !== 1 || !maker) return;
    ranges[value] = range;
    if (maker.kind === 'maxPool') give(maker.input, range);
  };
  for (const step of graph.steps.toReversed())
    if (step.kind === 'concat') for (const input of step.inputs) give(input, ranges[step.output]!);
  return ranges;
}
