// Convolution by Winograd's minimal filtering (Lavin & Gray 2016, arXiv:1509.09308): shapes as in convolution.as, size
// 3 or 5. An image is cut into tiles of `side` x `side` results, side = 7 - size, each of which needs 6 x 6 numbers of a
// channel. Filter and tile are transformed to 6 x 6 numbers each, and 36 products of matrices, one a place, stand for
// the convolution: 36 multiplications a pair of channels and tile for 144 (size 3) or 100 (size 5). In one dimension
//   y = collect(evaluate(g) * inputOf(d))
// where evaluate reads the filter g as a polynomial at 0, +-5/8, +-3/2 and infinity, inputOf has the coefficients of
// the products of all (x - point) but one, and collect is evaluate transposed. The gradient of the filter is the same
// with the gradient of the output in the place of the filter. The points are ours, for small rounding errors
// (docs/engine.md). Every tile is computed by itself, so what becomes of an image does not depend on those beside it.
import { at, clear, madd, storeLanes } from './common';
import { packedLength } from './convolution';

const a: f32 = 0.625, a2: f32 = 0.390625, a3: f32 = 0.244140625, a4: f32 = 0.152587890625;
const b: f32 = 1.5, b2: f32 = 2.25, b3: f32 = 3.375, b4: f32 = 5.0625;
const a2b2: f32 = 0.87890625;
// 1 / product of (point - other point): of 0, +-a, +-b
const scale0: f32 = 1.0 / 0.87890625, scaleA: f32 = 1.0 / (2 * 0.390625 * (0.390625 - 2.25));
const scaleB: f32 = 1.0 / (2 * 2.25 * (2.25 - 0.390625));

const places: i32 = 36;
// Numbers between planes more than their content, so that planes do not fall on the same lines of a cache.
const gap: i32 = 16;
// Tiles that are transformed before they are multiplied, about.
const strip: i32 = 32;

// @ts-ignore: decorator
@inline function times(x: v128, factor: f32): v128 {
  return f32x4.mul(x, f32x4.splat(factor));
}

// @ts-ignore: decorator
@inline function rounded(channels: i32): i32 {
  return (channels + 3) & ~3;
}

// ---- One dimension --------------------------------------------------------------------------------------------
// A pass takes `count` columns of numbers side by side, whose rows are `step` bytes apart, to columns whose rows are
// `toStep` apart; and that for `tiles` tiles, `next` and `toNext` bytes apart. Four columns at a time, of which `lanes`
// exist.

// @ts-ignore: decorator
@inline function inputOf(from: usize, step: usize, to: usize, toStep: usize, lanes: i32): void {
  const d1 = v128.load(from + step), d2 = v128.load(from + 2 * step);
  const d3 = v128.load(from + 3 * step), d4 = v128.load(from + 4 * step);
  const evenA = f32x4.sub(d4, times(d2, b2)), oddA = times(f32x4.sub(d3, times(d1, b2)), a);
  storeLanes(to + toStep, f32x4.add(evenA, oddA), lanes);
  storeLanes(to + 2 * toStep, f32x4.sub(evenA, oddA), lanes);
  const d2a = times(d2, a2), evenB = f32x4.sub(d4, d2a);
  storeLanes(to, f32x4.add(f32x4.sub(evenA, d2a), times(v128.load(from), a2b2)), lanes);
  const d1a = times(d1, a2), oddB = times(f32x4.sub(d3, d1a), b);
  storeLanes(to + 3 * toStep, f32x4.add(evenB, oddB), lanes);
  storeLanes(to + 4 * toStep, f32x4.sub(evenB, oddB), lanes);
  const last = f32x4.sub(v128.load(from + 5 * step), times(d3, a2 + b2));
  storeLanes(to + 5 * toStep, f32x4.add(last, times(d1, a2b2)), lanes);
}

