import type { Evaluation } from './engine.ts';

/** Log-probabilities of one row of logits, written into `out`. */
function logSoftmax(logits: Float32Array, start: number, classes: number, out: Float64Array): void {
  let top = -Infinity;
  for (let c = 0; c < classes; c++) top = Math.max(top, logits[start + c]!);
  let sum = 0;
  for (let c = 0; c < classes; c++) sum += Math.exp(logits[start + c]! - top);
  const shift = top + Math.log(sum);
  for (let c = 0; c < classes; c++) out[c] = logits[start + c]! - shift;
}

/** The class of the largest logit of row `row`; the first of equals. */
export function answerOf(logits: Float32Array, row: number, classes: number): number {
  let best = 0;
  for (let c = 1; c < classes; c++) if (logits[row * classes + c]! > logits[row * classes + best]!) best = c;
  return best;
}

/** Share of wrong answers and mean cross-entropy of logits [count, classes]. */
export function scoreLogits(logits: Float32Array, labels: Uint8Array, classes: number): Evaluation {
  const count = logits.length / classes;
  const row = new Float64Array(classes);
  let wrong = 0;
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const label = labels[i]!;
    if (answerOf(logits, i, classes) !== label) wrong++;
    logSoftmax(logits, i * classes, classes, row);
    loss -= row[label]!;
  }
  return { error: wrong / count, loss: loss / count };
}

/** Softmax of every row of logits [count, classes]. */
export function probabilities(logits: Float32Array, classes: number): Float32Array {
  const out = new Float32Array(logits.length);
  const row = new Float64Array(classes);
  for (let start = 0; start < logits.length; start += classes) {
    logSoftmax(logits, start, classes, row);
    for (let c = 0; c < classes; c++) out[start + c] = Math.exp(row[c]!);
  }
  return out;
}

/** Mean Kullback-Leibler divergence KL(teacher || student), in nats, of two sets of logits [count, classes]. */
export function meanDivergence(teacher: Float32Array, student: Float32Array, classes: number): number {
  const [p, q] = [new Float64Array(classes), new Float64Array(classes)];
  let sum = 0;
  for (let start = 0; start < teacher.length; start += classes) {
    logSoftmax(teacher, start, classes, p);
    logSoftmax(student, start, classes, q);
    for (let c = 0; c < classes; c++) sum += Math.exp(p[c]!) * (p[c]! - q[c]!);
  }
  return (sum * classes) / teacher.length;
}
