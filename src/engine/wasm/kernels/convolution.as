// Convolution, stride 1, same padding: x [n, h, w, channels], filter [size, size, channels, filters], y and dy
// [n, h, w, filters].
import { at, clear, madd, storeLanes } from './common';

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

// Four pixels, eight outputs, of which `lanes` of the second four exist. (Unrolled, V8 runs out of registers.)
function tile4x8(
  x: usize, step: usize, packed: usize, y: usize, yStep: usize, rows: i32, line: usize, length: i32, lanes: i32,
): void {
  let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0), c1 = f32x4.splat(0), d0 = f32x4.splat(0), d1 = f32x4.splat(0);
  let w = packed, from = x;
  for (let row = 0; row < rows; row++) {
    let p = from, q = p + step, r = q + step, s = r + step;
    const end = at(p, length);
    for (; p < end; p += 4) {
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
      q += 4;
      r += 4;
      s += 4;
      w += 32;
    }
    from += line;
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
  let w = packed, from = x;
  for (let row = 0; row < rows; row++) {
    let p = from, q = p + step, r = q + step, s = r + step;
    const end = at(p, length);
    for (; p < end; p += 4) {
      const w0 = v128.load(w);
      a = madd(a, v128.load_splat<f32>(p), w0);
      b = madd(b, v128.load_splat<f32>(q), w0);
      c = madd(c, v128.load_splat<f32>(r), w0);
      d = madd(d, v128.load_splat<f32>(s), w0);
      q += 4;
      r += 4;
      s += 4;
      w += 16;
    }
    from += line;
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
// `lines` runs of `length` pixels; a run's x and dy begin xLine and dyLine bytes after the run before. Reading four
// numbers where fewer exist is harmless: what they give is not stored (the heap has room behind every tensor).

// dw [`rows` of 4 channels, 4 + `lanes` of 8 filters], rows `filters` apart; pixels of x are xStep bytes apart
function tap4x8(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xStep: usize, xLine: usize, dyLine: usize, filters: i32,
  rows: i32, lanes: i32,
): void {
  const dyStep = (<usize>filters) << 2;
  let a0 = v128.load(dw), a1 = v128.load(dw + 16);
  let b0 = v128.load(dw + dyStep), b1 = v128.load(dw + dyStep + 16);
  let c0 = v128.load(dw + 2 * dyStep), c1 = v128.load(dw + 2 * dyStep + 16);
  let d0 = v128.load(dw + 3 * dyStep), d1 = v128.load(dw + 3 * dyStep + 16);
  for (let line = 0; line < lines; line++) {
    let p = x + (<usize>line) * xLine, q = dy + (<usize>line) * dyLine;
    for (let i = 0; i < length; i++) {
      const y0 = v128.load(q), y1 = v128.load(q, 16);
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
  storeLanes(dw + 16, a1, lanes);
  if (rows < 2) return;
  v128.store(dw + dyStep, b0);
  storeLanes(dw + dyStep + 16, b1, lanes);
  if (rows < 3) return;
  v128.store(dw + 2 * dyStep, c0);
  storeLanes(dw + 2 * dyStep + 16, c1, lanes);
  if (rows < 4) return;
  v128.store(dw + 3 * dyStep, d0);
  storeLanes(dw + 3 * dyStep + 16, d1, lanes);
}

// dw [`rows` of 4 channels, `lanes` of 4 filters]
function tap4x4(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xStep: usize, xLine: usize, dyLine: usize, filters: i32,
  rows: i32, lanes: i32,
): void {
  const dyStep = (<usize>filters) << 2;
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
  storeLanes(dw, a, lanes);
  if (rows < 2) return;
  storeLanes(dw + dyStep, b, lanes);
  if (rows < 3) return;
  storeLanes(dw + 2 * dyStep, c, lanes);
  if (rows < 4) return;
  storeLanes(dw + 3 * dyStep, d, lanes);
}

// All `channels` numbers of a pixel of x, and all filters, of one image.
function tap(
  x: usize, dy: usize, dw: usize, lines: i32, length: i32, xStep: usize, xLine: usize, dyLine: usize,
  channels: i32, filters: i32,
): void {
  for (let c = 0; c < channels; c += 4) {
    const rows = min(4, channels - c), from = at(x, c);
    for (let f = 0; f < filters; f += 8) {
      const left = filters - f, to = at(dw, c * filters + f), q = at(dy, f);
      if (left > 4) tap4x8(from, q, to, lines, length, xStep, xLine, dyLine, filters, rows, min(4, left - 4));
      else tap4x4(from, q, to, lines, length, xStep, xLine, dyLine, filters, rows, left);
    }
  }
}

// dw [size, size, channels, filters]. `padded` has room for one image of padImage, where `channels` is no multiple of 4.
export function convBackFilter(
  x: usize, dy: usize, dw: usize, padded: usize,
  batch: i32, height: i32, width: i32, channels: i32, filters: i32, size: i32,
): void {
  const pad = (size - 1) / 2, step = at(0, channels);
  const dyLine = at(0, width * filters);
  clear(dw, size * size * channels * filters);
  for (let n = 0; n < batch; n++) {
    const image = at(x, n * height * width * channels), gradient = at(dy, n * height * width * filters);
    if (size == 1) {
      tap(image, gradient, dw, 1, height * width, step, 0, 0, channels, filters);
    } else if (channels & 3) {
      // The taps of a row lie side by side in x: together they make fuller blocks of four.
      const line = at(0, (width + 2 * pad) * channels);
      padImage(image, padded, height, width, channels, pad);
      for (let a = 0; a < size; a++) {
        const target = at(dw, a * size * channels * filters);
        tap(padded + (<usize>a) * line, gradient, target, height, width, step, line, dyLine, size * channels, filters);
      }
    } else {
      const line = at(0, width * channels);
      for (let a = 0; a < size; a++) {
        const top = max(0, pad - a), bottom = min(height, height + pad - a);
        for (let b = 0; b < size; b++) {
          const left = max(0, pad - b), right = min(width, width + pad - b);
          if (bottom <= top || right <= left) continue;
          const from = at(image, ((top + a - pad) * width + left + b - pad) * channels);
          const to = at(gradient, (top * width + left) * filters);
          const target = at(dw, (a * size + b) * channels * filters);
          tap(from, to, target, bottom - top, right - left, step, line, dyLine, channels, filters);
        }
      }
    }
  }
}
