// Batch normalisation and ReLU: tensors [rows, channels], vectors [channels]. Eight or four channels at a time; where
// they are no multiple of four, what is read behind the last is not stored.
import { at, clear, madd, storeLanes } from './common';

// Rows whose numbers fit into half a level-1 cache. Column sums take such chunks; that also keeps them accurate.
// @ts-ignore: decorator
@inline function chunkOf(channels: i32): i32 {
  return max(16, 4096 / channels);
}

// @ts-ignore: decorator
@inline function square(x: v128): v128 {
  return f32x4.mul(x, x);
}

// @ts-ignore: decorator
@inline function addTwice(sums: usize, first: v128, second: v128): void {
  v128.store(sums, f32x4.add(v128.load(sums), first));
  v128.store(sums, f32x4.add(v128.load(sums, 16), second), 16);
}

// sums[c] += sum over rows start .. end - 1 of z
export function addColumnSums(z: usize, sums: usize, start: i32, end: i32, channels: i32): void {
  const row = (<usize>channels) << 2;
  let c = 0;
  for (; c + 8 <= channels; c += 8) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
    let p = at(z, start * channels + c);
    let r = start;
    for (; r + 2 <= end; r += 2) {
      a0 = f32x4.add(a0, v128.load(p));
      b0 = f32x4.add(b0, v128.load(p, 16));
      p += row;
      a1 = f32x4.add(a1, v128.load(p));
      b1 = f32x4.add(b1, v128.load(p, 16));
      p += row;
    }
    if (r < end) {
      a0 = f32x4.add(a0, v128.load(p));
      b0 = f32x4.add(b0, v128.load(p, 16));
    }
    addTwice(at(sums, c), f32x4.add(a0, a1), f32x4.add(b0, b1));
  }
  for (; c < channels; c += 4) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let p = at(z, start * channels + c);
    let r = start;
    for (; c + 4 <= channels && r + 4 <= end; r += 4) {
      s0 = f32x4.add(s0, v128.load(p));
      s1 = f32x4.add(s1, v128.load(p + row));
      s2 = f32x4.add(s2, v128.load(p + 2 * row));
      s3 = f32x4.add(s3, v128.load(p + 3 * row));
      p += 4 * row;
    }
    for (; r < end; r++) {
      s0 = f32x4.add(s0, v128.load(p));
      p += row;
    }
    const sum = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    storeLanes(at(sums, c), f32x4.add(v128.load(at(sums, c)), sum), channels - c);
  }
}

// sums[c] += sum over rows start .. end - 1 of (z - mean)^2
function addSquaredDeviations(z: usize, mean: usize, sums: usize, start: i32, end: i32, channels: i32): void {
  const row = (<usize>channels) << 2;
  let c = 0;
  for (; c + 8 <= channels; c += 8) {
    const centreA = v128.load(at(mean, c)), centreB = v128.load(at(mean, c), 16);
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
    let p = at(z, start * channels + c);
    let r = start;
    for (; r + 2 <= end; r += 2) {
      a0 = f32x4.add(a0, square(f32x4.sub(v128.load(p), centreA)));
      b0 = f32x4.add(b0, square(f32x4.sub(v128.load(p, 16), centreB)));
      p += row;
      a1 = f32x4.add(a1, square(f32x4.sub(v128.load(p), centreA)));
      b1 = f32x4.add(b1, square(f32x4.sub(v128.load(p, 16), centreB)));
      p += row;
    }
    if (r < end) {
      a0 = f32x4.add(a0, square(f32x4.sub(v128.load(p), centreA)));
      b0 = f32x4.add(b0, square(f32x4.sub(v128.load(p, 16), centreB)));
    }
    addTwice(at(sums, c), f32x4.add(a0, a1), f32x4.add(b0, b1));
  }
  for (; c < channels; c += 4) {
    const centre = v128.load(at(mean, c));
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let p = at(z, start * channels + c);
    let r = start;
    for (; c + 4 <= channels && r + 4 <= end; r += 4) {
      s0 = f32x4.add(s0, square(f32x4.sub(v128.load(p), centre)));
      s1 = f32x4.add(s1, square(f32x4.sub(v128.load(p + row), centre)));
      s2 = f32x4.add(s2, square(f32x4.sub(v128.load(p + 2 * row), centre)));
      s3 = f32x4.add(s3, square(f32x4.sub(v128.load(p + 3 * row), centre)));
      p += 4 * row;
    }
    for (; r < end; r++) {
      s0 = f32x4.add(s0, square(f32x4.sub(v128.load(p), centre)));
      p += row;
    }
    const sum = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    storeLanes(at(sums, c), f32x4.add(v128.load(at(sums, c)), sum), channels - c);
  }
}

