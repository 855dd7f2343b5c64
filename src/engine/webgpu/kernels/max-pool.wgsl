// 2 x 2 max pooling, stride 2, valid padding; one thread per output number.
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
