import { isBlock } from '../architecture/graph.ts';
import { cellOf } from '../morphisms/cells.ts';
import type { Architecture } from '../architecture/types.ts';
import type { Random } from '../random.ts';

/*
 * The recurrent predictor of DPP-Net (Dong et al. 2018): a small LSTM reads a cell node by node and predicts its error.
 * In plain numbers, so that a search needs no tensors and its draws follow from the log alone. Its size, how it is trained,
 * and that it predicts the standardised logarithm of the error, are [ours].
 */

const hidden = 12;
const epochs = 120;
const rate = 0.02;
const decay = 1e-3;
/** Beyond so many standard deviations a gradient is cut. */
const steepest = 1;

/** One node as numbers: its kind, its kernel, its filters. */
type Token = readonly number[];

const log2 = (value: number) => Math.log2(Math.max(1, value)) / 4;

/**
 * A cell as a sequence: the width that it stands at, then its nodes in topological order. Null where the network is
 * not made of cells.
 */
export function tokensOf(architecture: Architecture): readonly Token[] | null {
  const cell = cellOf(architecture);
  if (!cell) return null;
  const first = [1, 0, 0, 0, 0, 0, log2(cell.width)];
  return [
    first,
    ...cell.nodes.map((node) => {
      const kinds = [
        node.kind === 'conv',
        node.kind === 'sepConv',
        node.kind === 'add',
        node.kind === 'concat',
      ];
      const block = isBlock(node) ? node : null;
      return [0, ...kinds.map(Number), (block?.kernelSize ?? 0) / 5, log2(block?.filters ?? 1)];
    }),
  ];
}

const inputs = 7;
const gates = 4 * hidden;
/** Per gate: weights of the token, of the state before, and a bias. */
const perGate = inputs + hidden + 1;
const size = gates * perGate + hidden + 1;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** What one step of the recurrence keeps for its gradient; each [hidden]. */
interface Step {
  readonly token: Token;
  readonly before: { readonly state: Float64Array; readonly memory: Float64Array };
  /** [gates]: input, forget, output gate, and what may be written, each behind its sigmoid or tanh. */
  readonly gates: Float64Array;
  readonly memory: Float64Array;
  readonly state: Float64Array;
}

function forward(
  weights: Float64Array,
  tokens: readonly Token[],
): { readonly steps: Step[]; readonly out: number } {
  let [state, memory] = [new Float64Array(hidden), new Float64Array(hidden)];
  const steps: Step[] = [];
  for (const token of tokens) {
    const before = { state, memory };
    const active = new Float64Array(gates);
    for (let gate = 0; gate < gates; gate++) {
      const at = gate * perGate;
      let sum = weights[at + perGate - 1]!;
      for (let i = 0; i < inputs; i++) sum += weights[at + i]! * token[i]!;
      for (let i = 0; i < hidden; i++) sum += weights[at + inputs + i]! * before.state[i]!;
      active[gate] = gate < 3 * hidden ? sigmoid(sum) : Math.tanh(sum);
    }
    memory = before.memory.map(
      (value, i) => active[hidden + i]! * value + active[i]! * active[3 * hidden + i]!,
    );
    state = memory.map((value, i) => active[2 * hidden + i]! * Math.tanh(value));
    steps.push({ token, before, gates: active, memory, state });
  }
  const at = gates * perGate;
  const out = state.reduce((sum, value, i) => sum + value * weights[at + i]!, weights[at + hidden]!);
  return { steps, out };
}

