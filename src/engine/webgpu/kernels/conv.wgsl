// Stride-1, same-padding convolution as an implicit matrix product: rows = batch * height * width.
// forward:    out[m, f] = sum over taps and c of in[m + tap, c] * w[tap, c, f]
// transposed: out[m, c] = sum over taps and f of in[m + tap, f] * w[-tap, c, f]      (the gradient of the input)
// depthwise:  out[m, c] = sum over taps of in[m + tap, c] * w[tap, c]                 (transposed: w[-tap, c])
// A tile of 4 rows x 4 columns is one thread's or, with the flag split, that of four threads, each of which goes over a
// quarter of the taps (of the channels where there are fewer than four taps) and then finishes one row: small networks
// do not fill a GPU, and what they wait for is the length of this loop.
// Flags: vec4, transposed, depthwise, split, and at most one epilogue: statistics (mean and M2 of every column),
// affine (inference BN and ReLU), sums (BN backward of the producer). statistics and sums are made per row group, by
// the lanes of a workgroup or, with the flag serial, by one thread.
//#if vec4
@group(0) @binding(1) var<storage, read> source: array<vec4f>;
@group(0) @binding(2) var<storage, read> parameters: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> result: array<vec4f>;
//#else
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;
//#end
//#if statistics
@group(0) @binding(4) var<storage, read_write> partials: array<vec2f>;
//#end
//#if sums
@group(0) @binding(4) var<storage, read_write> partials: array<vec2f>;
@group(0) @binding(5) var<storage, read> statistics: array<vec2f>;
//#if vec4
@group(0) @binding(6) var<storage, read> preactivation: array<vec4f>;
//#else
@group(0) @binding(6) var<storage, read> preactivation: array<f32>;
//#end
//#end

//#if serial
const threads = 8u;
//#else
const threads = 128u;
//#end
const epsilon = 1e-3;

fn parameters4(at: u32) -> vec4f {
//#if vec4
  return parameters[at >> 2u];
//#else
  return vec4f(parameters[at], parameters[at + 1u], parameters[at + 2u], parameters[at + 3u]);
//#end
}

//#if statistics
var<private> count: f32;
var<private> shift: vec4f;
//#end
//#if reduces
var<private> first: vec4f;
var<private> second: vec4f;
//#if serial
var<private> lane_value: vec4f;

fn share(thread: u32, value: vec4f) {
  lane_value = value;
}

fn laneSum(lanes: u32, part: u32, lane: u32) -> vec4f {
  return lane_value;
}
//#else
/// Gives the other lanes this thread's value, once they have used the last one.
fn share(thread: u32, value: vec4f) {
  workgroupBarrier();
  shared_values[thread] = value;
  workgroupBarrier();
}

/// What the lanes of a column group have shared: eight threads add up an eighth each, then all have the sum.
fn laneSum(lanes: u32, part: u32, lane: u32) -> vec4f {
  var own = vec4f(0);
  if (lane < 8u) {
    for (var i = lane; i < lanes; i += 8u) {
      own += shared_values[i * s.columnGroups + part];
    }
  }
  share(lane * s.columnGroups + part, own);
  var total = vec4f(0);
  for (var i = 0u; i < min(8u, lanes); i++) {
    total += shared_values[i * s.columnGroups + part];
  }
  return total;
}
//#end
//#end
//#if split
// Of a thread's four rows; later of the lanes.
var<workgroup> shared_values: array<vec4f, 512>;
//#end

struct Pixel {
  base: u32,
  valid: bool,
}

fn pixel(row: u32, place: vec2i, tap: vec2i) -> Pixel {
  let y = place.x + tap.x;
  let x = place.y + tap.y;
  let valid = row < s.rows && y >= 0 && y < i32(s.height) && x >= 0 && x < i32(s.width);
  let moved = u32(i32(row) + tap.x * i32(s.width) + tap.y);
  return Pixel(select(0u, moved * s.sourceStride + s.sourceOffset, valid), valid);
}

/// Four numbers from offset on of a pixel; zeros outside the image. Loaded in any case: loads that wait for a
/// comparison wait for each other.
fn source4(pix: Pixel, offset: u32) -> vec4f {
//#if vec4
  return select(vec4f(0), source[(pix.base + offset) >> 2u], pix.valid);
//#else
  let at = pix.base + offset;
  return select(vec4f(0), vec4f(source[at], source[at + 1u], source[at + 2u], source[at + 3u]), pix.valid);
//#end
}