function inputPass(
  tiles: i32, next: usize, toNext: usize, from: usize, step: usize, to: usize, toStep: usize, count: i32,
): void {
  for (let t = 0; t < tiles; t++) {
    let p = from, q = to, left = count;
    for (; left >= 4; left -= 4) {
      inputOf(p, step, q, toStep, 4);
      p += 16;
      q += 16;
    }
    if (left > 0) inputOf(p, step, q, toStep, left);
    from += next;
    to += toNext;
  }
}

// Polynomials of n coefficients at the six points.
// @ts-ignore: decorator
@inline function evaluate(
  n: i32, isFilter: bool, from: usize, step: usize, to: usize, toStep: usize, lanes: i32,
): void {
  const g0 = v128.load(from), g1 = v128.load(from + step);
  let evenA = g0, evenB = g0, oddA = times(g1, a), oddB = times(g1, b), last = g1;
  if (n > 2) {
    last = v128.load(from + 2 * step);
    evenA = f32x4.add(evenA, times(last, a2));
    evenB = f32x4.add(evenB, times(last, b2));
  }
  if (n > 3) {
    last = v128.load(from + 3 * step);
    oddA = f32x4.add(oddA, times(last, a3));
    oddB = f32x4.add(oddB, times(last, b3));
  }
  if (n > 4) {
    last = v128.load(from + 4 * step);
    evenA = f32x4.add(evenA, times(last, a4));
    evenB = f32x4.add(evenB, times(last, b4));
  }
  if (isFilter) {
    evenA = times(evenA, scaleA);
    oddA = times(oddA, scaleA);
    evenB = times(evenB, scaleB);
    oddB = times(oddB, scaleB);
  }
  storeLanes(to, isFilter ? times(g0, scale0) : g0, lanes);
  storeLanes(to + toStep, f32x4.add(evenA, oddA), lanes);
  storeLanes(to + 2 * toStep, f32x4.sub(evenA, oddA), lanes);
  storeLanes(to + 3 * toStep, f32x4.add(evenB, oddB), lanes);
  storeLanes(to + 4 * toStep, f32x4.sub(evenB, oddB), lanes);
  storeLanes(to + 5 * toStep, last, lanes);
}

// @ts-ignore: decorator
@inline function evaluatePass(
  n: i32, isFilter: bool, tiles: i32, next: usize, toNext: usize, from: usize, step: usize, to: usize, toStep: usize,
  count: i32,
): void {
  for (let t = 0; t < tiles; t++) {
    let p = from, q = to, left = count;
    for (; left >= 4; left -= 4) {
      evaluate(n, isFilter, p, step, q, toStep, 4);
      p += 16;
      q += 16;
    }
    if (left > 0) evaluate(n, isFilter, p, step, q, toStep, left);
    from += next;
    to += toNext;
  }
}

// The transposed of evaluate: six numbers give n, of which the first `rows` are stored.
// @ts-ignore: decorator
@inline function collect(
  n: i32, isFilter: bool, from: usize, step: usize, to: usize, toStep: usize, lanes: i32, rows: i32,
): void {
  const m1 = v128.load(from + step), m2 = v128.load(from + 2 * step);
  const m3 = v128.load(from + 3 * step), m4 = v128.load(from + 4 * step);
  let first = v128.load(from);
  let evenA = f32x4.add(m1, m2), oddA = f32x4.sub(m1, m2), evenB = f32x4.add(m3, m4), oddB = f32x4.sub(m3, m4);
  if (isFilter) {
    first = times(first, scale0);
    evenA = times(evenA, scaleA);
    oddA = times(oddA, scaleA);
    evenB = times(evenB, scaleB);
    oddB = times(oddB, scaleB);
  }
  const last = v128.load(from + 5 * step);
  storeLanes(to, f32x4.add(first, f32x4.add(evenA, evenB)), lanes);
  if (rows == 1) return;
  const second = f32x4.add(times(oddA, a), times(oddB, b));
  storeLanes(to + toStep, n == 2 ? f32x4.add(second, last) : second, lanes);
  if (n == 2 || rows == 2) return;
  const third = f32x4.add(times(evenA, a2), times(evenB, b2));
  storeLanes(to + 2 * toStep, n == 3 ? f32x4.add(third, last) : third, lanes);
  if (n == 3 || rows == 3) return;
  const fourth = f32x4.add(times(oddA, a3), times(oddB, b3));
  storeLanes(to + 3 * toStep, n == 4 ? f32x4.add(fourth, last) : fourth, lanes);
  if (n == 4) return;
  const fifth = f32x4.add(times(evenA, a4), times(evenB, b4));
  storeLanes(to + 4 * toStep, f32x4.add(fifth, last), lanes);
}

