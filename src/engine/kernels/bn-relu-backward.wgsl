// dz of BN and ReLU. Batch statistics: dz = gamma * inverse * (g - sum(g) / n - standard * sum(g * standard) / n);
// the first row group also writes d gamma and d beta. Frozen (s.running != 0): dz = gamma / sqrt(variance + epsilon) * g,
// and preactivation is the block's output, strided.
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> preactivation: array<f32>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>;
@group(0) @binding(4) var<storage, read> statistics: array<vec2f>;
@group(0) @binding(5) var<storage, read> partials: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> result: array<f32>;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;

const threads = 256u;
const epsilon = 1e-3;
var<workgroup> lane_sums: array<vec2f, 256>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let lanes = threads / s.tile;
  let lane = thread / s.tile;
  let column = group.y * s.tile + thread % s.tile;
  let busy = lane < lanes && column < s.columns;
  var sums = vec2f(0);
  if (busy) {
    for (var part = lane; part < s.partials; part += lanes) {
      sums += partials[part * s.columns + column];
    }
  }
  lane_sums[thread] = sums;
  workgroupBarrier();
  if (!busy) {
    return;
  }
  var total = vec2f(0);
  for (var i = 0u; i < lanes; i++) {
    total += lane_sums[i * s.tile + thread % s.tile];
  }
  let gamma = parameters[s.gamma + column];
  let beta = parameters[s.beta + column];
  let isRunning = s.running != 0u;
  if (group.x == 0u && lane == 0u && !isRunning) {
    gradients[s.dbeta + column] = total.x;
    gradients[s.dgamma + column] = total.y;
  }
  let moments = statistics[s.statistics + column];
  let scale = gamma * select(moments.y, inverseSqrt(parameters[s.variance + column] + epsilon), isRunning);
  let centre = total / f32(s.rows);
  let end = min(s.rows, (group.x + 1u) * s.rowsPerGroup);
  for (var row = group.x * s.rowsPerGroup + lane; row < end; row += lanes) {
    let value = preactivation[row * s.preactivationStride + s.preactivationOffset + column];
    let standard = (value - moments.x) * moments.y;
    let passes = select(standard * gamma + beta, value, isRunning) > 0.0;
    let g = select(0.0, gradient[row * s.gradientStride + s.gradientOffset + column], passes);
    let centred = select(g - centre.x - standard * centre.y, g, isRunning);
    result[row * s.columns + column] = scale * centred;
  }
}