fn source1(pix: Pixel, offset: u32) -> f32 {
//#if vec4
  return 0.0;
//#else
  return select(0.0, source[pix.base + offset], pix.valid);
//#end
}

fn place(row: u32) -> vec2i {
  return vec2i(i32((row / s.width) % s.height), i32(row % s.width));
}

fn emit(row: u32, column: u32, sum: vec4f) {
  if (row >= s.rows) {
    return;
  }
  var value = sum;
//#if affine
  let scale = parameters4(s.gamma + column) * inverseSqrt(parameters4(s.variance + column) + epsilon);
  let normal = (value - parameters4(s.mean + column)) * scale + parameters4(s.beta + column);
  value = select(normal, vec4f(0), normal < vec4f(0));
//#end
  let at = row * s.resultStride + s.resultOffset + column;
//#if vec4
  if (s.accumulate != 0u) {
    value += result[at >> 2u];
  }
  result[at >> 2u] = value;
//#else
  for (var j = 0u; j < min(4u, s.columns - column); j++) {
    if (s.accumulate != 0u) {
      value[j] += result[at + j];
    }
    result[at + j] = value[j];
  }
//#end
//#if statistics
  if (count == 0.0) {
    shift = value;
  }
  let moved = value - shift;
  count += 1.0;
  first += moved;
  second += moved * moved;
//#end
//#if sums
  let start = row * s.columns + column;
//#if vec4
  let z = preactivation[start >> 2u];
//#else
  let z = vec4f(
    preactivation[start], preactivation[start + 1u], preactivation[start + 2u], preactivation[start + 3u]);
//#end
  let c = s.statistics + column;
  let a = statistics[c];
  let b = statistics[c + 1u];
  let d = statistics[c + 2u];
  let e = statistics[c + 3u];
  let standard = (z - vec4f(a.x, b.x, d.x, e.x)) * vec4f(a.y, b.y, d.y, e.y);
  let before = standard * parameters4(s.gamma + column) + parameters4(s.beta + column);
  let passed = select(vec4f(0), value, before > vec4f(0));
  first += passed;
  second += passed * standard;
//#end
}

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
//#if serial
  let index = group.x * threads + thread;
  let part = index % s.columnGroups;
  let lane = 0u;
  let lanes = 1u;
  let column = part * 4u;
  let rowGroup = index / s.columnGroups;
//#else
  let part = thread % s.columnGroups;
  let rest = thread / s.columnGroups;
  let column = (group.y * s.columnGroups + part) * 4u;
  let rowGroup = group.x;
//#if split
  let quarter = rest % 4u;
  let lane = rest / 4u;
  let lanes = threads / (4u * s.columnGroups);
//#else
  let lane = rest;
  let lanes = threads / s.columnGroups;
//#end
//#end
  let half = i32(s.kernelSize / 2u);
  let taps = s.kernelSize * s.kernelSize;
//#if vec4
  let several = 4u;
//#else
  let several = 1u;
//#end
//#if split
  let byTaps = taps >= 4u;
  let firstTap = select(0u, quarter, byTaps);
  let tapStep = select(1u, 4u, byTaps);
//#if depthwise
  let hasTaps = byTaps || quarter == 0u;
//#end
  let firstChannel = select(quarter, 0u, byTaps) * several;
  let channelStep = select(4u, 1u, byTaps) * several;
//#else
  let firstTap = 0u;
  let tapStep = 1u;
  let firstChannel = 0u;
  let channelStep = several;
