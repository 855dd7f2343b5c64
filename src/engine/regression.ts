/** y is about x * mix + constant. */
export interface LinearFit {
  /** [inputs, outputs] */
  readonly mix: Float64Array;
  /** [outputs] */
  readonly constant: Float64Array;
}

/** Weight of the ridge penalty, relative to the mean square of an input: inputs that are alike share the mix. [ours] */
const ridge = 1e-3;

/** Least squares with a ridge penalty on the mix, from the sums of products (the normal equations). */
export class Regression {
  private readonly inputs: number;
  private readonly outputs: number;
  /** Sums of products of (inputs, 1) with (inputs, 1, outputs), row by row; of the first, upper triangle only. */
  private readonly sums: Float64Array;

  constructor(inputs: number, outputs: number) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.sums = new Float64Array((inputs + 1) * (inputs + 1 + outputs));
  }

  /** Takes in samples: x [samples, inputs], y [samples, outputs]. */
  add(x: Float32Array, y: Float32Array): void {
    const { inputs, outputs, sums } = this;
    const width = inputs + 1 + outputs;
    const row = new Float64Array(width);
    row[inputs] = 1;
    for (let s = 0; s < x.length / inputs; s++) {
      for (let i = 0; i < inputs; i++) row[i] = x[s * inputs + i]!;
      for (let o = 0; o < outputs; o++) row[inputs + 1 + o] = y[s * outputs + o]!;
      for (let i = 0; i <= inputs; i++) {
        const factor = row[i]!;
        if (factor === 0) continue;
        for (let j = i; j < width; j++) sums[i * width + j]! += factor * row[j]!;
      }
    }
  }

  /** Solves by Gauss-Jordan elimination, which the penalty keeps regular. Throws where no sample was added. */
  solve(): LinearFit {
    const { inputs, outputs } = this;
    const [size, width] = [inputs + 1, inputs + 1 + outputs];
    const rows = Float64Array.from(this.sums);
    for (let i = 1; i < size; i++) for (let j = 0; j < i; j++) rows[i * width + j] = rows[j * width + i]!;
    if (rows[inputs * width + inputs] === 0) throw new Error('no samples to fit');
    let trace = 0;
    for (let i = 0; i < inputs; i++) trace += rows[i * width + i]!;
    const penalty = Math.max((ridge * trace) / inputs, Number.MIN_VALUE ** 0.5);
    for (let i = 0; i < inputs; i++) rows[i * width + i]! += penalty;
    for (let pivot = 0; pivot < size; pivot++) {
      const scale = 1 / rows[pivot * width + pivot]!;
      for (let j = pivot; j < width; j++) rows[pivot * width + j]! *= scale;
      for (let i = 0; i < size; i++) {
        const factor = i === pivot ? 0 : rows[i * width + pivot]!;
        if (factor === 0) continue;
        for (let j = pivot; j < width; j++) rows[i * width + j]! -= factor * rows[pivot * width + j]!;
      }
    }
    const mix = new Float64Array(inputs * outputs);
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++) mix[i * outputs + o] = rows[i * width + size + o]!;
    const constant = rows.slice(inputs * width + size, inputs * width + width);
    return { mix, constant };
  }
}