// @ts-ignore: decorator
@inline function collectPass(
  n: i32, isFilter: bool, tiles: i32, next: usize, toNext: usize, from: usize, step: usize, to: usize, toStep: usize,
  count: i32, rows: i32,
): void {
  for (let t = 0; t < tiles; t++) {
    let p = from, q = to, left = count;
    for (; left >= 4; left -= 4) {
      collect(n, isFilter, p, step, q, toStep, 4, rows);
      p += 16;
      q += 16;
    }
    if (left > 0) collect(n, isFilter, p, step, q, toStep, left, rows);
    from += next;
    to += toNext;
  }
}

function outputGradientPass(
  side: i32, tiles: i32, next: usize, toNext: usize, from: usize, step: usize, to: usize, toStep: usize, count: i32,
): void {
  if (side == 4) evaluatePass(4, false, tiles, next, toNext, from, step, to, toStep, count);
  else evaluatePass(2, false, tiles, next, toNext, from, step, to, toStep, count);
}

function filterPass(
  size: i32, tiles: i32, next: usize, toNext: usize, from: usize, step: usize, to: usize, toStep: usize, count: i32,
): void {
  if (size == 3) evaluatePass(3, true, tiles, next, toNext, from, step, to, toStep, count);
  else evaluatePass(5, true, tiles, next, toNext, from, step, to, toStep, count);
}

function outputPass(
  side: i32, tiles: i32, next: usize, toNext: usize, from: usize, step: usize, to: usize, toStep: usize, count: i32,
  rows: i32,
): void {
  // A number of rows that the compiler knows leaves no branches in the loop: an eighth faster.
  if (side == 2 && rows == 2) collectPass(2, false, tiles, next, toNext, from, step, to, toStep, count, 2);
  else if (side == 2) collectPass(2, false, tiles, next, toNext, from, step, to, toStep, count, 1);
  else if (rows == 4) collectPass(4, false, tiles, next, toNext, from, step, to, toStep, count, 4);
  else collectPass(4, false, tiles, next, toNext, from, step, to, toStep, count, rows);
}

function filterGradientPass(
  size: i32, tiles: i32, next: usize, toNext: usize, from: usize, step: usize, to: usize, toStep: usize, count: i32,
): void {
  if (size == 3) collectPass(3, true, tiles, next, toNext, from, step, to, toStep, count, 3);
  else collectPass(5, true, tiles, next, toNext, from, step, to, toStep, count, 5);
}

// ---- Filters ----------------------------------------------------------------------------------------------------
// 36 planes, each packed like a 1 x 1 filter in convolution.as; lanes without an output hold anything.

// Numbers of a transformed filter.
export function winogradLength(inputs: i32, outputs: i32): i32 {
  return places * (packedLength(1, inputs, outputs) + gap);
}

// taps [size, size, width] of one input, `row` and `column` bytes apart, `width` 4 or 8 outputs; the places go to `to`,
// `plane` bytes apart.
function transformTaps(
  taps: usize, row: usize, column: usize, to: usize, plane: usize, work: usize, size: i32, width: i32,
): void {
  const line = at(0, size * width);
  filterPass(size, size, column, at(0, width), taps, row, work, line, width);
  filterPass(size, 6, line, 6 * plane, work, at(0, width), to, plane, width);
}

