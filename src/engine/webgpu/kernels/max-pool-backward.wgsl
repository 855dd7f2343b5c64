// Gradient of max pooling: it flows to the first largest of each 2 x 2 window; one thread per input number.
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
