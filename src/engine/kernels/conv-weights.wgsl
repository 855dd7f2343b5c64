// Gradient of a convolution's kernel: dw[tap, c, f] = sum over rows of in[m + tap, c] * dz[m, f]
// (depthwise: dw[tap, c] = sum of in[m + tap, c] * dz[m, c]).
// A workgroup covers 16 tiles of 4 x 4 weights of one tap, with 8 lanes over the image rows of its split;
// the optimiser adds the splits up. Flags: vec4, depthwise.
//#if vec4
@group(0) @binding(1) var<storage, read> source: array<vec4f>;
@group(0) @binding(2) var<storage, read> gradient: array<vec4f>;
//#else
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read> gradient: array<f32>;
//#end
@group(0) @binding(3) var<storage, read_write> gradients: array<f32>;

var<workgroup> lane_sums: array<vec4f, 128>;

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

fn laneSum(tile: u32) -> vec4f {
  var total = vec4f(0);
  for (var i = 0u; i < 8u; i++) {
    total += lane_sums[i * 16u + tile];
  }
  return total;
}

fn store(at: u32, column: u32, value: vec4f) {
  for (var j = 0u; j < min(4u, s.columns - column); j++) {
    gradients[at + j] = value[j];
  }
}

@compute @workgroup_size(128)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let columnTiles = (s.columns + 3u) / 4u;
//#if depthwise
  let channelTiles = 1u;
//#else
  let channelTiles = (s.channels + 3u) / 4u;
//#end
  let taps = s.kernelSize * s.kernelSize;
  let half = i32(s.kernelSize / 2u);
  let tile = group.x * 16u + thread % 16u;
  let lane = thread / 16u;
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
  if (tap < taps) {
    let dy = i32(tap / s.kernelSize) - half;
    let dx = i32(tap % s.kernelSize) - half;
    let left = u32(max(0, -dx));
    // Kernels may be wider than the image: no column is left then.
    let right = u32(max(0, min(i32(s.width), i32(s.width) - dx)));
    let end = min(s.lines, (group.y + 1u) * s.linesPerSplit);
    for (var line = group.y * s.linesPerSplit + lane; line < end; line += 8u) {
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
//#if depthwise
  lane_sums[thread] = sum0;
  workgroupBarrier();
  if (lane > 0u || tap >= taps) {
    return;
  }
  store(s.gradients + group.y * s.length + tap * s.columns + column, column, laneSum(thread));
//#else
  let at = s.gradients + group.y * s.length + (tap * s.channels + channel) * s.columns + column;
  let isWriter = lane == 0u && tap < taps;
  lane_sums[thread] = sum0;
  workgroupBarrier();
  if (isWriter) {
    store(at, column, laneSum(thread));
  }
  workgroupBarrier();
  lane_sums[thread] = sum1;
  workgroupBarrier();
  if (isWriter && channel + 1u < s.channels) {
    store(at + s.columns, column, laneSum(thread));
  }
  workgroupBarrier();
  lane_sums[thread] = sum2;
  workgroupBarrier();
  if (isWriter && channel + 2u < s.channels) {
    store(at + 2u * s.columns, column, laneSum(thread));
  }
  workgroupBarrier();
  lane_sums[thread] = sum3;
  workgroupBarrier();
  if (isWriter && channel + 3u < s.channels) {
    store(at + 3u * s.columns, column, laneSum(thread));
  }
//#end
}