// @ts-ignore: decorator
@inline export function divide(vector: usize, count: i32, divisor: f32): void {
  for (let i = 0; i < count; i++) store<f32>(at(vector, i), load<f32>(at(vector, i)) / divisor);
}

// mean and biased variance of every column
export function moments(z: usize, mean: usize, variance: usize, rows: i32, channels: i32): void {
  const chunk = chunkOf(channels);
  clear(mean, channels);
  clear(variance, channels);
  for (let start = 0; start < rows; start += chunk) {
    addColumnSums(z, mean, start, min(rows, start + chunk), channels);
  }
  divide(mean, channels, <f32>rows);
  for (let start = 0; start < rows; start += chunk) {
    addSquaredDeviations(z, mean, variance, start, min(rows, start + chunk), channels);
  }
  divide(variance, channels, <f32>rows);
}

// y = relu(z * scale + shift)
export function scaleRelu(z: usize, scale: usize, shift: usize, y: usize, rows: i32, channels: i32): void {
  const still = f32x4.splat(0), row = at(0, channels), chunk = chunkOf(channels);
  for (let start = 0; start < rows; start += chunk) {
    const count = min(chunk, rows - start);
    let c = 0;
    for (; c + 8 <= channels; c += 8) {
      const scaleA = v128.load(at(scale, c)), scaleB = v128.load(at(scale, c), 16);
      const shiftA = v128.load(at(shift, c)), shiftB = v128.load(at(shift, c), 16);
      let offset = at(0, start * channels + c);
      for (let r = 0; r < count; r++) {
        const p = z + offset, q = y + offset;
        v128.store(q, f32x4.max(f32x4.add(f32x4.mul(v128.load(p), scaleA), shiftA), still));
        v128.store(q, f32x4.max(f32x4.add(f32x4.mul(v128.load(p, 16), scaleB), shiftB), still), 16);
        offset += row;
      }
    }
    for (; c < channels; c += 4) {
      const lanes = channels - c, factor = v128.load(at(scale, c)), summand = v128.load(at(shift, c));
      let offset = at(0, start * channels + c);
      for (let r = 0; r < count; r++) {
        const value = f32x4.add(f32x4.mul(v128.load(z + offset), factor), summand);
        storeLanes(y + offset, f32x4.max(value, still), lanes);
        offset += row;
      }
    }
  }
}

// dz = dy where y > 0, times scale: the gradient of scaleRelu
export function scaleReluBack(dy: usize, y: usize, scale: usize, dz: usize, rows: i32, channels: i32): void {
  const still = f32x4.splat(0), rest = channels & 3;
  let offset: usize = 0;
  for (let r = 0; r < rows; r++) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const passed = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      v128.store(dz + offset, f32x4.mul(passed, v128.load(at(scale, c))));
      offset += 16;
    }
    if (rest > 0) {
      const passed = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      storeLanes(dz + offset, f32x4.mul(passed, v128.load(at(scale, c))), rest);
      offset += at(0, rest);
    }
  }
}

// Training-mode BN and ReLU. `scratch` [2 * channels] receives scale and shift.
export function normaliseRelu(
  z: usize, gamma: usize, beta: usize, y: usize, mean: usize, inverse: usize, scratch: usize,
  rows: i32, channels: i32, epsilon: f32,
): void {
  moments(z, mean, inverse, rows, channels);
  const shift = at(scratch, channels);
  for (let c = 0; c < channels; c++) {
    const deviation: f32 = 1 / sqrt<f32>(load<f32>(at(inverse, c)) + epsilon);
    store<f32>(at(inverse, c), deviation);
    const scale = load<f32>(at(gamma, c)) * deviation;
    store<f32>(at(scratch, c), scale);
    store<f32>(at(shift, c), load<f32>(at(beta, c)) - load<f32>(at(mean, c)) * scale);
  }
  scaleRelu(z, scratch, shift, y, rows, channels);
}