// filter [size, size, inputs, outputs]; `work`: room of winogradConvolve.
export function winogradFilter(
  filter: usize, transformed: usize, work: usize, inputs: i32, outputs: i32, size: i32,
): void {
  const plane = at(0, packedLength(1, inputs, outputs) + gap), column = at(0, inputs * outputs);
  let to = transformed;
  for (let first = 0; first < outputs; first += 8) {
    const width = outputs - first > 4 ? 8 : 4;
    for (let c = 0; c < inputs; c++) {
      transformTaps(at(filter, c * outputs + first), (<usize>size) * column, column, to, plane, work, size, width);
      to = at(to, width);
    }
  }
}

// The filter of the gradient of the input, turned by 180 degrees, channels swapped: filter [size, size, channels,
// filters] has `filters` inputs and `channels` outputs.
export function winogradTurnedFilter(
  filter: usize, transformed: usize, work: usize, channels: i32, filters: i32, size: i32,
): void {
  const plane = at(0, packedLength(1, filters, channels) + gap), taps = size * size;
  let to = transformed;
  for (let first = 0; first < channels; first += 8) {
    const left = channels - first, width = left > 4 ? 8 : 4, lanes = min(width, left);
    for (let f = 0; f < filters; f++) {
      let turned = work;
      for (let tap = taps - 1; tap >= 0; tap--) {
        let from = at(filter, (tap * channels + first) * filters + f);
        for (let lane = 0; lane < lanes; lane++) {
          store<f32>(at(turned, lane), load<f32>(from));
          from = at(from, filters);
        }
        turned = at(turned, width);
      }
      transformTaps(work, at(0, size * width), at(0, width), to, plane, turned, size, width);
      to = at(to, width);
    }
  }
}

// ---- Products ---------------------------------------------------------------------------------------------------

// y [tiles, wide] = x [tiles, `step` bytes apart] * packed [inputs, outputs], wide = outputs rounded up to 4. Four tiles
// at a time: where they are no multiple of four, the last begin earlier; fewer than four are computed as four.
function multiply(
  x: usize, step: usize, packed: usize, y: usize, tiles: i32, inputs: i32, outputs: i32,
): void {
  const wide = rounded(outputs), yStep = at(0, wide);
  let block = packed;
  for (let first = 0; first < wide; first += 8) {
    const width = min(8, wide - first);
    for (let i = 0; i < tiles; i += 4) {
      const from = max(0, min(i, tiles - 4));
      let w = block, p = x + (<usize>from) * step, q = p + step, r = q + step, s = r + step;
      let to = at(y, from * wide + first);
      const end = at(p, inputs);
      if (width == 8) {
        const v0 = v128.load(w), v1 = v128.load(w, 16);
        const ya = v128.load_splat<f32>(p), yb = v128.load_splat<f32>(q);
        const yc = v128.load_splat<f32>(r), yd = v128.load_splat<f32>(s);
        let a0 = f32x4.mul(ya, v0), a1 = f32x4.mul(ya, v1), b0 = f32x4.mul(yb, v0), b1 = f32x4.mul(yb, v1);
        let c0 = f32x4.mul(yc, v0), c1 = f32x4.mul(yc, v1), d0 = f32x4.mul(yd, v0), d1 = f32x4.mul(yd, v1);
        for (p += 4; p < end; p += 4) {
          q += 4;
          r += 4;
          s += 4;
          w += 32;
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
        }
        v128.store(to, a0);
        v128.store(to, a1, 16);
        to += yStep;
        v128.store(to, b0);
        v128.store(to, b1, 16);
        to += yStep;
        v128.store(to, c0);
        v128.store(to, c1, 16);
        to += yStep;
        v128.store(to, d0);
        v128.store(to, d1, 16);
      } else {
        let a0 = f32x4.splat(0), b0 = f32x4.splat(0), c0 = f32x4.splat(0), d0 = f32x4.splat(0);
        for (; p < end; p += 4) {
          const w0 = v128.load(w);
          a0 = madd(a0, v128.load_splat<f32>(p), w0);
          b0 = madd(b0, v128.load_splat<f32>(q), w0);
          c0 = madd(c0, v128.load_splat<f32>(r), w0);
          d0 = madd(d0, v128.load_splat<f32>(s), w0);
          q += 4;
          r += 4;
          s += 4;
          w += 16;
        }
        v128.store(to, a0);
        v128.store(to + yStep, b0);
        v128.store(to + 2 * yStep, c0);
        v128.store(to + 3 * yStep, d0);
      }
    }
    block = at(block, inputs * width);
  }
}

