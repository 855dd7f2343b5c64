// What a training step needs and XNNPACK lacks, in AssemblyScript with 128-bit SIMD (asc --extension as).
// Works on tfjs' own wasm memory: every argument named as a tensor is a byte address of float32 numbers.
// No static data, no allocation, no stack in memory: the module owns nothing of the memory that it shares
// (test/engine/wasm-module.test.ts checks that). All sums run in a fixed order, so results repeat bit for bit.
// Build: npm run build:wasm, which writes kernels-binary.ts.

// @ts-ignore: decorator
@inline function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

// @ts-ignore: decorator
@inline function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline function clear(target: usize, count: i32): void {
  memory.fill(target, 0, (<usize>count) << 2);
}

// Rows whose numbers fit into half a level-1 cache. Column sums take such chunks; that also keeps them accurate.
// @ts-ignore: decorator
@inline function chunkOf(channels: i32): i32 {
  return max(16, 4096 / channels);
}

// @ts-ignore: decorator
@inline function square(x: v128): v128 {
  return f32x4.mul(x, x);
}

// ---- Batch normalisation and ReLU: tensors [rows, channels], vectors [channels] -----------------------------

// sums[c] += sum over rows start .. end - 1 of z
function addColumnSums(z: usize, sums: usize, start: i32, end: i32, channels: i32): void {
  const row = (<usize>channels) << 2;
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let p = at(z, start * channels + c);
    let r = start;
    for (; r + 4 <= end; r += 4) {
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
    v128.store(at(sums, c), f32x4.add(v128.load(at(sums, c)), sum));
  }
  for (; c < channels; c++) {
    let sum: f32 = 0;
    for (let r = start; r < end; r++) sum += load<f32>(at(z, r * channels + c));
    store<f32>(at(sums, c), load<f32>(at(sums, c)) + sum);
  }
}

// sums[c] += sum over rows start .. end - 1 of (z - mean)^2
function addSquaredDeviations(z: usize, mean: usize, sums: usize, start: i32, end: i32, channels: i32): void {
  const row = (<usize>channels) << 2;
  let c = 0;
  for (; c + 4 <= channels; c += 4) {
    const centre = v128.load(at(mean, c));
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
    let p = at(z, start * channels + c);
    let r = start;
    for (; r + 4 <= end; r += 4) {
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
    v128.store(at(sums, c), f32x4.add(v128.load(at(sums, c)), sum));
  }
  for (; c < channels; c++) {
    const centre = load<f32>(at(mean, c));
    let sum: f32 = 0;
    for (let r = start; r < end; r++) {
      const deviation = load<f32>(at(z, r * channels + c)) - centre;
      sum += deviation * deviation;
    }
    store<f32>(at(sums, c), load<f32>(at(sums, c)) + sum);
  }
}

// @ts-ignore: decorator
@inline function divide(vector: usize, count: i32, divisor: f32): void {
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
  const still = f32x4.splat(0);
  let p = z, q = y;
  for (let r = 0; r < rows; r++) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const value = f32x4.add(f32x4.mul(v128.load(p), v128.load(at(scale, c))), v128.load(at(shift, c)));
      v128.store(q, f32x4.max(value, still));
      p += 16;
      q += 16;
    }
    for (; c < channels; c++) {
      const value = load<f32>(p) * load<f32>(at(scale, c)) + load<f32>(at(shift, c));
      store<f32>(q, max<f32>(value, 0));
      p += 4;
      q += 4;
    }
  }
}

