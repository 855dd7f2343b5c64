// Convolution, stride 1, same padding: x [n, h, w, channels], filter [size, size, channels, filters], y and dy
// [n, h, w, filters].
import { at, clear, madd } from './common';

// ---- Packed filters -----------------------------------------------------------------------------------------
// Blocks of eight outputs, the last one of four where at most four are left: [taps * inputs, 8 or 4], zero where there
// is no output. Tiles read them in order.

// Numbers in a packed filter.
export function packedLength(taps: i32, inputs: i32, outputs: i32): i32 {
  const rest = outputs & 7;
  return taps * inputs * ((outputs & ~7) + (rest == 0 ? 0 : rest <= 4 ? 4 : 8));
}

// @ts-ignore: decorator
@inline function blockWidth(outputs: i32, first: i32): i32 {
  return outputs - first > 4 ? 8 : 4;
}

// filter [taps, inputs, outputs]
export function packFilter(filter: usize, packed: usize, taps: i32, inputs: i32, outputs: i32): void {
  let to = packed;
  for (let first = 0; first < outputs; first += 8) {
    const width = blockWidth(outputs, first), lanes = min(width, outputs - first);
    let from = at(filter, first);
    for (let row = 0; row < taps * inputs; row++) {
      if (lanes == 8) {
        v128.store(to, v128.load(from));
        v128.store(to + 16, v128.load(from + 16));
      } else {
        for (let lane = 0; lane < width; lane++) {
          store<f32>(at(to, lane), lane < lanes ? load<f32>(at(from, lane)) : 0);
        }
      }
      from = at(from, outputs);
      to = at(to, width);
    }
  }
}

// The filter that turns the gradient of the output into that of the input, turned by 180 degrees, channels swapped:
// filter [taps, channels, filters] is packed with `filters` inputs and `channels` outputs.
export function packTurnedFilter(filter: usize, packed: usize, taps: i32, channels: i32, filters: i32): void {
  let to = packed;
  for (let first = 0; first < channels; first += 8) {
    const width = blockWidth(channels, first), lanes = min(width, channels - first);
    for (let tap = taps - 1; tap >= 0; tap--) {
      for (let f = 0; f < filters; f++) {
        const from = at(filter, (tap * channels + first) * filters + f);
        for (let lane = 0; lane < width; lane++) {
          store<f32>(at(to, lane), lane < lanes ? load<f32>(at(from, lane * filters)) : 0);
        }
        to = at(to, width);
      }
    }
  }
}

// ---- Forward --------------------------------------------------------------------------------------------------
// A tile computes some pixels and one packed block: each result is the product of `rows` runs of `length` numbers of x,
// `line` bytes apart, with the block. Pixels are `step` bytes apart in x, `yStep` in y.

// The first `lanes` numbers, 1 to 4.
// @ts-ignore: decorator
@inline function storeLanes(target: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) v128.store(target, value);
  else if (lanes == 3) {
    v128.store64_lane(target, value, 0);
    v128.store32_lane(target, value, 2, 8);
  } else if (lanes == 2) v128.store64_lane(target, value, 0);
  else v128.store32_lane(target, value, 0);
}

