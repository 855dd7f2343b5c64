/* eslint-disable max-lines */
/** Generated from the .wgsl files beside this one by scripts/wgsl.ts; do not edit. */
export const sources = {
  'add-backward': `// d main = lambda * g, d skip = (1 - lambda) * g, and per workgroup (with the flag serial: per thread) a partial
// sum of d lambda = g * (main - skip).
// toMain, toSkip: 0 not wanted, 1 write, 2 add to what is there.
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> main_path: array<f32>;
@group(0) @binding(3) var<storage, read> skip_path: array<f32>;
@group(0) @binding(4) var<storage, read> parameters: array<f32>;
@group(0) @binding(5) var<storage, read_write> main_gradient: array<f32>;
@group(0) @binding(6) var<storage, read_write> skip_gradient: array<f32>;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;

//#if serial
const threads = 8u;
//#else
const threads = 256u;

var<workgroup> products: array<f32, 256>;
//#end

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
//#if serial
  let part = group.x * threads + thread;
  let lane = 0u;
  let lanes = 1u;
//#else
  let part = group.x;
  let lane = thread;
  let lanes = threads;
//#end
  let lambda = parameters[s.lambda];
  var product = 0.0;
  let end = min(s.elements, (part + 1u) * s.elementsPerGroup);
  for (var i = part * s.elementsPerGroup + lane; i < end; i += lanes) {
    let channel = i % s.channels;
    let row = i / s.channels;
    let g = gradient[row * s.gradientStride + s.gradientOffset + channel];
    let a = main_path[row * s.mainStride + s.mainOffset + channel];
    let b = skip_path[row * s.skipStride + s.skipOffset + channel];
    product += g * (a - b);
    if (s.toMain != 0u) {
      let at = row * s.mainGradientStride + s.mainGradientOffset + channel;
      main_gradient[at] = lambda * g + select(0.0, main_gradient[at], s.toMain == 2u);
    }
    if (s.toSkip != 0u) {
      let at = row * s.skipGradientStride + s.skipGradientOffset + channel;
      skip_gradient[at] = (1.0 - lambda) * g + select(0.0, skip_gradient[at], s.toSkip == 2u);
    }
  }
//#if serial
  if (part * s.elementsPerGroup < s.elements) {
    gradients[s.dlambda + part] = product;
  }
//#else
  products[thread] = product;
  workgroupBarrier();
  for (var width = 128u; width > 0u; width /= 2u) {
    if (thread < width) {
      products[thread] += products[thread + width];
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    gradients[s.dlambda + group.x] = products[0];
  }
//#end
}
`,
  add: `// out = lambda * main + (1 - lambda) * skip; one thread per number.
@group(0) @binding(1) var<storage, read> main_path: array<f32>;
@group(0) @binding(2) var<storage, read> skip_path: array<f32>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let i = (group.y * s.groups + group.x) * 256u + thread;
  if (i >= s.elements) {
    return;
  }
  let channel = i % s.channels;
  let row = i / s.channels;
  let lambda = parameters[s.lambda];
  let a = main_path[row * s.mainStride + s.mainOffset + channel];
  let b = skip_path[row * s.skipStride + s.skipOffset + channel];
  result[row * s.resultStride + s.resultOffset + channel] = lambda * a + (1.0 - lambda) * b;
}
`,
  'bn-relu-backward': `// dz of BN and ReLU. Batch statistics: dz = gamma * inverse * (g - sum(g) / n - standard * sum(g * standard) / n);
// the first row group also writes d gamma and d beta. Frozen (s.running != 0): dz = gamma / sqrt(variance + epsilon) * g,
// and preactivation is the block's output, strided.
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> preactivation: array<f32>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>;
@group(0) @binding(4) var<storage, read> statistics: array<vec2f>;
@group(0) @binding(5) var<storage, read> partials: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> result: array<f32>;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;

const epsilon = 1e-3;

//#include columns

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let part = partOf(thread, group);
  let column = part.column;
  var sums = vec2f(0);
  if (part.busy) {
    for (var i = part.lane; i < s.partials; i += part.lanes) {
      sums += partials[i * s.columns + column];
    }
  }
  share(thread, sums);
  if (!part.busy) {
    return;
  }
  let total = laneSum(thread, part.lanes);
  let gamma = parameters[s.gamma + column];
  let beta = parameters[s.beta + column];
  let isRunning = s.running != 0u;
  if (part.rowGroup == 0u && part.lane == 0u && !isRunning) {
    gradients[s.dbeta + column] = total.x;
    gradients[s.dgamma + column] = total.y;
  }
  let moments = statistics[s.statistics + column];
  let scale = gamma * select(moments.y, inverseSqrt(parameters[s.variance + column] + epsilon), isRunning);
  let centre = total / f32(s.rows);
  let end = min(s.rows, (part.rowGroup + 1u) * s.rowsPerGroup);
  for (var row = part.rowGroup * s.rowsPerGroup + part.lane; row < end; row += part.lanes) {
    let value = preactivation[row * s.preactivationStride + s.preactivationOffset + column];
    let standard = (value - moments.x) * moments.y;
    let passes = select(standard * gamma + beta, value, isRunning) > 0.0;
    let g = select(0.0, gradient[row * s.gradientStride + s.gradientOffset + column], passes);
    let centred = select(g - centre.x - standard * centre.y, g, isRunning);
    result[row * s.columns + column] = scale * centred;
  }
}
`,
  'bn-relu': `// out = relu(gamma * (z - mean) / sqrt(variance + epsilon) + beta), mean and biased variance over the batch
// combined from the partials of the convolution that made z (Chan), or, where s.running != 0, the running ones.
// The first row group of every column tile writes the batch's (mean, 1 / sqrt(variance + epsilon)).
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
@group(0) @binding(3) var<storage, read> partials: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
@group(0) @binding(5) var<storage, read_write> statistics: array<vec2f>;

const epsilon = 1e-3;

fn sizeOf(part: u32) -> f32 {
  return f32(min(s.rowsPerPartial, s.rows - part * s.rowsPerPartial));
}

//#include columns

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let part = partOf(thread, group);
  let column = part.column;
  // About the mean of the first partial: no cancellation in the variance.
  let centre = select(0.0, partials[column].x, part.busy);
  var own = vec2f(0);
  if (part.busy) {
    for (var i = part.lane; i < s.partials; i += part.lanes) {
      let partial = partials[i * s.columns + column];
      let size = sizeOf(i);
      let away = partial.x - centre;
      own += vec2f(size * away, partial.y + size * away * away);
    }
  }
  share(thread, own);
  let sums = laneSum(thread, part.lanes) / f32(s.rows);
  var mean = centre + sums.x;
  let square = sums.y - sums.x * sums.x;
  let variance = select(square, 0.0, square < 0.0);
  var inverse = 1.0 / sqrt(variance + epsilon);
  if (!part.busy) {
    return;
  }
  if (part.rowGroup == 0u && part.lane == 0u) {
    statistics[s.statistics + column] = vec2f(mean, select(inverse, variance, s.raw != 0u));
  }
  if (s.running != 0u) {
    mean = parameters[s.mean + column];
    inverse = inverseSqrt(parameters[s.variance + column] + epsilon);
  }
  let gamma = parameters[s.gamma + column];
  let beta = parameters[s.beta + column];
  let end = min(s.rows, (part.rowGroup + 1u) * s.rowsPerGroup);
  for (var row = part.rowGroup * s.rowsPerGroup + part.lane; row < end; row += part.lanes) {
    let standard = (z[row * s.columns + column] - mean) * inverse;
    let normal = standard * gamma + beta;
    // Not max(): a NaN must stay one, or a diverged training looks healthy.
    result[row * s.resultStride + s.resultOffset + column] = select(normal, 0.0, normal < 0.0);
  }
}
`,
  'bn-sums': `// The two sums of BN's backward pass where no producer of the gradient has made them already:
// per column, the sum of g and of g * standard, with g = gradient * [relu passed].
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> preactivation: array<f32>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>;
@group(0) @binding(4) var<storage, read> statistics: array<vec2f>;
@group(0) @binding(5) var<storage, read_write> partials: array<vec2f>;

//#include columns

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let part = partOf(thread, group);
  let column = part.column;
  var sums = vec2f(0);
  if (part.busy) {
    let moments = statistics[s.statistics + column];
    let gamma = parameters[s.gamma + column];
    let beta = parameters[s.beta + column];
    let end = min(s.rows, (part.rowGroup + 1u) * s.rowsPerGroup);
    for (var row = part.rowGroup * s.rowsPerGroup + part.lane; row < end; row += part.lanes) {
      let standard = (preactivation[row * s.columns + column] - moments.x) * moments.y;
      if (standard * gamma + beta > 0.0) {
        let g = gradient[row * s.gradientStride + s.gradientOffset + column];
        sums += vec2f(g, g * standard);
      }
    }
  }
  share(thread, sums);
  if (part.busy && part.lane == 0u) {
    partials[part.rowGroup * s.columns + column] = laneSum(thread, part.lanes);
  }
}
`,
  columns: `// Included by kernels that go over rows per column (columnGrid): which column and rows are a thread's, and the sum over
// the lanes that have one column. With the flag serial there is one lane, and no shared memory.
//#if serial
const threads = 8u;

var<private> lane_value: vec2f;

fn share(thread: u32, value: vec2f) {
  lane_value = value;
}

fn laneSum(thread: u32, lanes: u32) -> vec2f {
  return lane_value;
}
//#else
const threads = 256u;

var<workgroup> lane_values: array<vec2f, 256>;

/// Gives the other lanes this thread's value; once a run.
fn share(thread: u32, value: vec2f) {
  lane_values[thread] = value;
  workgroupBarrier();
}

/// What the lanes of this thread's column have shared, added up in their order.
fn laneSum(thread: u32, lanes: u32) -> vec2f {
  var total = vec2f(0);
  for (var i = 0u; i < lanes; i++) {
    total += lane_values[i * s.tile + thread % s.tile];
  }
  return total;
}
//#end

struct Part {
  column: u32,
  rowGroup: u32,
  lane: u32,
  lanes: u32,
  busy: bool,
}

fn partOf(thread: u32, group: vec3u) -> Part {
//#if serial
  let index = group.x * threads + thread;
  let rowGroup = index / s.columns;
  return Part(index % s.columns, rowGroup, 0u, 1u, rowGroup * s.rowsPerGroup < s.rows);
//#else
  let lanes = threads / s.tile;
  let lane = thread / s.tile;
  let column = group.y * s.tile + thread % s.tile;
  return Part(column, group.x, lane, lanes, lane < lanes && column < s.columns);
//#end
}
`,
  'conv-weights': `// Gradient of a convolution's kernel: dw[tap, c, f] = sum over rows of in[m + tap, c] * dz[m, f]
// (depthwise: dw[tap, c] = sum of in[m + tap, c] * dz[m, c]).
// A thread has a tile of 4 x 4 weights of one tap; a workgroup covers 16 tiles, with 8 lanes over the image rows of its
// split; the optimiser adds the splits up. With the flag serial a thread has a tile and a split for itself.
// Flags: vec4, depthwise, serial.
//#if vec4
@group(0) @binding(1) var<storage, read> source: array<vec4f>;
@group(0) @binding(2) var<storage, read> gradient: array<vec4f>;
//#else
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
//#end
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;

//#if serial
const lanes = 1u;
const threads = 8u;

var<private> lane_value: vec4f;

fn share(thread: u32, value: vec4f) {
  lane_value = value;
}

fn laneSum(tile: u32) -> vec4f {
  return lane_value;
}
//#else
const lanes = 8u;
const threads = 128u;

var<workgroup> lane_values: array<vec4f, 128>;

/// Gives the other lanes this thread's value, once they have used the last one.
fn share(thread: u32, value: vec4f) {
  workgroupBarrier();
  lane_values[thread] = value;
  workgroupBarrier();
}

fn laneSum(tile: u32) -> vec4f {
  var total = vec4f(0);
  for (var i = 0u; i < lanes; i++) {
    total += lane_values[i * 16u + tile];
  }
  return total;
}
//#end

fn source4(at: u32) -> vec4f {
//#if vec4
  return source[at >> 2u];
//#else
  return vec4f(source[at], source[at + 1u], source[at + 2u], source[at + 3u]);
//#end
}

fn gradient4(at: u32) -> vec4f {
//#if vec4
  return gradient[at >> 2u];
//#else
  return vec4f(gradient[at], gradient[at + 1u], gradient[at + 2u], gradient[at + 3u]);
//#end
}

fn store(at: u32, column: u32, value: vec4f) {
  for (var j = 0u; j < min(4u, s.columns - column); j++) {
    gradients[at + j] = value[j];
  }
}

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let columnTiles = (s.columns + 3u) / 4u;
//#if depthwise
  let channelTiles = 1u;
//#else
  let channelTiles = (s.channels + 3u) / 4u;
//#end
  let taps = s.kernelSize * s.kernelSize;
  let half = i32(s.kernelSize / 2u);
//#if serial
  let index = group.x * threads + thread;
  let tiles = taps * channelTiles * columnTiles;
  let tile = index % tiles;
  let split = index / tiles;
  let lane = 0u;
  let busy = split * s.linesPerSplit < s.lines;
//#else
  let tile = group.x * 16u + thread % 16u;
  let split = group.y;
  let lane = thread / 16u;
  let busy = tile < taps * channelTiles * columnTiles;
//#end
  let column = (tile % columnTiles) * 4u;
  let tap = tile / (columnTiles * channelTiles);
//#if depthwise
  let channel = column;
//#else
  let channel = ((tile / columnTiles) % channelTiles) * 4u;
//#end
  var sum0 = vec4f(0);
//#if !depthwise
  var sum1 = vec4f(0);
  var sum2 = vec4f(0);
  var sum3 = vec4f(0);
//#end
  if (busy) {
    let dy = i32(tap / s.kernelSize) - half;
    let dx = i32(tap % s.kernelSize) - half;
    let left = u32(max(0, -dx));
    // Kernels may be wider than the image: no column is left then.
    let right = u32(max(0, min(i32(s.width), i32(s.width) - dx)));
    let end = min(s.lines, (split + 1u) * s.linesPerSplit);
    for (var line = split * s.linesPerSplit + lane; line < end; line += lanes) {
      let y = i32(line % s.height) + dy;
      if (y < 0 || y >= i32(s.height)) {
        continue;
      }
      let row = line * s.width + left;
      var start = u32(i32(row) + dy * i32(s.width) + dx) * s.sourceStride + s.sourceOffset + channel;
      var to = row * s.columns + column;
      for (var x = left; x < right; x++) {
        let in4 = source4(start);
        let out4 = gradient4(to);
//#if depthwise
        sum0 += in4 * out4;
//#else
        sum0 += in4.x * out4;
        sum1 += in4.y * out4;
        sum2 += in4.z * out4;
        sum3 += in4.w * out4;
//#end
        start += s.sourceStride;
        to += s.columns;
      }
    }
  }
  let isWriter = busy && lane == 0u;
  let offset = s.gradients + split * s.length;
  share(thread, sum0);
//#if depthwise
  if (isWriter) {
    store(offset + tap * s.columns + column, column, laneSum(thread));
  }
//#else
  let at = offset + (tap * s.channels + channel) * s.columns + column;
  if (isWriter) {
    store(at, column, laneSum(thread));
  }
  share(thread, sum1);
  if (isWriter && channel + 1u < s.channels) {
    store(at + s.columns, column, laneSum(thread));
  }
  share(thread, sum2);
  if (isWriter && channel + 2u < s.channels) {
    store(at + 2u * s.columns, column, laneSum(thread));
  }
  share(thread, sum3);
  if (isWriter && channel + 3u < s.channels) {
    store(at + 3u * s.columns, column, laneSum(thread));
  }
//#end
}
`,
  conv: `// Stride-1, same-padding convolution as an implicit matrix product: rows = batch * height * width.
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
`,
  copy: `// Copies channels between strided tensors (concat where no view is possible), or adds them to what is there.
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let i = (group.y * s.groups + group.x) * 256u + thread;
  if (i >= s.elements) {
    return;
  }
  let channel = i % s.channels;
  let row = i / s.channels;
  let at = row * s.resultStride + s.resultOffset + channel;
  let value = source[row * s.sourceStride + s.sourceOffset + channel];
  result[at] = value + select(0.0, result[at], s.accumulate != 0u);
}
`,
  gather: `// The batch of this step: images from the byte data set by index, mirrored, then moved, then normalised by the table
// [channels, 256]. Pixels moved in are byte 0. Also counts: state[1] = this step + 1, read by the kernels after it.
@group(0) @binding(1) var<storage, read> images: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<f32>;
@group(0) @binding(3) var<storage, read> indices: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> state: array<u32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let step = state[0];
  let i = (group.y * s.groups + group.x) * 256u + thread;
  if (i == 0u) {
    state[1] = step + 1u;
  }
  if (i >= s.elements) {
    return;
  }
  let channel = i % s.channels;
  let row = i / s.channels;
  let x = row % s.width;
  let line = row / s.width;
  let y = line % s.height;
  let entry = indices[step * s.batch + line / s.height];
  let fromY = i32(y) - (i32(entry.y & 255u) - 128);
  let moved = i32(x) - (i32((entry.y >> 8u) & 255u) - 128);
  let fromX = select(moved, i32(s.width) - 1 - moved, (entry.y >> 16u) != 0u);
  var byte = 0u;
  if (fromY >= 0 && fromY < i32(s.height) && moved >= 0 && moved < i32(s.width)) {
    let at = ((entry.x * s.height + u32(fromY)) * s.width + u32(fromX)) * s.channels + channel;
    byte = (images[at >> 2u] >> ((at & 3u) * 8u)) & 255u;
  }
  result[row * s.resultStride + s.resultOffset + channel] = table[channel * 256u + byte];
}
`,
  'head-bindings': `// Included by the two kernels of the head.
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
//#if training
@group(0) @binding(3) var<storage, read> state: array<u32>;
@group(0) @binding(4) var<storage, read> targets: array<u32>;
@group(0) @binding(5) var<storage, read> indices: array<vec2u>;
@group(0) @binding(6) var<storage, read_write> losses: array<f32>;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;
@group(0) @binding(8) var<storage, read_write> result: array<f32>;
//#else
@group(0) @binding(3) var<storage, read_write> state: array<u32>;
@group(0) @binding(4) var<storage, read_write> logits: array<f32>;
//#end
`,
  'head-serial': `// What head.wgsl does, one image per thread: no thread waits for another, and what it has to remember (the pooled
// channels, the scores) lies in the places of its own results, which the last pass over them overwrites.
//#include head-bindings

fn pooled(image: u32, channel: u32) -> f32 {
  var sum = 0.0;
  var at = image * s.pixels * s.sourceStride + s.sourceOffset + channel;
  for (var p = 0u; p < s.pixels; p++) {
    sum += source[at];
    at += s.sourceStride;
  }
  return sum / f32(s.pixels);
}

//#if training
fn targetOf(index: u32, k: u32) -> f32 {
  if (s.soft != 0u) {
    return bitcast<f32>(targets[index * s.classes + k]);
  }
  return select(0.0, 1.0, ((targets[index >> 2u] >> ((index & 3u) * 8u)) & 255u) == k);
}
//#end

@compute @workgroup_size(4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let image = id.x;
  if (image >= s.batch) {
    return;
  }
  let step = state[1] - 1u;
//#if training
  let weights = s.dkernel + image * s.channels * s.classes;
  let scores = s.dbias + image * s.classes;
  for (var k = 0u; k < s.classes; k++) {
    gradients[scores + k] = parameters[s.bias + k];
  }
  for (var c = 0u; c < s.channels; c++) {
    let value = pooled(image, c);
    gradients[weights + c * s.classes] = value;
    for (var k = 0u; k < s.classes; k++) {
      gradients[scores + k] += value * parameters[s.kernel + c * s.classes + k];
    }
  }
  var largest = gradients[scores];
  for (var k = 1u; k < s.classes; k++) {
    largest = max(largest, gradients[scores + k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < s.classes; k++) {
    sum += exp(gradients[scores + k] - largest);
  }
  let logSum = log(sum);
  let index = indices[step * s.batch + image].x;
  var loss = 0.0;
  for (var k = 0u; k < s.classes; k++) {
    let logarithm = gradients[scores + k] - largest - logSum;
    let wanted = targetOf(index, k);
    loss -= wanted * logarithm;
    gradients[scores + k] = (exp(logarithm) - wanted) / f32(s.batch);
  }
  losses[(step % s.ring) * s.batch + image] = loss;
  for (var c = 0u; c < s.channels; c++) {
    let row = weights + c * s.classes;
    let value = gradients[row];
    var slope = 0.0;
    for (var k = 0u; k < s.classes; k++) {
      slope += parameters[s.kernel + c * s.classes + k] * gradients[scores + k];
      gradients[row + k] = value * gradients[scores + k];
    }
    if (s.wanted != 0u) {
      slope /= f32(s.pixels);
      var at = image * s.pixels * s.resultStride + s.resultOffset + c;
      for (var p = 0u; p < s.pixels; p++) {
        result[at] = slope + select(0.0, result[at], s.accumulate != 0u);
        at += s.resultStride;
      }
    }
  }
//#else
  let scores = (step * s.batch + image) * s.classes;
  for (var k = 0u; k < s.classes; k++) {
    logits[scores + k] = parameters[s.bias + k];
  }
  for (var c = 0u; c < s.channels; c++) {
    let value = pooled(image, c);
    for (var k = 0u; k < s.classes; k++) {
      logits[scores + k] += value * parameters[s.kernel + c * s.classes + k];
    }
  }
  // state[0] is read by the next step's gather only.
  if (image == 0u) {
    state[0] = step + 1u;
  }
//#end
}
`,
  head: `// One image per workgroup: global average pooling, dense, softmax; then with the flag
// training: cross-entropy to the target (hard or soft), and the gradients of the logits, the dense layer (one split
// an image) and the input; else: the logits.
//#include head-bindings

// Small where it can be: some drivers (SwiftShader) compile its zeroing element by element.
//#if wide
const maxChannels = 2048u;
//#else
const maxChannels = 256u;
//#end
const maxClasses = 128u;
var<workgroup> pooled: array<f32, maxChannels>;
var<workgroup> lane_sums: array<f32, 256>;
var<workgroup> scores: array<f32, maxClasses>;

fn pool(image: u32, thread: u32) {
  let tile = min(s.channels, 256u);
  let lanes = 256u / tile;
  let lane = thread / tile;
  for (var base = 0u; base < s.channels; base += tile) {
    let channel = base + thread % tile;
    var sum = 0.0;
    if (lane < lanes && channel < s.channels) {
      for (var p = lane; p < s.pixels; p += lanes) {
        sum += source[(image * s.pixels + p) * s.sourceStride + s.sourceOffset + channel];
      }
    }
    lane_sums[thread] = sum;
    workgroupBarrier();
    if (lane == 0u && channel < s.channels) {
      var total = 0.0;
      for (var k = 0u; k < lanes; k++) {
        total += lane_sums[k * tile + thread];
      }
      pooled[channel] = total / f32(s.pixels);
    }
    workgroupBarrier();
  }
}

//#if training
fn targetOf(index: u32, k: u32) -> f32 {
  if (s.soft != 0u) {
    return bitcast<f32>(targets[index * s.classes + k]);
  }
  return select(0.0, 1.0, ((targets[index >> 2u] >> ((index & 3u) * 8u)) & 255u) == k);
}
//#end

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let image = group.x;
  pool(image, thread);
  if (thread < s.classes) {
    var score = parameters[s.bias + thread];
    for (var c = 0u; c < s.channels; c++) {
      score += pooled[c] * parameters[s.kernel + c * s.classes + thread];
    }
    scores[thread] = score;
  }
  workgroupBarrier();
//#if training
  let step = state[1] - 1u;
  let index = indices[step * s.batch + image].x;
  var largest = scores[0];
  for (var k = 1u; k < s.classes; k++) {
    largest = max(largest, scores[k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < s.classes; k++) {
    sum += exp(scores[k] - largest);
  }
  let logSum = log(sum);
  if (thread == 0u) {
    var loss = 0.0;
    for (var k = 0u; k < s.classes; k++) {
      loss -= targetOf(index, k) * (scores[k] - largest - logSum);
    }
    losses[(step % s.ring) * s.batch + image] = loss;
  }
  var slope = 0.0;
  if (thread < s.classes) {
    slope = (exp(scores[thread] - largest - logSum) - targetOf(index, thread)) / f32(s.batch);
  }
  workgroupBarrier();
  if (thread < s.classes) {
    scores[thread] = slope;
    gradients[s.dbias + image * s.classes + thread] = slope;
  }
  workgroupBarrier();
  let weights = s.channels * s.classes;
  for (var i = thread; i < weights; i += 256u) {
    gradients[s.dkernel + image * weights + i] = pooled[i / s.classes] * scores[i % s.classes];
  }
  if (s.wanted == 0u) {
    return;
  }
  workgroupBarrier();
  for (var c = thread; c < s.channels; c += 256u) {
    var value = 0.0;
    for (var k = 0u; k < s.classes; k++) {
      value += parameters[s.kernel + c * s.classes + k] * scores[k];
    }
    pooled[c] = value / f32(s.pixels);
  }
  workgroupBarrier();
  for (var i = thread; i < s.pixels * s.channels; i += 256u) {
    let channel = i % s.channels;
    let at = (image * s.pixels + i / s.channels) * s.resultStride + s.resultOffset + channel;
    result[at] = pooled[channel] + select(0.0, result[at], s.accumulate != 0u);
  }
//#else
  let step = state[1] - 1u;
  if (thread < s.classes) {
    logits[(step * s.batch + image) * s.classes + thread] = scores[thread];
  }
  // state[0] is read by the next step's gather only.
  if (image == 0u && thread == 0u) {
    state[0] = step + 1u;
  }
//#end
}
`,
  'max-pool-backward': `// Gradient of max pooling: it flows to the first largest of each 2 x 2 window; one thread per input number.
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> source: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let i = (group.y * s.groups + group.x) * 256u + thread;
  if (i >= s.elements) {
    return;
  }
  let channel = i % s.channels;
  let row = i / s.channels;
  let x = row % s.width;
  let line = row / s.width;
  let y = line % s.height;
  let image = line / s.height;
  let py = y / 2u;
  let px = x / 2u;
  var value = 0.0;
  if (py < s.pooledHeight && px < s.pooledWidth) {
    let corner = (image * s.height + 2u * py) * s.width + 2u * px;
    let base = corner * s.sourceStride + s.sourceOffset + channel;
    let below = base + s.width * s.sourceStride;
    var largest = source[base];
    var winner = 0u;
    for (var k = 1u; k < 4u; k++) {
      let other = source[select(base, below, k > 1u) + (k & 1u) * s.sourceStride];
      if (other > largest) {
        largest = other;
        winner = k;
      }
    }
    if (winner == (y & 1u) * 2u + (x & 1u)) {
      let pooled = (image * s.pooledHeight + py) * s.pooledWidth + px;
      value = gradient[pooled * s.gradientStride + s.gradientOffset + channel];
    }
  }
  let at = row * s.resultStride + s.resultOffset + channel;
  if (s.accumulate != 0u) {
    value += result[at];
  }
  result[at] = value;
}
`,
  'max-pool': `// 2 x 2 max pooling, stride 2, valid padding; one thread per output number.
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let i = (group.y * s.groups + group.x) * 256u + thread;
  if (i >= s.elements) {
    return;
  }
  let channel = i % s.channels;
  let row = i / s.channels;
  let x = row % s.width;
  let line = row / s.width;
  let y = line % s.height;
  let image = line / s.height;
  let corner = (image * s.sourceHeight + 2u * y) * s.sourceWidth + 2u * x;
  let base = corner * s.sourceStride + s.sourceOffset + channel;
  let below = base + s.sourceWidth * s.sourceStride;
  var largest = source[base];
  // Written so that a NaN stays one.
  for (var k = 1u; k < 4u; k++) {
    let value = source[select(base, below, k > 1u) + (k & 1u) * s.sourceStride];
    largest = select(largest, value, value > largest || value != value);
  }
  result[row * s.resultStride + s.resultOffset + channel] = largest;
}
`,
  optimise: `// SGD with momentum over the whole flat parameter buffer: v = momentum * v + g + decay * w; w = w - rate * v;
// average += share * (w - average).
// A workgroup updates one block of one tensor and first adds up the splits of its gradient, in a fixed order: several
// lanes together or, with the flag serial, every thread alone.
// rates: [momentum, decay, 0, 0, rate of step 0, share of step 0, rate of step 1, share of step 1, ...].
struct Block {
  parameters: u32,
  count: u32,
  gradients: u32,
  splits: u32,
  stride: u32,
  decayed: u32,
  clipped: u32,
  width: u32,
}
@group(0) @binding(1) var<storage, read> blocks: array<Block>;
@group(0) @binding(2) var<storage, read> rates: array<f32>;
@group(0) @binding(3) var<storage, read> gradients: array<f32>;
@group(0) @binding(4) var<storage, read_write> state: array<u32>;
@group(0) @binding(5) var<storage, read_write> momenta: array<f32>;
@group(0) @binding(6) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(7) var<storage, read_write> averages: array<f32>;

//#if serial
const threads = 64u;
//#else
const threads = 256u;

var<workgroup> lane_sums: array<f32, 256>;
//#end

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let at = group.y * s.groups + group.x;
  if (at >= s.blocks) {
    return;
  }
  let step = state[1] - 1u;
  let block = blocks[at];
//#if serial
  let lanes = 1u;
//#else
  let lanes = threads / block.width;
//#end
  let lane = thread / block.width;
  let element = thread % block.width;
  var sum = 0.0;
  if (element < block.count && lane < lanes) {
    for (var split = lane; split < block.splits; split += lanes) {
      sum += gradients[block.gradients + split * block.stride + element];
    }
  }
//#if !serial
  lane_sums[thread] = sum;
  workgroupBarrier();
//#end
  if (lane == 0u && element < block.count) {
//#if serial
    var gradient = sum;
//#else
    var gradient = 0.0;
    for (var k = 0u; k < lanes; k++) {
      gradient += lane_sums[k * block.width + element];
    }
//#end
    let i = block.parameters + element;
    let weight = parameters[i];
    gradient += select(0.0, rates[1] * weight, block.decayed != 0u);
    let velocity = rates[0] * momenta[i] + gradient;
    momenta[i] = velocity;
    let unclipped = weight - rates[4u + 2u * step] * velocity;
    let moved = select(unclipped, clamp(unclipped, 0.0, 1.0), block.clipped != 0u);
    parameters[i] = moved;
    averages[i] += rates[5u + 2u * step] * (moved - averages[i]);
  }
  // state[0] is read by the next step's gather only; this kernel reads state[1].
  if (at == 0u && thread == 0u) {
    state[0] = step + 1u;
  }
}
`,
} as const;

export type SourceName = keyof typeof sources;
