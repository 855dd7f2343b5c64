// out = relu(gamma * (z - mean) / sqrt(variance + epsilon) + beta), mean and biased variance over the batch
// combined from the partials of the convolution that made z (Chan), or, where s.running != 0, the running ones.
// The first row group of every column tile writes the batch's (mean, 1 / sqrt(variance + epsilon)).
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read> parameters: array<f32>;
@group(0) @binding(3) var<storage, read> partials: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;
@group(0) @binding(5) var<storage, read_write> statistics: array<vec2f>;

const threads = 256u;
const epsilon = 1e-3;
var<workgroup> shared_sums: array<f32, 256>;

fn sizeOf(part: u32) -> f32 {
  return f32(min(s.rowsPerPartial, s.rows - part * s.rowsPerPartial));
}

/// Sum over the lanes of this thread's column, in lane order.
fn columnSum(thread: u32, value: f32, tile: u32, lanes: u32) -> f32 {
  workgroupBarrier();
  shared_sums[thread] = value;
  workgroupBarrier();
  var total = 0.0;
  for (var i = 0u; i < lanes; i++) {
    total += shared_sums[i * tile + thread % tile];
  }
  return total;
}

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let lanes = threads / s.tile;
  let lane = thread / s.tile;
  let column = group.y * s.tile + thread % s.tile;
  let busy = lane < lanes && column < s.columns;
  var value = 0.0;
  if (busy) {
    for (var part = lane; part < s.partials; part += lanes) {
      value += sizeOf(part) * partials[part * s.columns + column].x;
    }
  }
  var mean = columnSum(thread, value, s.tile, lanes) / f32(s.rows);
  value = 0.0;
  if (busy) {
    for (var part = lane; part < s.partials; part += lanes) {
      let partial = partials[part * s.columns + column];
      let away = partial.x - mean;
      value += partial.y + sizeOf(part) * away * away;
    }
  }
  let variance = columnSum(thread, value, s.tile, lanes) / f32(s.rows);
  var inverse = 1.0 / sqrt(variance + epsilon);
  if (!busy) {
    return;
  }
  if (group.x == 0u && lane == 0u) {
    statistics[s.statistics + column] = vec2f(mean, select(inverse, variance, s.raw != 0u));
  }
  if (s.running != 0u) {
    mean = parameters[s.mean + column];
    inverse = inverseSqrt(parameters[s.variance + column] + epsilon);
  }
  let gamma = parameters[s.gamma + column];
  let beta = parameters[s.beta + column];
  let end = min(s.rows, (group.x + 1u) * s.rowsPerGroup);
  for (var row = group.x * s.rowsPerGroup + lane; row < end; row += lanes) {
    let standard = (z[row * s.columns + column] - mean) * inverse;
    let normal = standard * gamma + beta;
    // Not max(): a NaN must stay one, or a diverged training looks healthy.
    result[row * s.resultStride + s.resultOffset + column] = select(normal, 0.0, normal < 0.0);
  }
}