//#end
  for (var tile = 0u; tile < s.tiles; tile++) {
    let row = ((rowGroup * s.tiles + tile) * lanes + lane) * 4u;
    let busy = lane < lanes && column < s.columns && row < s.rows;
    var sum0 = vec4f(0);
    var sum1 = vec4f(0);
    var sum2 = vec4f(0);
    var sum3 = vec4f(0);
    if (busy) {
      let place0 = place(row);
      let place1 = place(row + 1u);
      let place2 = place(row + 2u);
      let place3 = place(row + 3u);
      for (var tap = firstTap; tap < taps; tap += tapStep) {
        let step = vec2i(i32(tap / s.kernelSize) - half, i32(tap % s.kernelSize) - half);
        let pixel0 = pixel(row, place0, step);
        let pixel1 = pixel(row + 1u, place1, step);
        let pixel2 = pixel(row + 2u, place2, step);
        let pixel3 = pixel(row + 3u, place3, step);
//#if transposed
        let weightTap = taps - 1u - tap;
//#else
        let weightTap = tap;
//#end
//#if depthwise
//#if split
        if (!hasTaps) { continue; }
//#end
        let w = parameters4(s.weights + weightTap * s.columns + column);
        sum0 += w * source4(pixel0, column);
        sum1 += w * source4(pixel1, column);
        sum2 += w * source4(pixel2, column);
        sum3 += w * source4(pixel3, column);
//#else
//#if vec4
//#if transposed
        let weights = (s.weights + (weightTap * s.columns + column) * s.reduce) >> 2u;
        let stride = s.reduce >> 2u;
        let advance = 1u;
//#else
        let weights = (s.weights + weightTap * s.reduce * s.columns + column) >> 2u;
        let stride = s.columns >> 2u;
        let advance = s.columns;
//#end
        for (var r = firstChannel; r < s.reduce; r += channelStep) {
          let start = weights + (r >> 2u) * advance;
          let w = mat4x4f(
            parameters[start],
            parameters[start + stride],
            parameters[start + 2u * stride],
            parameters[start + 3u * stride]);
//#if transposed
          sum0 += source4(pixel0, r) * w;
          sum1 += source4(pixel1, r) * w;
          sum2 += source4(pixel2, r) * w;
          sum3 += source4(pixel3, r) * w;
//#else
          sum0 += w * source4(pixel0, r);
          sum1 += w * source4(pixel1, r);
          sum2 += w * source4(pixel2, r);
          sum3 += w * source4(pixel3, r);
//#end
        }
//#else
        for (var r = firstChannel; r < s.reduce; r += channelStep) {
//#if transposed
          let start = s.weights + (weightTap * s.columns + column) * s.reduce + r;
          let w = vec4f(
            parameters[start],
            parameters[start + s.reduce],
            parameters[start + 2u * s.reduce],
            parameters[start + 3u * s.reduce]);
//#else
          let w = parameters4(s.weights + (weightTap * s.reduce + r) * s.columns + column);
//#end
          sum0 += w * source1(pixel0, r);
          sum1 += w * source1(pixel1, r);
          sum2 += w * source1(pixel2, r);
          sum3 += w * source1(pixel3, r);
        }
//#end
//#end
      }
    }
//#if split
    workgroupBarrier();
    shared_values[thread] = sum0;
    shared_values[threads + thread] = sum1;
    shared_values[2u * threads + thread] = sum2;
    shared_values[3u * threads + thread] = sum3;
    workgroupBarrier();
    if (busy) {
      let first = quarter * threads + lane * 4u * s.columnGroups + part;
      emit(
        row + quarter,
        column,
        (shared_values[first] + shared_values[first + s.columnGroups])
          + (shared_values[first + 2u * s.columnGroups] + shared_values[first + 3u * s.columnGroups]));
    }
//#else
    if (busy) {
      emit(row, column, sum0);
      emit(row + 1u, column, sum1);
      emit(row + 2u, column, sum2);
      emit(row + 3u, column, sum3);
    }
//#end
  }
//#if reduces
  let rowsPerPart = s.tiles * lanes * 4u;
//#if split
  let sharers = 4u * lanes;
  let sharer = rest;
  let isWriter = rest == 0u && column < s.columns;
//#else
  let sharers = 1u;
  let sharer = 0u;
  let isWriter = column < s.columns && rowGroup * rowsPerPart < s.rows;
//#end
//#end
//#if statistics
  // Sums about a sample value, then about the mean of the row group: no cancellation in the variance.
  share(thread, first + count * shift);
  let centre = laneSum(sharers, part, sharer) / f32(min(rowsPerPart, s.rows - rowGroup * rowsPerPart));
  let mean = first / max(count, 1.0);
  let away = shift + mean - centre;
  share(thread, select(vec4f(0), second - first * mean + count * away * away, vec4<bool>(count > 0.0)));
  let squares = max(laneSum(sharers, part, sharer), vec4f(0));
  if (isWriter) {
    for (var j = 0u; j < min(4u, s.columns - column); j++) {
      partials[rowGroup * s.columns + column + j] = vec2f(centre[j], squares[j]);
    }
  }
//#end
//#if sums
  share(thread, first);
  let total = laneSum(sharers, part, sharer);
  share(thread, second);
  let product = laneSum(sharers, part, sharer);
  if (isWriter) {
    for (var j = 0u; j < min(4u, s.columns - column); j++) {
      partials[rowGroup * s.columns + column + j] = vec2f(total[j], product[j]);
    }
  }
//#end
}
