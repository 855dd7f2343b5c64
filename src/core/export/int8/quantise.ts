import type { ChannelRanges, Range } from './calibrate.ts';
import { fixedFactor } from './fixed-point.ts';
import {
  type ConvStep,
  type DenseStep,
  type DepthwiseStep,
  type FoldedGraph,
  inputsOf,
  type ValueIndex,
} from './folded.ts';
import { equalised, scalarRanges } from './ranges.ts';
import { addShift, type Int8Network, type Int8Step, type Int8Value, type Quantisation } from './types.ts';

/** An output is never so fine that the largest number its filters can give is further than this many units away. */
const mostUnits = 2 ** 22;
/** Accumulators stay below this, whatever the image. */
const mostAccumulated = 2 ** 29;

/** int8 over a range, which is widened to hold zero; `least` is a lower bound of the scale. */
function quantisationOf(range: Range, least = 0): Quantisation {
  const [low, high] = [Math.min(0, range.low), Math.max(0, range.high)];
  const scale = Math.fround(Math.max((high - low) / 255, least) || 1);
  const zeroPoint = Math.max(-128, Math.min(127, Math.round(-128 - low / scale)));
  return { scale, zeroPoint };
}

/** The largest absolute real number that int8 of this quantisation can stand for. */
const reachOf = ({ scale, zeroPoint }: Quantisation): number =>
  scale * Math.max(127 - zeroPoint, 128 + zeroPoint);

/** The largest absolute number that each filter can give, from any input. */
function worstOf(kernel: Float64Array, bias: Float64Array, reach: number, filterOf: (i: number) => number) {
  const worst = Float64Array.from(bias, Math.abs);
  kernel.forEach((weight, i) => (worst[filterOf(i)]! += Math.abs(weight) * reach));
  return worst;
}

/** Whole-number filters of real ones: `filterOf` says to which filter a weight belongs. */
function filters(
  { kernel, bias }: ConvStep | DepthwiseStep | DenseStep,
  input: Quantisation,
  output: Quantisation,
  filterOf: (index: number) => number,
  oneScale = false,
) {
  const worst = worstOf(kernel, bias, reachOf(input), filterOf);
  const largest = new Float64Array(bias.length);
  kernel.forEach((weight, i) => {
    const o = filterOf(i);
    largest[o] = Math.max(largest[o]!, Math.abs(weight));
  });
  const least = largest.map((weight, o) =>
    Math.max(weight / 127, worst[o]! / (input.scale * mostAccumulated)),
  );
  const common = oneScale ? least.reduce((a, b) => Math.max(a, b), 0) : 0;
  // A filter of zeros has no scale of its own.
  const weightScales = Array.from(least, (scale) =>
    Math.fround((oneScale ? common : scale) || output.scale / input.scale / 2),
  );
  return {
    weights: Int8Array.from(kernel, (weight, i) =>
      Math.max(-127, Math.min(127, Math.round(weight / weightScales[filterOf(i)]!))),
    ),
    weightScales,
    bias: Int32Array.from(bias, (value, o) => Math.round(value / (input.scale * weightScales[o]!))),
    factors: weightScales.map((scale) => {
      // The dense kernel of TensorFlow Lite multiplies these two in float32.
      const product = oneScale ? Math.fround(input.scale * scale) : input.scale * scale;
      return fixedFactor(product / output.scale);
    }),
  };
}

/** Whether the first step does the same to every channel: then it is only another reading of the same integers. */
const isUniform = ({ kernel, bias }: DepthwiseStep): boolean =>
  kernel.every((value) => value === kernel[0]) && bias.every((value) => value === bias[0]);

class Quantiser {
  readonly values: Int8Value[] = [];
  readonly steps: Int8Step[] = [];
  /** Where each value of the graph is among `values`. */
  readonly #placed = new Map<ValueIndex, ValueIndex>();
  readonly #graph: FoldedGraph;
  readonly #ranges: readonly Range[];

  constructor(graph: FoldedGraph, ranges: readonly Range[]) {
    this.#graph = graph;
    this.#ranges = ranges;
  }

