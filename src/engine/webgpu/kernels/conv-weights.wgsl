// Gradient of a convolution's kernel: dw[tap, c, f] = sum over rows of in[m + tap, c] * dz[m, f]
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