/** Adds the gradient of half the squared error of one sequence, back through time, to `gradient`. */
function backward(
  weights: Float64Array,
  gradient: Float64Array,
  steps: readonly Step[],
  error: number,
): void {
  const at = gates * perGate;
  const last = steps.at(-1)!;
  gradient[at + hidden]! += error;
  let [toState, toMemory] = [new Float64Array(hidden), new Float64Array(hidden)];
  for (let i = 0; i < hidden; i++) {
    gradient[at + i]! += error * last.state[i]!;
    toState[i] = error * weights[at + i]!;
  }
  for (const { token, before, gates: active, memory } of [...steps].reverse()) {
    const sums = new Float64Array(gates);
    const earlier = new Float64Array(hidden);
    for (let i = 0; i < hidden; i++) {
      const [input, forget, output, written] = [0, 1, 2, 3].map((gate) => active[gate * hidden + i]!) as [
        number,
        number,
        number,
        number,
      ];
      const shown = Math.tanh(memory[i]!);
      const flow = toMemory[i]! + toState[i]! * output * (1 - shown * shown);
      sums[i] = flow * written * input * (1 - input);
      sums[hidden + i] = flow * before.memory[i]! * forget * (1 - forget);
      sums[2 * hidden + i] = toState[i]! * shown * output * (1 - output);
      sums[3 * hidden + i] = flow * input * (1 - written * written);
      earlier[i] = flow * forget;
    }
    toState = new Float64Array(hidden);
    for (let gate = 0; gate < gates; gate++) {
      const sum = sums[gate]!;
      const start = gate * perGate;
      for (let i = 0; i < inputs; i++) gradient[start + i]! += sum * token[i]!;
      for (let i = 0; i < hidden; i++) {
        gradient[start + inputs + i]! += sum * before.state[i]!;
        toState[i]! += sum * weights[start + inputs + i]!;
      }
      gradient[start + perGate - 1]! += sum;
    }
    toMemory = earlier;
  }
}

/** Adam (Kingma and Ba 2015) with weight decay apart from it, over all of `samples` at once. */
function fitted(
  samples: readonly { readonly tokens: readonly Token[]; readonly target: number }[],
  random: Random,
) {
  const spread = 1 / Math.sqrt(hidden);
  const weights = Float64Array.from({ length: size }, () => spread * (2 * random.next() - 1));
  // Forgets little at first (Gers et al. 2000).
  for (let i = 0; i < hidden; i++) weights[(hidden + i) * perGate + perGate - 1] = 1;
  const [mean, square] = [new Float64Array(size), new Float64Array(size)];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const gradient = new Float64Array(size);
    for (const { tokens, target } of samples) {
      const { steps, out } = forward(weights, tokens);
      backward(weights, gradient, steps, Math.max(-steepest, Math.min(steepest, out - target)));
    }
    const now = rate * (1 - (epoch - 1) / epochs);
    for (let i = 0; i < size; i++) {
      const slope = gradient[i]! / samples.length;
      mean[i] = 0.9 * mean[i]! + 0.1 * slope;
      square[i] = 0.99 * square[i]! + 0.01 * slope * slope;
      const step = mean[i]! / (1 - 0.9 ** epoch) / (Math.sqrt(square[i]! / (1 - 0.99 ** epoch)) + 1e-8);
      weights[i]! -= now * (step + decay * weights[i]!);
    }
  }
  return weights;
}

/** Errors below this are taken as this, where their logarithm is meant. */
const least = 1e-3;

/** An evaluated network and its error, a share from 0 to 1. */
export interface Known {
  readonly architecture: Architecture;
  readonly error: number;
}

/**
 * Learns from `known` and gives the predicted error of other networks of cells. The mean of what is known where that is
 * fewer than three, or no network of cells.
 */
export function errorPredictor(
  known: readonly Known[],
  random: Random,
): (architecture: Architecture) => number {
  const read = known.flatMap(({ architecture, error }) => {
    const tokens = tokensOf(architecture);
    return tokens ? [{ tokens, target: Math.log(Math.max(least, error)) }] : [];
  });
  const mean = read.reduce((sum, { target }) => sum + target, 0) / Math.max(1, read.length);
  const variance = read.reduce((sum, { target }) => sum + (target - mean) ** 2, 0) / Math.max(1, read.length);
  const deviation = Math.sqrt(variance);
  if (read.length < 3 || deviation < 1e-9) return () => Math.exp(mean);
  const weights = fitted(
    read.map(({ tokens, target }) => ({ tokens, target: (target - mean) / deviation })),
    random,
  );
  return (architecture) => {
    const tokens = tokensOf(architecture);
    return tokens ? Math.min(1, Math.exp(mean + deviation * forward(weights, tokens).out)) : Math.exp(mean);
  };
}