// dbeta[c] += sum of g, dgamma[c] += sum of g (z - mean), where g = dy where y > 0
function addGradientSums(
  dy: usize, z: usize, y: usize, mean: usize, dgamma: usize, dbeta: usize,
  start: i32, end: i32, channels: i32,
): void {
  const row = (<usize>channels) << 2;
  const still = f32x4.splat(0);
  let c = 0;
  for (; c + 8 <= channels; c += 8) {
    const centreA = v128.load(at(mean, c)), centreB = v128.load(at(mean, c), 16);
    let betaA = f32x4.splat(0), betaB = f32x4.splat(0), gammaA = f32x4.splat(0), gammaB = f32x4.splat(0);
    let offset = at(0, start * channels + c);
    for (let r = start; r < end; r++) {
      const g = dy + offset, p = z + offset, q = y + offset;
      const first = v128.and(v128.load(g), f32x4.gt(v128.load(q), still));
      const second = v128.and(v128.load(g, 16), f32x4.gt(v128.load(q, 16), still));
      betaA = f32x4.add(betaA, first);
      betaB = f32x4.add(betaB, second);
      gammaA = madd(gammaA, first, f32x4.sub(v128.load(p), centreA));
      gammaB = madd(gammaB, second, f32x4.sub(v128.load(p, 16), centreB));
      offset += row;
    }
    addTwice(at(dbeta, c), betaA, betaB);
    addTwice(at(dgamma, c), gammaA, gammaB);
  }
  for (; c < channels; c += 4) {
    const centre = v128.load(at(mean, c));
    let b0 = f32x4.splat(0), b1 = f32x4.splat(0), g0 = f32x4.splat(0), g1 = f32x4.splat(0);
    let offset = at(0, start * channels + c);
    let r = start;
    for (; c + 4 <= channels && r + 2 <= end; r += 2) {
      const first = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      b0 = f32x4.add(b0, first);
      g0 = madd(g0, first, f32x4.sub(v128.load(z + offset), centre));
      offset += row;
      const second = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      b1 = f32x4.add(b1, second);
      g1 = madd(g1, second, f32x4.sub(v128.load(z + offset), centre));
      offset += row;
    }
    for (; r < end; r++) {
      const last = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      b0 = f32x4.add(b0, last);
      g0 = madd(g0, last, f32x4.sub(v128.load(z + offset), centre));
      offset += row;
    }
    storeLanes(at(dbeta, c), f32x4.add(v128.load(at(dbeta, c)), f32x4.add(b0, b1)), channels - c);
    storeLanes(at(dgamma, c), f32x4.add(v128.load(at(dgamma, c)), f32x4.add(g0, g1)), channels - c);
  }
}

// Gradient of normaliseRelu through the batch statistics. `scratch` [3 * channels] receives the coefficients of
// dz = A g - B - C (z - mean), where g = dy where y > 0.
export function normaliseReluBack(
  dy: usize, z: usize, y: usize, gamma: usize, mean: usize, inverse: usize,
  dz: usize, dgamma: usize, dbeta: usize, scratch: usize, rows: i32, channels: i32,
): void {
  // Three tensors are read here, twice where more channels are summed up than eight at a time.
  const chunk = channels > 8 ? max(16, chunkOf(channels) / 4) : chunkOf(channels);
  clear(dgamma, channels);
  clear(dbeta, channels);
  for (let start = 0; start < rows; start += chunk) {
    addGradientSums(dy, z, y, mean, dgamma, dbeta, start, min(rows, start + chunk), channels);
  }
  const B = at(scratch, channels), C = at(scratch, 2 * channels);
  const count = <f32>rows;
  for (let c = 0; c < channels; c++) {
    const deviation = load<f32>(at(inverse, c));
    const gradient = load<f32>(at(dgamma, c)) * deviation;
    const scale = load<f32>(at(gamma, c)) * deviation;
    store<f32>(at(dgamma, c), gradient);
    store<f32>(at(scratch, c), scale);
    store<f32>(at(B, c), (scale * load<f32>(at(dbeta, c))) / count);
    store<f32>(at(C, c), (scale * deviation * gradient) / count);
  }
  const still = f32x4.splat(0), row = at(0, channels);
  for (let start = 0; start < rows; start += chunk) {
    const count = min(chunk, rows - start);
    for (let c = 0; c < channels; c += 4) {
      const lanes = channels - c, centre = v128.load(at(mean, c));
      const scale = v128.load(at(scratch, c)), offBeta = v128.load(at(B, c)), offGamma = v128.load(at(C, c));
      let offset = at(0, start * channels + c);
      for (let r = 0; r < count; r++) {
        const passed = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
        const centred = f32x4.sub(v128.load(z + offset), centre);
        const direct = f32x4.sub(f32x4.mul(passed, scale), offBeta);
        storeLanes(dz + offset, f32x4.sub(direct, f32x4.mul(centred, offGamma)), lanes);
        offset += row;
      }
    }
  }
}

// scale and shift of BN in inference mode: y = z scale + shift
export function runningScale(
  gamma: usize, beta: usize, mean: usize, variance: usize, scale: usize, shift: usize, channels: i32, epsilon: f32,
): void {
  for (let c = 0; c < channels; c++) {
    const factor: f32 = load<f32>(at(gamma, c)) / sqrt<f32>(load<f32>(at(variance, c)) + epsilon);
    store<f32>(at(scale, c), factor);
    store<f32>(at(shift, c), load<f32>(at(beta, c)) - load<f32>(at(mean, c)) * factor);
  }
}