// dz = dy where y > 0, times scale: the gradient of scaleRelu
export function scaleReluBack(dy: usize, y: usize, scale: usize, dz: usize, rows: i32, channels: i32): void {
  const still = f32x4.splat(0);
  let offset: usize = 0;
  for (let r = 0; r < rows; r++) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const passed = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      v128.store(dz + offset, f32x4.mul(passed, v128.load(at(scale, c))));
      offset += 16;
    }
    for (; c < channels; c++) {
      const passed = load<f32>(y + offset) > 0 ? load<f32>(dy + offset) : 0;
      store<f32>(dz + offset, passed * load<f32>(at(scale, c)));
      offset += 4;
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
  for (; c + 4 <= channels; c += 4) {
    const centre = v128.load(at(mean, c));
    let b0 = f32x4.splat(0), b1 = f32x4.splat(0), g0 = f32x4.splat(0), g1 = f32x4.splat(0);
    let offset = at(0, start * channels + c);
    let r = start;
    for (; r + 2 <= end; r += 2) {
      const first = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      b0 = f32x4.add(b0, first);
      g0 = madd(g0, first, f32x4.sub(v128.load(z + offset), centre));
      offset += row;
      const second = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      b1 = f32x4.add(b1, second);
      g1 = madd(g1, second, f32x4.sub(v128.load(z + offset), centre));
      offset += row;
    }
    if (r < end) {
      const last = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      b0 = f32x4.add(b0, last);
      g0 = madd(g0, last, f32x4.sub(v128.load(z + offset), centre));
    }
    v128.store(at(dbeta, c), f32x4.add(v128.load(at(dbeta, c)), f32x4.add(b0, b1)));
    v128.store(at(dgamma, c), f32x4.add(v128.load(at(dgamma, c)), f32x4.add(g0, g1)));
  }
  for (; c < channels; c++) {
    const centre = load<f32>(at(mean, c));
    let beta: f32 = 0, gamma: f32 = 0;
    for (let r = start; r < end; r++) {
      const offset = at(0, r * channels + c);
      if (load<f32>(y + offset) > 0) {
        const gradient = load<f32>(dy + offset);
        beta += gradient;
        gamma += gradient * (load<f32>(z + offset) - centre);
      }
    }
    store<f32>(at(dbeta, c), load<f32>(at(dbeta, c)) + beta);
    store<f32>(at(dgamma, c), load<f32>(at(dgamma, c)) + gamma);
  }
}

// Gradient of normaliseRelu through the batch statistics. `scratch` [3 * channels] receives the coefficients of
// dz = A g - B - C (z - mean), where g = dy where y > 0.
export function normaliseReluBack(
  dy: usize, z: usize, y: usize, gamma: usize, mean: usize, inverse: usize,
  dz: usize, dgamma: usize, dbeta: usize, scratch: usize, rows: i32, channels: i32,
): void {
  const chunk = chunkOf(channels);
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
  const still = f32x4.splat(0);
  let offset: usize = 0;
  for (let r = 0; r < rows; r++) {
    let c = 0;
    for (; c + 4 <= channels; c += 4) {
      const passed = v128.and(v128.load(dy + offset), f32x4.gt(v128.load(y + offset), still));
      const centred = f32x4.sub(v128.load(z + offset), v128.load(at(mean, c)));
      const direct = f32x4.sub(f32x4.mul(passed, v128.load(at(scratch, c))), v128.load(at(B, c)));
      v128.store(dz + offset, f32x4.sub(direct, f32x4.mul(centred, v128.load(at(C, c)))));
      offset += 16;
    }
    for (; c < channels; c++) {
      const passed = load<f32>(y + offset) > 0 ? load<f32>(dy + offset) : 0;
      const centred = load<f32>(z + offset) - load<f32>(at(mean, c));
      const direct = passed * load<f32>(at(scratch, c)) - load<f32>(at(B, c));
      store<f32>(dz + offset, direct - centred * load<f32>(at(C, c)));
      offset += 4;
    }
  }
}

// ---- Convolution: dW, stride 1, same padding. x [n, h, w, channels], dy [n, h, w, filters] ------------------
// For one kernel tap this is xT dy over the pixels where the tap lies inside the image. The inner functions take
// `lines` runs of `length` pixels; a run's x and dy begin xLine and dyLine bytes after the run before.

// dw [4 channels, 8 filters], rows `filters` apart
function tap4x8(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xLine: usize, dyLine: usize, channels: i32, filters: i32,
): void {
  const xStep = (<usize>channels) << 2, dyStep = (<usize>filters) << 2;
  let a0 = v128.load(dw), a1 = v128.load(dw + 16);
  let b0 = v128.load(dw + dyStep), b1 = v128.load(dw + dyStep + 16);
  let c0 = v128.load(dw + 2 * dyStep), c1 = v128.load(dw + 2 * dyStep + 16);
  let d0 = v128.load(dw + 3 * dyStep), d1 = v128.load(dw + 3 * dyStep + 16);
  for (let line = 0; line < lines; line++) {
    let p = x + (<usize>line) * xLine, q = dy + (<usize>line) * dyLine;
    for (let i = 0; i < length; i++) {
      const y0 = v128.load(q), y1 = v128.load(q + 16);
      const xa = v128.load_splat<f32>(p), xb = v128.load_splat<f32>(p, 4);
      const xc = v128.load_splat<f32>(p, 8), xd = v128.load_splat<f32>(p, 12);
      a0 = madd(a0, xa, y0);
      a1 = madd(a1, xa, y1);
      b0 = madd(b0, xb, y0);
      b1 = madd(b1, xb, y1);
      c0 = madd(c0, xc, y0);
      c1 = madd(c1, xc, y1);
      d0 = madd(d0, xd, y0);
      d1 = madd(d1, xd, y1);
      p += xStep;
      q += dyStep;
    }
  }
  v128.store(dw, a0);
  v128.store(dw + 16, a1);
  v128.store(dw + dyStep, b0);
  v128.store(dw + dyStep + 16, b1);
  v128.store(dw + 2 * dyStep, c0);
  v128.store(dw + 2 * dyStep + 16, c1);
  v128.store(dw + 3 * dyStep, d0);
  v128.store(dw + 3 * dyStep + 16, d1);
}

