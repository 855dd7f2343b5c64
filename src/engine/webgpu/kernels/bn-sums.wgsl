// The two sums of BN's backward pass where no producer of the gradient has made them already:
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
  let total = laneSum(thread, part, sums);
  if (part.busy && part.lane == 0u) {
    partials[part.rowGroup * s.columns + column] = total;
  }
}
