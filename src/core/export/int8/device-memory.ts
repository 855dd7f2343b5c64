import type { Architecture } from '../../architecture/types.ts';
import { hasSecondHead, layoutOf, type Weights } from '../../architecture/weights.ts';
import { inputOf } from '../description.ts';
import { exportedHeads } from '../per-head.ts';
import type { HeadFacts } from '../portable.ts';
import { foldedGraph, type FoldedGraph, type FoldedStep, type ValueIndex } from './folded.ts';
import { readersOf } from './ranges.ts';
import { deviceSize } from './targets.ts';
import type { Int8Step, Int8Value } from './types.ts';

const scale = { scale: 1, zeroPoint: 0 } as const;
const factor = { multiplier: 1, shift: 0 } as const;
const filters = {
  ...{ weights: new Int8Array(), weightScales: [], bias: new Int32Array(), factors: [] },
};

/**
 * The steps of a folded graph as `quantise` makes them, without their numbers: what they read and write is all that
 * memory follows from. Every input of a concatenation is given another scale unless it surely has the right one.
 */
function stepsOf(graph: FoldedGraph, isGrey: boolean) {
  const values: Int8Value[] = [];
  const steps: Int8Step[] = [];
  const placed = new Map<ValueIndex, ValueIndex>();
  const readers = readersOf(graph);
  const makers = new Map<ValueIndex, FoldedStep>(graph.steps.map((step) => [step.output, step]));
  const place = (value: ValueIndex): ValueIndex => {
    const index = values.push({ ...graph.values[value]!, ...scale }) - 1;
    placed.set(value, index);
    return index;
  };
  const at = (value: ValueIndex) => placed.get(value)!;
  const isGiven = (value: ValueIndex): boolean => {
    const maker = makers.get(value);
    if (readers[value]!.length !== 1 || !maker) return false;
    return maker.kind !== 'maxPool' || isGiven(maker.input);
  };
  const rescaled = (value: ValueIndex): ValueIndex => {
    if (isGiven(value)) return at(value);
    const input = at(value);
    const output = values.push(values[input]!) - 1;
    steps.push({ kind: 'requantise', input, output, factor });
    return output;
  };
  graph.steps.forEach((step, index) => {
    if (index === 0 && step.kind === 'depthwise') {
      const input = place(step.input);
      if (isGrey) placed.set(step.output, input);
      else steps.push({ kind: 'depthwise', size: 1, input, output: place(step.output), ...filters });
      return;
    }
    switch (step.kind) {
      case 'depthwise':
      case 'conv': {
        const { size } = step;
        const ends = { input: at(step.input), output: place(step.output) };
        steps.push(
          step.kind === 'conv'
            ? { kind: 'conv', size, low: 0, ...ends, ...filters }
            : { kind: 'depthwise', size, ...ends, ...filters },
        );
        break;
      }
      case 'maxPool':
        steps.push({ kind: 'maxPool', input: at(step.input), output: place(step.output) });
        break;
      case 'add': {
        const inputs = [at(step.inputs[0]), at(step.inputs[1])] as const;
        const halves = [0.5, 0.5] as const;
        const own = { shares: halves, partScales: halves, partFactors: [factor, factor] as const, factor };
        steps.push({ kind: 'add', inputs, output: place(step.output), ...own });
        break;
      }
      case 'concat': {
        const inputs = step.inputs.map(rescaled);
        steps.push({ kind: 'concat', inputs, output: place(step.output) });
        break;
      }
      case 'mean':
        steps.push({ kind: 'mean', input: at(step.input), output: place(step.output), factor });
        break;
      case 'dense':
        steps.push({ kind: 'dense', input: at(step.input), output: place(step.output), ...filters });
        break;
    }
  });
  return { values, steps };
}

function headFacts(classes: number, channels: number): HeadFacts {
  const each = (first: number) => Array.from({ length: channels }, (_, c) => first + c / 10);
  return { classes: Array.from({ length: classes }, String), mean: each(0.3), deviation: each(0.2) };
}

/**
 * RAM that a network takes in 8-bit integers on a microcontroller, in bytes, before it has weights: arena, pixels and
 * scores, as `deviceSize` states it of an export, of two heads the larger. An upper bound: with its weights two inputs of
 * a concatenation may share a scale by chance, or an addition let one input through alone.
 */
export function deviceRam(architecture: Architecture): number {
  const { channels } = inputOf(architecture);
  const classesOf = (task: number) => {
    const head = architecture.nodes.find((node) => node.kind === 'head' && node.task === task);
    return head?.kind === 'head' ? head.classes : 0;
  };
  // Every lambda lies within (0, 1), so that no step is left out.
  const weights: Weights = new Float32Array(layoutOf(architecture).length).fill(0.5);
  const second = hasSecondHead(architecture) ? headFacts(classesOf(1), channels) : null;
  const whole = { name: '', architecture, weights, ...headFacts(classesOf(0), channels) };
  const sizes = exportedHeads(whole, second).map((head) => {
    const made = stepsOf(foldedGraph(head), channels === 1);
    return deviceSize({ name: '', classes: head.classes, ...made }).ramBytes;
  });
  return Math.max(...sizes);
}