// dw [4 channels, 4 filters]
function tap4x4(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xLine: usize, dyLine: usize, channels: i32, filters: i32,
): void {
  const xStep = (<usize>channels) << 2, dyStep = (<usize>filters) << 2;
  let a = v128.load(dw), b = v128.load(dw + dyStep);
  let c = v128.load(dw + 2 * dyStep), d = v128.load(dw + 3 * dyStep);
  for (let line = 0; line < lines; line++) {
    let p = x + (<usize>line) * xLine, q = dy + (<usize>line) * dyLine;
    for (let i = 0; i < length; i++) {
      const y = v128.load(q);
      a = madd(a, v128.load_splat<f32>(p), y);
      b = madd(b, v128.load_splat<f32>(p, 4), y);
      c = madd(c, v128.load_splat<f32>(p, 8), y);
      d = madd(d, v128.load_splat<f32>(p, 12), y);
      p += xStep;
      q += dyStep;
    }
  }
  v128.store(dw, a);
  v128.store(dw + dyStep, b);
  v128.store(dw + 2 * dyStep, c);
  v128.store(dw + 3 * dyStep, d);
}

// dw [1 channel, 4 filters], two pixels at a time
function tap1x4(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xLine: usize, dyLine: usize, channels: i32, filters: i32,
): void {
  const xStep = (<usize>channels) << 2, dyStep = (<usize>filters) << 2;
  let even = v128.load(dw), odd = f32x4.splat(0);
  for (let line = 0; line < lines; line++) {
    let p = x + (<usize>line) * xLine, q = dy + (<usize>line) * dyLine;
    let i = 0;
    for (; i + 2 <= length; i += 2) {
      even = madd(even, v128.load_splat<f32>(p), v128.load(q));
      odd = madd(odd, v128.load_splat<f32>(p + xStep), v128.load(q + dyStep));
      p += 2 * xStep;
      q += 2 * dyStep;
    }
    if (i < length) even = madd(even, v128.load_splat<f32>(p), v128.load(q));
  }
  v128.store(dw, f32x4.add(even, odd));
}

// dw [1 channel, 1 filter]
function tap1x1(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xLine: usize, dyLine: usize, channels: i32, filters: i32,
): void {
  const xStep = (<usize>channels) << 2, dyStep = (<usize>filters) << 2;
  let sum = load<f32>(dw);
  for (let line = 0; line < lines; line++) {
    let p = x + (<usize>line) * xLine, q = dy + (<usize>line) * dyLine;
    for (let i = 0; i < length; i++) {
      sum += load<f32>(p) * load<f32>(q);
      p += xStep;
      q += dyStep;
    }
  }
  store<f32>(dw, sum);
}

// All channels and filters of one tap of one image.
function tap(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xLine: usize, dyLine: usize, channels: i32, filters: i32,
): void {
  let c = 0;
  for (; c < channels; ) {
    const isBlock = c + 4 <= channels;
    const row = at(dw, c * filters);
    let f = 0;
    if (isBlock) {
      for (; f + 8 <= filters; f += 8)
        tap4x8(at(x, c), at(dy, f), at(row, f), lines, length, xLine, dyLine, channels, filters);
      for (; f + 4 <= filters; f += 4)
        tap4x4(at(x, c), at(dy, f), at(row, f), lines, length, xLine, dyLine, channels, filters);
      for (; f < filters; f++)
        for (let i = 0; i < 4; i++)
          tap1x1(at(x, c + i), at(dy, f), at(row, i * filters + f), lines, length, xLine, dyLine, channels, filters);
      c += 4;
    } else {
      for (; f + 4 <= filters; f += 4)
        tap1x4(at(x, c), at(dy, f), at(row, f), lines, length, xLine, dyLine, channels, filters);
      for (; f < filters; f++)
        tap1x1(at(x, c), at(dy, f), at(row, f), lines, length, xLine, dyLine, channels, filters);
      c += 1;
    }
  }
}