// @ts-ignore: decorator
@inline function put(to: usize, value: v128, isFirst: bool): void {
  v128.store(to, isFirst ? value : f32x4.add(v128.load(to), value));
}

// sums [channels rounded up to 4, wide] = or += xT y, x [tiles, `step` bytes apart], y [tiles, wide].
function multiplyBack(
  x: usize, step: usize, y: usize, sums: usize, tiles: i32, channels: i32, wide: i32, isFirst: bool,
): void {
  const yStep = at(0, wide);
  for (let c = 0; c < channels; c += 4) {
    for (let f = 0; f < wide; f += 8) {
      let p = at(x, c), q = at(y, f), to = at(sums, c * wide + f);
      const end = q + (<usize>tiles) * yStep;
      if (wide - f >= 8) {
        const v0 = v128.load(q), v1 = v128.load(q, 16);
        const ua = v128.load_splat<f32>(p), ub = v128.load_splat<f32>(p, 4);
        const uc = v128.load_splat<f32>(p, 8), ud = v128.load_splat<f32>(p, 12);
        let a0 = f32x4.mul(ua, v0), a1 = f32x4.mul(ua, v1), b0 = f32x4.mul(ub, v0), b1 = f32x4.mul(ub, v1);
        let c0 = f32x4.mul(uc, v0), c1 = f32x4.mul(uc, v1), d0 = f32x4.mul(ud, v0), d1 = f32x4.mul(ud, v1);
        for (q += yStep; q < end; q += yStep) {
          p += step;
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
        }
        put(to, a0, isFirst);
        put(to + 16, a1, isFirst);
        to += yStep;
        put(to, b0, isFirst);
        put(to + 16, b1, isFirst);
        to += yStep;
        put(to, c0, isFirst);
        put(to + 16, c1, isFirst);
        to += yStep;
        put(to, d0, isFirst);
        put(to + 16, d1, isFirst);
      } else {
        let a0 = f32x4.splat(0), b0 = f32x4.splat(0), c0 = f32x4.splat(0), d0 = f32x4.splat(0);
        for (; q < end; q += yStep) {
          const y0 = v128.load(q);
          a0 = madd(a0, v128.load_splat<f32>(p), y0);
          b0 = madd(b0, v128.load_splat<f32>(p, 4), y0);
          c0 = madd(c0, v128.load_splat<f32>(p, 8), y0);
          d0 = madd(d0, v128.load_splat<f32>(p, 12), y0);
          p += step;
        }
        put(to, a0, isFirst);
        put(to + yStep, b0, isFirst);
        put(to + 2 * yStep, c0, isFirst);
        put(to + 3 * yStep, d0, isFirst);
      }
    }
  }
}

// ---- Images -----------------------------------------------------------------------------------------------------
// A strip is some rows of tiles, of one image or several. Planes [tiles, channels rounded up to 4]: 36 of them, `plane`
// bytes apart.

// @ts-ignore: decorator
@inline function tilesOf(length: i32, side: i32): i32 {
  return (length + side - 1) / side;
}

