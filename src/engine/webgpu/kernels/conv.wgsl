// Stride-1, same-padding convolution as an implicit matrix product: rows = batch * height * width.
// forward:    out[m, f] = sum over taps and c of in[m + tap, c] * w[tap, c, f]
// transposed: out[m, c] = sum over taps and f of in[m + tap, f] * w[-tap, c, f]      (the gradient of the input)
// depthwise:  out[m, c] = sum over taps of in[m + tap, c] * w[tap, c]                 (transposed: w[-tap, c])
// One thread computes 4 rows x 4 columns. Flags: vec4, transposed, depthwise, and at most one epilogue:
// statistics (mean and M2 of every column), affine (inference BN and ReLU), sums (BN backward of the producer).
// statistics and sums are made per row group, by the lanes of a workgroup or, with the flag serial, by one thread.
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

fn laneSum(lanes: u32, part: u32) -> vec4f {
  return lane_value;
}
//#else
// Small on purpose: some drivers (SwiftShader) compile its zeroing element by element.
var<workgroup> lane_values: array<vec4f, 128>;

/// Gives the other lanes this thread's value, once they have used the last one.
fn share(thread: u32, value: vec4f) {
  workgroupBarrier();
  lane_values[thread] = value;
  workgroupBarrier();
}

fn laneSum(lanes: u32, part: u32) -> vec4f {
  var total = vec4f(0);
  for (var i = 0u; i < lanes; i++) {
    total += lane_values[i * s.columnGroups + part];
  }
  return total;
}
//#end
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
  let lane = thread / s.columnGroups;
  let lanes = threads / s.columnGroups;
  let column = (group.y * s.columnGroups + part) * 4u;
  let rowGroup = group.x;
//#end
  let half = i32(s.kernelSize / 2u);
  let taps = s.kernelSize * s.kernelSize;
  for (var tile = 0u; tile < s.tiles; tile++) {
    let row = ((rowGroup * s.tiles + tile) * lanes + lane) * 4u;
    if (lane >= lanes || column >= s.columns || row >= s.rows) {
      continue;
    }
    let place0 = place(row);
    let place1 = place(row + 1u);
    let place2 = place(row + 2u);
    let place3 = place(row + 3u);
    var sum0 = vec4f(0);
    var sum1 = vec4f(0);
    var sum2 = vec4f(0);
    var sum3 = vec4f(0);
    for (var tap = 0u; tap < taps; tap++) {
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
      let w = parameters4(s.weights + weightTap * s.columns + column);
//#if vec4
      if (pixel0.valid) { sum0 += w * source[(pixel0.base + column) >> 2u]; }
      if (pixel1.valid) { sum1 += w * source[(pixel1.base + column) >> 2u]; }
      if (pixel2.valid) { sum2 += w * source[(pixel2.base + column) >> 2u]; }
      if (pixel3.valid) { sum3 += w * source[(pixel3.base + column) >> 2u]; }
//#else
      for (var j = 0u; j < min(4u, s.columns - column); j++) {
        if (pixel0.valid) { sum0[j] += w[j] * source[pixel0.base + column + j]; }
        if (pixel1.valid) { sum1[j] += w[j] * source[pixel1.base + column + j]; }
        if (pixel2.valid) { sum2[j] += w[j] * source[pixel2.base + column + j]; }
        if (pixel3.valid) { sum3[j] += w[j] * source[pixel3.base + column + j]; }
      }
//#end
//#else
//#if vec4
//#if transposed
      var start = (s.weights + (weightTap * s.columns + column) * s.reduce) >> 2u;
      let stride = s.reduce >> 2u;
      let advance = 1u;
//#else
      var start = (s.weights + weightTap * s.reduce * s.columns + column) >> 2u;
      let stride = s.columns >> 2u;
      let advance = s.columns;
//#end
      for (var r = 0u; r < s.reduce; r += 4u) {
        let w = mat4x4f(
          parameters[start],
          parameters[start + stride],
          parameters[start + 2u * stride],
          parameters[start + 3u * stride]);
//#if transposed
        if (pixel0.valid) { sum0 += source[(pixel0.base + r) >> 2u] * w; }
        if (pixel1.valid) { sum1 += source[(pixel1.base + r) >> 2u] * w; }
        if (pixel2.valid) { sum2 += source[(pixel2.base + r) >> 2u] * w; }
        if (pixel3.valid) { sum3 += source[(pixel3.base + r) >> 2u] * w; }
//#else
        if (pixel0.valid) { sum0 += w * source[(pixel0.base + r) >> 2u]; }
        if (pixel1.valid) { sum1 += w * source[(pixel1.base + r) >> 2u]; }
        if (pixel2.valid) { sum2 += w * source[(pixel2.base + r) >> 2u]; }
        if (pixel3.valid) { sum3 += w * source[(pixel3.base + r) >> 2u]; }
//#end
        start += advance;
      }
//#else
      for (var r = 0u; r < s.reduce; r++) {
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
        if (pixel0.valid) { sum0 += w * source[pixel0.base + r]; }
        if (pixel1.valid) { sum1 += w * source[pixel1.base + r]; }
        if (pixel2.valid) { sum2 += w * source[pixel2.base + r]; }
        if (pixel3.valid) { sum3 += w * source[pixel3.base + r]; }
      }
//#end
//#end
    }
    emit(row, column, sum0);
    emit(row + 1u, column, sum1);
    emit(row + 2u, column, sum2);
    emit(row + 3u, column, sum3);
  }
//#if reduces
  let rowsPerPart = s.tiles * lanes * 4u;
  let isWriter = lane == 0u && column < s.columns && rowGroup * rowsPerPart < s.rows;
//#end
//#if statistics
  // Sums about a sample value, then about the mean of the row group: no cancellation in the variance.
  share(thread, first + count * shift);
  let centre = laneSum(lanes, part) / f32(min(rowsPerPart, s.rows - rowGroup * rowsPerPart));
  let mean = first / max(count, 1.0);
  let away = shift + mean - centre;
  share(thread, select(vec4f(0), second - first * mean + count * away * away, vec4<bool>(count > 0.0)));
  if (isWriter) {
    let squares = max(laneSum(lanes, part), vec4f(0));
    for (var j = 0u; j < min(4u, s.columns - column); j++) {
      partials[rowGroup * s.columns + column + j] = vec2f(centre[j], squares[j]);
    }
  }
//#end
//#if sums
  share(thread, first);
  let total = laneSum(lanes, part);
  share(thread, second);
  if (isWriter) {
    let product = laneSum(lanes, part);
    for (var j = 0u; j < min(4u, s.columns - column); j++) {
      partials[rowGroup * s.columns + column + j] = vec2f(total[j], product[j]);
    }
  }
//#end
}
