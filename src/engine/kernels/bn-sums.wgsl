// The two sums of BN's backward pass where no producer of the gradient has made them already:
// per column, the sum of g and of g * standard, with g = gradient * [relu passed].
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> preactivation: array<f32>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>;
@group(0) @binding(4) var<storage, read> statistics: array<vec2f>;
@group(0) @binding(5) var<storage, read_write> partials: array<vec2f>;

const threads = 256u;
var<workgroup> lane_sums: array<vec2f, 256>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let lanes = threads / s.tile;
  let lane = thread / s.tile;
  let column = group.y * s.tile + thread % s.tile;
  let busy = lane < lanes && column < s.columns;
  var sums = vec2f(0);
  if (busy) {
    let moments = statistics[s.statistics + column];
    let gamma = parameters[s.gamma + column];
    let beta = parameters[s.beta + column];
    let end = min(s.rows, (group.x + 1u) * s.rowsPerGroup);
    for (var row = group.x * s.rowsPerGroup + lane; row < end; row += lanes) {
      let standard = (preactivation[row * s.columns + column] - moments.x) * moments.y;
      if (standard * gamma + beta > 0.0) {
        let g = gradient[row * s.gradientStride + s.gradientOffset + column];
        sums += vec2f(g, g * standard);
      }
    }
  }
  lane_sums[thread] = sums;
  workgroupBarrier();
  if (busy && lane == 0u) {
    var total = vec2f(0);
    for (var i = 0u; i < lanes; i++) {
      total += lane_sums[i * s.tile + thread];
    }
    partials[group.x * s.columns + column] = total;
  }
}
