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
  let total = laneSum(thread, part, sums);
  if (!part.busy) {
    return;
  }
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
