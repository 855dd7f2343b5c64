import { floatPass } from './float-pass.ts';
import type { FoldedGraph } from './folded.ts';

/** Smallest and largest number that a value of a graph took on calibration images. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Ranges of every value of a graph, by channel. */
export type ChannelRanges = readonly (readonly Range[])[];

/** Calibration images; more change the ranges, and the error, hardly (docs/small-devices.md). [ours] */
export const calibrationImages = 200;

/** Watches what a graph's values are on images seen one by one, so that the caller may pause in between. */
export class Calibration {
  readonly #graph: FoldedGraph;
  readonly #low: readonly Float64Array[];
  readonly #high: readonly Float64Array[];

  constructor(graph: FoldedGraph) {
    const bounds = (value: number) =>
      graph.values.map(({ shape }) => new Float64Array(shape.channels).fill(value));
    this.#graph = graph;
    [this.#low, this.#high] = [bounds(Infinity), bounds(-Infinity)];
  }

  /** One image, pixel values 0 to 255. */
  see(pixels: ArrayLike<number>): void {
    floatPass(this.#graph, pixels).forEach((numbers, value) => {
      const [low, high] = [this.#low[value]!, this.#high[value]!];
      for (let i = 0, c = 0; i < numbers.length; i++) {
        const number = numbers[i]!;
        if (number < low[c]!) low[c] = number;
        if (number > high[c]!) high[c] = number;
        if (++c === low.length) c = 0;
      }
    });
  }

  /** Throws RangeError before an image was seen, or where a network's numbers are not finite. */
  ranges(): ChannelRanges {
    return this.#low.map((lows, value) =>
      Array.from(lows, (low, channel) => {
        const high = this.#high[value]![channel]!;
        if (!Number.isFinite(low) || !Number.isFinite(high))
          throw new RangeError('no finite ranges were seen');
        return { low, high };
      }),
    );
  }
}
