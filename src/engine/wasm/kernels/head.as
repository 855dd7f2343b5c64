// Global average pooling, the dense layer and softmax cross-entropy.
import { addColumnSums, divide } from './batch-norm';
import { at, clear } from './common';

// ---- exp and log of one float32, without tables (Cephes' expf and logf, Moshier 1992), to one unit in the last place --

function exp(x: f32): f32 {
  if (x < -87) return 0;
  if (x > 88) return Infinity;
  const n = nearest<f32>(x * 1.44269504088896341);
  const r = x - n * 0.693359375 - n * -2.12194440e-4;
  let sum: f32 = 1.9875691500e-4;
  sum = sum * r + 1.3981999507e-3;
  sum = sum * r + 8.3334519073e-3;
  sum = sum * r + 4.1665795894e-2;
  sum = sum * r + 1.6666665459e-1;
  sum = sum * r + 5.0000001201e-1;
  const result = sum * r * r + r + 1;
  return result * reinterpret<f32>((<i32>n + 127) << 23);
}

// of x >= 1, which a sum of softmax terms is
function log(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  let exponent = (bits >> 23) - 126;
  let m = reinterpret<f32>((bits & 0x7fffff) | 0x3f000000);
  if (m < 0.707106781186547524) {
    exponent -= 1;
    m = m + m - 1;
  } else m -= 1;
  const z = m * m;
  let sum: f32 = 7.0376836292e-2;
  sum = sum * m - 1.1514610310e-1;
  sum = sum * m + 1.1676998740e-1;
  sum = sum * m - 1.2420140846e-1;
  sum = sum * m + 1.4249322787e-1;
  sum = sum * m - 1.6668057665e-1;
  sum = sum * m + 2.0000714765e-1;
  sum = sum * m - 2.4999993993e-1;
  sum = sum * m + 3.3333331174e-1;
  const e = <f32>exponent;
  return m + (sum * m * z + e * -2.12194440e-4 - 0.5 * z) + e * 0.693359375;
}

// ---- Layers ---------------------------------------------------------------------------------------------------

// out [batch, channels] = mean of x [batch, area, channels] over the area
export function globalAverage(x: usize, out: usize, batch: i32, area: i32, channels: i32): void {
  clear(out, batch * channels);
  for (let n = 0; n < batch; n++) {
    addColumnSums(x, at(out, n * channels) , n * area, (n + 1) * area, channels);
  }
  divide(out, batch * channels, <f32>area);
}

// dx [batch, area, channels] = gradient [batch, channels] / area
export function globalAverageBack(gradient: usize, dx: usize, batch: i32, area: i32, channels: i32): void {
  const share: f32 = 1 / <f32>area;
  let p = dx;
  for (let n = 0; n < batch; n++) {
    const row = at(gradient, n * channels);
    for (let i = 0; i < area; i++) {
      let c = 0;
      for (; c + 4 <= channels; c += 4) {
        v128.store(p, f32x4.mul(v128.load(at(row, c)), f32x4.splat(share)));
        p += 16;
      }
      for (; c < channels; c++) {
        store<f32>(p, load<f32>(at(row, c)) * share);
        p += 4;
      }
    }
  }
}

// logits [batch, classes] = pooled [batch, channels] kernel [channels, classes] + bias
export function dense(
  pooled: usize, kernel: usize, bias: usize, logits: usize, batch: i32, channels: i32, classes: i32,
): void {
  for (let n = 0; n < batch; n++) {
    const row = at(logits, n * classes);
    memory.copy(row, bias, (<usize>classes) << 2);
    for (let c = 0; c < channels; c++) {
      const x = load<f32>(at(pooled, n * channels + c)), w = at(kernel, c * classes);
      for (let k = 0; k < classes; k++) store<f32>(at(row, k), load<f32>(at(row, k)) + x * load<f32>(at(w, k)));
    }
  }
}

// Mean cross-entropy of softmax(logits) with `targets` [batch, classes]; logits become their gradient.
export function softmaxLoss(logits: usize, targets: usize, batch: i32, classes: i32): f32 {
  let loss: f32 = 0;
  for (let n = 0; n < batch; n++) {
    const row = at(logits, n * classes), target = at(targets, n * classes);
    let most = load<f32>(row);
    for (let k = 1; k < classes; k++) most = max<f32>(most, load<f32>(at(row, k)));
    let sum: f32 = 0;
    for (let k = 0; k < classes; k++) sum += exp(load<f32>(at(row, k)) - most);
    const logSum = log(sum);
    for (let k = 0; k < classes; k++) {
      const logProbability = load<f32>(at(row, k)) - most - logSum, wanted = load<f32>(at(target, k));
      loss -= wanted * logProbability;
      store<f32>(at(row, k), (exp(logProbability) - wanted) / <f32>batch);
    }
  }
  return loss / <f32>batch;
}

// Gradients of `dense`, from those of its logits.
export function denseBack(
  pooled: usize, kernel: usize, dlogits: usize, dpooled: usize, dkernel: usize, dbias: usize,
  batch: i32, channels: i32, classes: i32,
): void {
  clear(dkernel, channels * classes);
  clear(dbias, classes);
  for (let n = 0; n < batch; n++) {
    const row = at(dlogits, n * classes);
    for (let k = 0; k < classes; k++) store<f32>(at(dbias, k), load<f32>(at(dbias, k)) + load<f32>(at(row, k)));
    for (let c = 0; c < channels; c++) {
      const x = load<f32>(at(pooled, n * channels + c));
      const w = at(kernel, c * classes), dw = at(dkernel, c * classes);
      let sum: f32 = 0;
      for (let k = 0; k < classes; k++) {
        const gradient = load<f32>(at(row, k));
        sum += gradient * load<f32>(at(w, k));
        store<f32>(at(dw, k), load<f32>(at(dw, k)) + x * gradient);
      }
      store<f32>(at(dpooled, n * channels + c), sum);
    }
  }
}
