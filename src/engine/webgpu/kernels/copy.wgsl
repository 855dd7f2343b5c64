// Copies channels between strided tensors (concat where no view is possible), or adds them to what is there.
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
  let at = row * s.resultStride + s.resultOffset + channel;
  let value = source[row * s.sourceStride + s.sourceOffset + channel];
  result[at] = value + select(0.0, result[at], s.accumulate != 0u);
}