// Four pixels, eight outputs, of which `lanes` of the second four exist.
function tile4x8(
  x: usize, step: usize, packed: usize, y: usize, yStep: usize, rows: i32, line: usize, length: i32, lanes: i32,
): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), d0 = f32x4.splat(0), d1 = f32x4.splat(0);
  let w = packed;
  for (let row = 0; row < rows; row++) {
    let p = x + (<usize>row) * line, q = p + step, r = q + step, s = r + step;
    let i = 0;
    for (; i + 2 <= length; i += 2) {
      const w0 = v128.load(w), w1 = v128.load(w + 16);
      const xa = v128.load_splat<f32>(p), xb = v128.load_splat<f32>(q);
      const xc = v128.load_splat<f32>(r), xd = v128.load_splat<f32>(s);
      a0 = madd(a0, xa, w0);
      a1 = madd(a1, xa, w1);
      b0 = madd(b0, xb, w0);
      b1 = madd(b1, xb, w1);
      c0 = madd(c0, xc, w0);
      c1 = madd(c1, xc, w1);
      d0 = madd(d0, xd, w0);
      d1 = madd(d1, xd, w1);
      const w2 = v128.load(w, 32), w3 = v128.load(w, 48);
      const ya = v128.load_splat<f32>(p, 4), yb = v128.load_splat<f32>(q, 4);
      const yc = v128.load_splat<f32>(r, 4), yd = v128.load_splat<f32>(s, 4);
      a0 = madd(a0, ya, w2);
      a1 = madd(a1, ya, w3);
      b0 = madd(b0, yb, w2);
      b1 = madd(b1, yb, w3);
      c0 = madd(c0, yc, w2);
      c1 = madd(c1, yc, w3);
      d0 = madd(d0, yd, w2);
      d1 = madd(d1, yd, w3);
      p += 8;
      q += 8;
      r += 8;
      s += 8;
      w += 64;
    }
    if (i < length) {
      const w0 = v128.load(w), w1 = v128.load(w, 16);
      const xa = v128.load_splat<f32>(p), xb = v128.load_splat<f32>(q);
      const xc = v128.load_splat<f32>(r), xd = v128.load_splat<f32>(s);
      a0 = madd(a0, xa, w0);
      a1 = madd(a1, xa, w1);
      b0 = madd(b0, xb, w0);
      b1 = madd(b1, xb, w1);
      c0 = madd(c0, xc, w0);
      c1 = madd(c1, xc, w1);
      d0 = madd(d0, xd, w0);
      d1 = madd(d1, xd, w1);
      w += 32;
    }
  }
  v128.store(y, a0);
  storeLanes(y + 16, a1, lanes);
  v128.store(y + yStep, b0);
  storeLanes(y + yStep + 16, b1, lanes);
  v128.store(y + 2 * yStep, c0);
  storeLanes(y + 2 * yStep + 16, c1, lanes);
  v128.store(y + 3 * yStep, d0);
  storeLanes(y + 3 * yStep + 16, d1, lanes);
}

// Four pixels, four outputs, of which `lanes` exist.
function tile4x4(
  x: usize, step: usize, packed: usize, y: usize, yStep: usize, rows: i32, line: usize, length: i32, lanes: i32,
): void {
  let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
  let w = packed;
  for (let row = 0; row < rows; row++) {
    let p = x + (<usize>row) * line, q = p + step, r = q + step, s = r + step;
    let i = 0;
    for (; i + 2 <= length; i += 2) {
      const w0 = v128.load(w), w1 = v128.load(w, 16);
      a = madd(a, v128.load_splat<f32>(p), w0);
      b = madd(b, v128.load_splat<f32>(q), w0);
      c = madd(c, v128.load_splat<f32>(r), w0);
      d = madd(d, v128.load_splat<f32>(s), w0);
      a = madd(a, v128.load_splat<f32>(p, 4), w1);
      b = madd(b, v128.load_splat<f32>(q, 4), w1);
      c = madd(c, v128.load_splat<f32>(r, 4), w1);
      d = madd(d, v128.load_splat<f32>(s, 4), w1);
      p += 8;
      q += 8;
      r += 8;
      s += 8;
      w += 32;
    }
    if (i < length) {
      const w0 = v128.load(w);
      a = madd(a, v128.load_splat<f32>(p), w0);
      b = madd(b, v128.load_splat<f32>(q), w0);
      c = madd(c, v128.load_splat<f32>(r), w0);
      d = madd(d, v128.load_splat<f32>(s), w0);
      w += 16;
    }
  }
  storeLanes(y, a, lanes);
  storeLanes(y + yStep, b, lanes);
  storeLanes(y + 2 * yStep, c, lanes);
  storeLanes(y + 3 * yStep, d, lanes);
}