  #place(index: ValueIndex, quantisation: Quantisation): ValueIndex {
    const { name, shape } = this.#graph.values[index]!;
    const placed = this.values.push({ name, shape, ...quantisation }) - 1;
    this.#placed.set(index, placed);
    return placed;
  }

  #at(index: ValueIndex): ValueIndex {
    return this.#placed.get(index)!;
  }

  /** Filters and a place for what they give, fine enough for the range that was seen. */
  #filtered(
    step: ConvStep | DepthwiseStep | DenseStep,
    filterOf: (index: number) => number,
    oneScale = false,
  ) {
    const input = this.#at(step.input);
    const from = this.values[input]!;
    const worst = worstOf(step.kernel, step.bias, reachOf(from), filterOf).reduce(
      (a, b) => Math.max(a, b),
      0,
    );
    const output = this.#place(step.output, quantisationOf(this.#ranges[step.output]!, worst / mostUnits));
    return { input, output, ...filters(step, from, this.values[output]!, filterOf, oneScale) };
  }

  normalise(step: DepthwiseStep): void {
    const [scale, offset] = [step.kernel[0]!, step.bias[0]!];
    if (isUniform(step)) {
      // pixel * scale + offset = (pixel - 128 - zero) * scale, but for half a grey level.
      const zeroPoint = Math.max(-128, Math.min(127, Math.round(-offset / scale) - 128));
      this.#placed.set(step.output, this.#place(step.input, { scale: Math.fround(scale), zeroPoint }));
      return;
    }
    this.#place(step.input, { scale: 1, zeroPoint: -128 });
    this.depthwise(step);
  }

  depthwise(step: DepthwiseStep): void {
    const { channels } = this.#graph.values[step.input]!.shape;
    this.steps.push({ kind: 'depthwise', size: step.size, ...this.#filtered(step, (i) => i % channels) });
  }

  conv(step: ConvStep): void {
    const length = step.kernel.length / step.bias.length;
    const made = this.#filtered(step, (i) => Math.floor(i / length));
    const low = this.values[made.output]!.zeroPoint;
    this.steps.push({ kind: 'conv', size: step.size, low, ...made });
  }

  maxPool(from: ValueIndex, to: ValueIndex): void {
    const input = this.#at(from);
    const { scale, zeroPoint } = this.values[input]!;
    this.steps.push({ kind: 'maxPool', input, output: this.#place(to, { scale, zeroPoint }) });
  }

  add(from: readonly [ValueIndex, ValueIndex], to: ValueIndex, share: number): void {
    const inputs = [this.#at(from[0]), this.#at(from[1])] as const;
    const shares = [share, 1 - share] as const;
    const part = (side: 0 | 1) => Math.fround(this.values[inputs[side]]!.scale * Math.fround(shares[side]));
    const partScales = [part(0), part(1)] as const;
    const largest = Math.max(...partScales);
    const output = this.#place(to, quantisationOf(this.#ranges[to]!, largest / 1024));
    const factorOf = (scale: number) => fixedFactor(scale / (2 * largest));
    this.steps.push({
      kind: 'add',
      ...{ inputs, output, shares, partScales },
      partFactors: [factorOf(partScales[0]), factorOf(partScales[1])],
      factor: fixedFactor((2 * largest) / (2 ** addShift * this.values[output]!.scale)),
    });
  }

  concat(from: readonly ValueIndex[], to: ValueIndex): void {
    const coarsest = Math.max(...from.map((index) => this.values[this.#at(index)]!.scale));
    const quantisation = quantisationOf(this.#ranges[to]!, coarsest / 1024);
    const inputs = from.map((index) => this.#requantised(this.#at(index), quantisation));
    this.steps.push({ kind: 'concat', inputs, output: this.#place(to, quantisation) });
  }

  #requantised(input: ValueIndex, to: Quantisation): ValueIndex {
    const value = this.values[input]!;
    if (value.scale === to.scale && value.zeroPoint === to.zeroPoint) return input;
    const output = this.values.push({ ...value, name: `${value.name}_scaled`, ...to }) - 1;
    this.steps.push({ kind: 'requantise', input, output, factor: fixedFactor(value.scale / to.scale) });
    return output;
  }

  mean(from: ValueIndex, to: ValueIndex): void {
    const input = this.#at(from);
    const value = this.values[input]!;
    const output = this.#place(to, quantisationOf(this.#ranges[to]!, reachOf(value) / mostUnits));
    const area = value.shape.height * value.shape.width;
    const factor = fixedFactor(value.scale / this.values[output]!.scale / area);
    this.steps.push({ kind: 'mean', input, output, factor });
  }

  dense(step: DenseStep): void {
    const { channels } = this.#graph.values[step.input]!.shape;
    const made = this.#filtered(step, (i) => Math.floor(i / channels), true);
    this.steps.push({ kind: 'dense', ...made });
  }
}

/**
 * A folded network in int8: weights symmetric per filter (the dense layer: one scale), values asymmetric per tensor over
 * the ranges seen in calibration, int32 biases, fixed-point factors; what TensorFlow Lite's 8-bit specification says.
 * Two things are exact in real numbers and keep more of them in int8 [ours]: between the two convolutions of a
 * separable block every channel is moved and scaled to fill the whole range, and what only a concatenation reads is
 * given its scale at once.
 */
export function quantise(
  name: string,
  classes: readonly string[],
  folded: FoldedGraph,
  seen: ChannelRanges,
): Int8Network {
  const { graph, ranges: channelRanges } = equalised(folded, seen);
  const quantiser = new Quantiser(graph, scalarRanges(graph, channelRanges));
  graph.steps.forEach((step, at) => {
    switch (step.kind) {
      case 'depthwise':
        return at === 0 ? quantiser.normalise(step) : quantiser.depthwise(step);
      case 'conv':
        return quantiser.conv(step);
      case 'maxPool':
        return quantiser.maxPool(step.input, step.output);
      case 'add':
        return quantiser.add(step.inputs, step.output, step.share);
      case 'concat':
        return quantiser.concat(inputsOf(step), step.output);
      case 'mean':
        return quantiser.mean(step.input, step.output);
      case 'dense':
        return quantiser.dense(step);
    }
  });
  return { name, classes, values: quantiser.values, steps: quantiser.steps };
}