// dw [size, size, channels, filters]
export function convBackFilter(
  x: usize, dy: usize, dw: usize, batch: i32, height: i32, width: i32, channels: i32, filters: i32, size: i32,
): void {
  const pad = (size - 1) / 2;
  const xLine = at(0, width * channels), dyLine = at(0, width * filters);
  clear(dw, size * size * channels * filters);
  for (let n = 0; n < batch; n++) {
    for (let a = 0; a < size; a++) {
      const top = max(0, pad - a), bottom = min(height, height + pad - a);
      for (let b = 0; b < size; b++) {
        const left = max(0, pad - b), right = min(width, width + pad - b);
        if (bottom <= top || right <= left) continue;
        const from = at(x, ((n * height + top + a - pad) * width + left + b - pad) * channels);
        const to = at(dy, ((n * height + top) * width + left) * filters);
        const target = at(dw, (a * size + b) * channels * filters);
        tap(from, to, target, bottom - top, right - left, xLine, dyLine, channels, filters);
      }
    }
  }
}

// The filter that turns the gradient of the output into that of the input: [size, size, filters, channels], turned
// by 180 degrees.
export function turnFilter(filter: usize, turned: usize, size: i32, channels: i32, filters: i32): void {
  const taps = size * size, plane = channels * filters;
  for (let t = 0; t < taps; t++) {
    const from = at(filter, t * plane), to = at(turned, (taps - 1 - t) * plane);
    for (let c = 0; c < channels; c++) {
      for (let f = 0; f < filters; f++) store<f32>(at(to, f * channels + c), load<f32>(at(from, c * filters + f)));
    }
  }
}

// ---- Depthwise convolution: dW, stride 1, same padding; x, dy [n, h, w, channels] ---------------------------

// dw [size, size, channels]
export function depthwiseBackFilter(
  x: usize, dy: usize, dw: usize, batch: i32, height: i32, width: i32, channels: i32, size: i32,
): void {
  const pad = (size - 1) / 2;
  const step = (<usize>channels) << 2;
  clear(dw, size * size * channels);
  for (let n = 0; n < batch; n++) {
    for (let a = 0; a < size; a++) {
      const top = max(0, pad - a), bottom = min(height, height + pad - a);
      for (let b = 0; b < size; b++) {
        const left = max(0, pad - b), right = min(width, width + pad - b);
        if (bottom <= top || right <= left) continue;
        const target = at(dw, (a * size + b) * channels);
        let c = 0;
        for (; c + 4 <= channels; c += 4) {
          let even = v128.load(at(target, c)), odd = f32x4.splat(0);
          for (let v = top; v < bottom; v++) {
            let p = at(x, ((n * height + v + a - pad) * width + left + b - pad) * channels + c);
            let q = at(dy, ((n * height + v) * width + left) * channels + c);
            let u = left;
            for (; u + 2 <= right; u += 2) {
              even = madd(even, v128.load(p), v128.load(q));
              odd = madd(odd, v128.load(p + step), v128.load(q + step));
              p += 2 * step;
              q += 2 * step;
            }
            if (u < right) even = madd(even, v128.load(p), v128.load(q));
          }
          v128.store(at(target, c), f32x4.add(even, odd));
        }
        for (; c < channels; c++) {
          let sum = load<f32>(at(target, c));
          for (let v = top; v < bottom; v++) {
            let p = at(x, ((n * height + v + a - pad) * width + left + b - pad) * channels + c);
            let q = at(dy, ((n * height + v) * width + left) * channels + c);
            for (let u = left; u < right; u++) {
              sum += load<f32>(p) * load<f32>(q);
              p += step;
              q += step;
            }
          }
          store<f32>(at(target, c), sum);
        }
      }
    }
  }
}

// ---- 2 x 2 max pooling, stride 2, valid: x, dx [n, h, w, channels], y, dy [n, h / 2, w / 2, channels] -------