// One pixel, four of a block's outputs, of which `lanes` exist; `width` is the block's.
function tile1x4(
  x: usize, packed: usize, y: usize, rows: i32, line: usize, length: i32, width: i32, lanes: i32,
): void {
  let sum = f32x4.splat(0);
  let w = packed;
  for (let row = 0; row < rows; row++) {
    const p = x + (<usize>row) * line;
    for (let i = 0; i < length; i++) {
      sum = madd(sum, v128.load_splat<f32>(at(p, i)), v128.load(w));
      w = at(w, width);
    }
  }
  storeLanes(y, sum, lanes);
}

// `pixels` results in a row. Where they are no multiple of four, the last tile computes some of them again.
function run(
  x: usize, step: usize, packed: usize, y: usize, pixels: i32, rows: i32, line: usize, length: i32, outputs: i32,
): void {
  const yStep = at(0, outputs);
  let block = packed;
  for (let first = 0; first < outputs; first += 8) {
    const width = blockWidth(outputs, first);
    const lanes = min(4, outputs - first - width + 4);
    const to = at(y, first);
    if (pixels < 4) {
      for (let i = 0; i < pixels; i++) {
        const p = x + (<usize>i) * step, q = to + (<usize>i) * yStep;
        if (width == 8) {
          tile1x4(p, block, q, rows, line, length, 8, 4);
          tile1x4(p, block + 16, q + 16, rows, line, length, 8, lanes);
        } else tile1x4(p, block, q, rows, line, length, 4, lanes);
      }
    } else {
      for (let i = 0; i < pixels; i += 4) {
        const from = min(i, pixels - 4);
        const p = x + (<usize>from) * step, q = to + (<usize>from) * yStep;
        if (width == 8) tile4x8(p, step, block, q, yStep, rows, line, length, lanes);
        else tile4x4(p, step, block, q, yStep, rows, line, length, lanes);
      }
    }
    block = at(block, rows * length * width);
  }
}

// Pixels of a 1 x 1 convolution that one packed block after another takes while they are in the level-1 cache.
const chunk: i32 = 64;

// image [height, width, channels] with `pad` zeros around it: padded [height + 2 pad, width + 2 pad, channels]
export function padImage(image: usize, padded: usize, height: i32, width: i32, channels: i32, pad: i32): void {
  const inner = width * channels, side = pad * channels, line = inner + 2 * side;
  clear(padded, pad * line + side);
  let to = at(padded, pad * line + side), from = image;
  for (let v = 0; v < height; v++) {
    memory.copy(to, from, (<usize>inner) << 2);
    clear(at(to, inner), 2 * side);
    from = at(from, inner);
    to = at(to, line);
  }
  clear(to, pad * line - side);
}

// y = x * filter, packed by packFilter. `padded` has room for one image of padImage; not used where size is 1.
export function convolve(
  x: usize, packed: usize, y: usize, padded: usize,
  batch: i32, height: i32, width: i32, channels: i32, filters: i32, size: i32,
): void {
  const step = at(0, channels);
  if (size == 1) {
    const pixels = batch * height * width;
    for (let start = 0; start < pixels; start += chunk) {
      // A last chunk of fewer than four pixels begins earlier, so that it is a whole tile.
      const end = min(pixels, start + chunk), from = max(0, min(start, end - 4));
      run(at(x, from * channels), step, packed, at(y, from * filters), end - from, 1, 0, channels, filters);
    }
    return;
  }
  const pad = (size - 1) / 2, line = at(0, (width + 2 * pad) * channels);
  for (let n = 0; n < batch; n++) {
    padImage(at(x, n * height * width * channels), padded, height, width, channels, pad);
    for (let v = 0; v < height; v++) {
      const to = at(y, (n * height + v) * width * filters);
      run(padded + (<usize>v) * line, step, packed, to, width, size, line, size * channels, filters);
    }
  }
}

// ---- Gradient of the filter -----------------------------------------------------------------------------------
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