// Rows of `across` tiles in a strip.
// @ts-ignore: decorator
@inline function stripRows(across: i32): i32 {
  return max(1, strip / across);
}

// Numbers of a plane of a strip.
// @ts-ignore: decorator
@inline function planeLength(across: i32, channels: i32): i32 {
  return rounded(stripRows(across) * across) * rounded(channels) + gap;
}

// Six lines in which a row of tiles is half transformed, and the lines of an image at its edge.
// @ts-ignore: decorator
@inline function linesLength(across: i32, side: i32, width: i32, channels: i32): i32 {
  return 6 * ((across * side + 6 - side) * channels + gap) + 6 * width * channels;
}

// Numbers of `room` of winogradConvolve.
export function winogradRoom(width: i32, inputs: i32, outputs: i32, size: i32): i32 {
  const side = 7 - size, across = tilesOf(width, side);
  const planes = places * (planeLength(across, inputs) + planeLength(across, outputs));
  return planes + max(linesLength(across, side, width, inputs), linesLength(across, side, width, outputs));
}

// Numbers of `room` of winogradBackFilter.
export function winogradBackRoom(width: i32, channels: i32, filters: i32, size: i32): i32 {
  return winogradRoom(width, channels, filters, size) + places * (rounded(channels) * rounded(filters) + gap);
}

// `count` lines of an image [height, width * channels], from line `first` on, which may lie outside: their address.
// Where they do, they are copied to `edge`, zero outside.
function linesOf(image: usize, edge: usize, first: i32, count: i32, height: i32, length: i32): usize {
  if (first >= 0 && first + count <= height) return at(image, first * length);
  for (let v = 0; v < count; v++) {
    const to = at(edge, v * length), line = first + v;
    if (line < 0 || line >= height) clear(to, length);
    else memory.copy(to, at(image, line * length), (<usize>length) << 2);
  }
  return edge;
}

// Transforms row `row` of the tiles of all images into `planes`, beginning with tile `slot`. With `isInput` tiles
// overlap, 6 x 6 numbers each; else they are `side` x `side` of the gradient of the output. `lines`: see linesLength;
// its first six lines have zeros where no number of an image falls.
function transformRow(
  images: usize, planes: usize, plane: usize, lines: usize, slot: i32, row: i32,
  height: i32, width: i32, channels: i32, side: i32, isInput: bool,
): void {
  const across = tilesOf(width, side), down = tilesOf(height, side), n = row / down;
  const length = width * channels, step = rounded(channels), pad = isInput ? (6 - side) / 2 : 0;
  const line = at(0, (across * side + 6 - side) * channels + gap);
  const image = at(images, n * height * length), edge = lines + 6 * line;
  const from = linesOf(image, edge, (row - n * down) * side - pad, isInput ? 6 : side, height, length);
  const inner = at(lines, pad * channels);
  if (isInput) inputPass(1, 0, 0, from, at(0, length), inner, line, length);
  else outputGradientPass(side, 1, 0, 0, from, at(0, length), inner, line, length);
  const next = at(0, side * channels), toNext = at(0, step), pixel = at(0, channels);
  for (let u = 0; u < 6; u++) {
    const tile = lines + (<usize>u) * line, to = at(planes + (<usize>(6 * u)) * plane, slot * step);
    if (isInput) inputPass(across, next, toNext, tile, pixel, to, plane, channels);
    else outputGradientPass(side, across, next, toNext, tile, pixel, to, plane, channels);
  }
}