// The gradient goes to the first of equal maxima, in rows.
export function maxPoolBack(
  dy: usize, x: usize, y: usize, dx: usize, batch: i32, height: i32, width: i32, channels: i32,
): void {
  const rows = height / 2, columns = width / 2;
  const right = at(0, channels), down = at(0, width * channels);
  if (height & 1 || width & 1) clear(dx, batch * height * width * channels);
  let q: usize = 0;
  for (let n = 0; n < batch; n++) {
    for (let r = 0; r < rows; r++) {
      for (let u = 0; u < columns; u++) {
        let p = at(0, ((n * height + 2 * r) * width + 2 * u) * channels);
        let c = 0;
        for (; c + 4 <= channels; c += 4) {
          const top = v128.load(y + q), gradient = v128.load(dy + q);
          const m0 = f32x4.eq(v128.load(x + p), top);
          const m1 = v128.andnot(f32x4.eq(v128.load(x + p + right), top), m0);
          const before2 = v128.or(m0, m1);
          const m2 = v128.andnot(f32x4.eq(v128.load(x + p + down), top), before2);
          const m3 = v128.andnot(f32x4.eq(v128.load(x + p + down + right), top), v128.or(before2, m2));
          v128.store(dx + p, v128.and(gradient, m0));
          v128.store(dx + p + right, v128.and(gradient, m1));
          v128.store(dx + p + down, v128.and(gradient, m2));
          v128.store(dx + p + down + right, v128.and(gradient, m3));
          p += 16;
          q += 16;
        }
        for (; c < channels; c++) {
          const top = load<f32>(y + q), gradient = load<f32>(dy + q);
          const m0 = load<f32>(x + p) == top;
          const m1 = !m0 && load<f32>(x + p + right) == top;
          const m2 = !m0 && !m1 && load<f32>(x + p + down) == top;
          store<f32>(dx + p, m0 ? gradient : 0);
          store<f32>(dx + p + right, m1 ? gradient : 0);
          store<f32>(dx + p + down, m2 ? gradient : 0);
          store<f32>(dx + p + down + right, m0 || m1 || m2 ? 0 : gradient);
          p += 4;
          q += 4;
        }
      }
    }
  }
}

// ---- Head and merges ----------------------------------------------------------------------------------------

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

// out = lambda main + (1 - lambda) skip
export function mix(lambda: usize, main: usize, skip: usize, out: usize, count: i32): void {
  const share = load<f32>(lambda), rest: f32 = 1 - share;
  const shares = f32x4.splat(share), rests = f32x4.splat(rest);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const kept = f32x4.mul(v128.load(at(main, i)), shares);
    v128.store(at(out, i), madd(kept, v128.load(at(skip, i)), rests));
  }
  for (; i < count; i++) {
    store<f32>(at(out, i), load<f32>(at(main, i)) * share + load<f32>(at(skip, i)) * rest);
  }
}

// dlambda = sum of dy (main - skip)
export function mixBackLambda(dy: usize, main: usize, skip: usize, dlambda: usize, count: i32): void {
  let total: f64 = 0;
  for (let start = 0; start < count; start += 4096) {
    const end = min(count, start + 4096);
    let sum = f32x4.splat(0);
    let i = start;
    for (; i + 4 <= end; i += 4) {
      sum = madd(sum, v128.load(at(dy, i)), f32x4.sub(v128.load(at(main, i)), v128.load(at(skip, i))));
    }
    total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
    total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
    for (; i < end; i++) {
      total += <f64>(load<f32>(at(dy, i)) * (load<f32>(at(main, i)) - load<f32>(at(skip, i))));
    }
  }
  store<f32>(dlambda, <f32>total);
}

// ---- Optimiser: flat vectors of `count` numbers ---------------------------------------------------------------

// v = momentum v + g + decay w; out = w - rate v, clipped to [low, high]; average += share (out - average).
// v and average are changed in place.
export function momentumStep(
  w: usize, g: usize, v: usize, decay: usize, low: usize, high: usize, average: usize, out: usize,
  count: i32, rate: f32, momentum: f32, share: f32,
): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const weight = v128.load(at(w, i));
    const decayed = madd(v128.load(at(g, i)), v128.load(at(decay, i)), weight);
    const velocity = f32x4.add(f32x4.mul(v128.load(at(v, i)), f32x4.splat(momentum)), decayed);
    v128.store(at(v, i), velocity);
    const moved = f32x4.sub(weight, f32x4.mul(velocity, f32x4.splat(rate)));
    const clipped = f32x4.max(f32x4.min(moved, v128.load(at(high, i))), v128.load(at(low, i)));
    v128.store(at(out, i), clipped);
    const mean = v128.load(at(average, i));
    v128.store(at(average, i), madd(mean, f32x4.splat(share), f32x4.sub(clipped, mean)));
  }
  for (; i < count; i++) {
    const weight = load<f32>(at(w, i));
    const decayed = load<f32>(at(g, i)) + load<f32>(at(decay, i)) * weight;
    const velocity = load<f32>(at(v, i)) * momentum + decayed;
    store<f32>(at(v, i), velocity);
    const moved = weight - velocity * rate;
    const clipped = max<f32>(min<f32>(moved, load<f32>(at(high, i))), load<f32>(at(low, i)));
    store<f32>(at(out, i), clipped);
    const mean = load<f32>(at(average, i));
    store<f32>(at(average, i), mean + share * (clipped - mean));
  }
}
