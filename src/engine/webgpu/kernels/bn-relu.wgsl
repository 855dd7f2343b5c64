// out = relu(gamma * (z - mean) / sqrt(variance + epsilon) + beta), mean and biased variance over the batch
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
  let sums = laneSum(thread, part, own) / f32(s.rows);
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