// The results of a row of tiles: the inverse of transformRow, without what lies outside the image.
function writeRow(
  planes: usize, plane: usize, lines: usize, slot: i32, row: i32, y: usize,
  height: i32, width: i32, channels: i32, side: i32,
): void {
  const across = tilesOf(width, side), down = tilesOf(height, side), n = row / down;
  const first = (row - n * down) * side, line = at(0, across * side * channels + gap);
  const pixel = at(0, channels), next = at(0, side * channels), wide = rounded(channels);
  for (let u = 0; u < 6; u++) {
    const tile = lines + (<usize>u) * line, from = at(planes + (<usize>(6 * u)) * plane, slot * wide);
    outputPass(side, across, at(0, wide), next, from, plane, tile, pixel, channels, side);
  }
  const to = at(y, (n * height + first) * width * channels), length = width * channels;
  outputPass(side, 1, 0, 0, lines, line, to, at(0, length), length, min(side, height - first));
}

// y = x * filter, transformed by winogradFilter.
export function winogradConvolve(
  x: usize, transformed: usize, y: usize, room: usize,
  batch: i32, height: i32, width: i32, channels: i32, filters: i32, size: i32,
): void {
  const side = 7 - size, across = tilesOf(width, side), total = batch * tilesOf(height, side), rows = stripRows(across);
  const plane = at(0, planeLength(across, channels)), outPlane = at(0, planeLength(across, filters));
  const filterPlane = at(0, packedLength(1, channels, filters) + gap);
  const out = room + places * plane, lines = out + places * outPlane;
  for (let start = 0; start < total; start += rows) {
    const end = min(total, start + rows);
    // writeRow has used the lines before.
    clear(lines, 6 * ((across * side + 6 - side) * channels + gap));
    for (let row = start; row < end; row++) {
      transformRow(x, room, plane, lines, (row - start) * across, row, height, width, channels, side, true);
    }
    for (let p = 0; p < places; p++) {
      const place = <usize>p;
      multiply(
        room + place * plane, at(0, rounded(channels)), transformed + place * filterPlane, out + place * outPlane,
        (end - start) * across, channels, filters,
      );
    }
    for (let row = start; row < end; row++) {
      writeRow(out, outPlane, lines, (row - start) * across, row, y, height, width, filters, side);
    }
  }
}

// dw [size, size, channels, filters]
export function winogradBackFilter(
  x: usize, dy: usize, dw: usize, room: usize,
  batch: i32, height: i32, width: i32, channels: i32, filters: i32, size: i32,
): void {
  const side = 7 - size, across = tilesOf(width, side), total = batch * tilesOf(height, side), rows = stripRows(across);
  const plane = at(0, planeLength(across, channels)), dyPlane = at(0, planeLength(across, filters));
  const wide = rounded(filters), sumPlane = at(0, rounded(channels) * wide + gap);
  const gradients = room + places * plane, sums = gradients + places * dyPlane, lines = sums + places * sumPlane;
  for (let start = 0; start < total; start += rows) {
    const end = min(total, start + rows);
    clear(lines, 6 * ((across * side + 6 - side) * channels + gap));
    for (let row = start; row < end; row++) {
      transformRow(x, room, plane, lines, (row - start) * across, row, height, width, channels, side, true);
    }
    clear(lines, 6 * ((across * side + 6 - side) * filters + gap));
    for (let row = start; row < end; row++) {
      transformRow(dy, gradients, dyPlane, lines, (row - start) * across, row, height, width, filters, side, false);
    }
    for (let p = 0; p < places; p++) {
      const place = <usize>p;
      multiplyBack(
        room + place * plane, at(0, rounded(channels)), gradients + place * dyPlane, sums + place * sumPlane,
        (end - start) * across, channels, wide, start == 0,
      );
    }
  }
  const line = at(0, 4 * size);
  for (let c = 0; c < channels; c++) {
    for (let f = 0; f < filters; f += 4) {
      const from = at(sums, c * wide + f), lanes = min(4, filters - f);
      // Columns of the places, then rows.
      filterGradientPass(size, 6, 6 * sumPlane, line, from, sumPlane, lines, 16, 4);
      const to = at(dw, c * filters + f), column = at(0, channels * filters);
      filterGradientPass(size, size, 16, column, lines, line, to, (<usize>size) * column, lanes);
    }
  }
}
