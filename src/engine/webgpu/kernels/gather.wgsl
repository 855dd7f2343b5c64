// The batch of this step: images from the byte data set by index, mirrored, then moved, then normalised by the table
// [channels, 256]. Pixels moved in are byte 0. Also counts: state[1] = this step + 1, read by the kernels after it.
@group(0) @binding(1) var<storage, read> images: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<f32>;
@group(0) @binding(3) var<storage, read> indices: array<vec2u>;
@group(0) @binding(4) var<storage, read_write> state: array<u32>;
@group(0) @binding(5) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let step = state[0];
  let i = (group.y * s.groups + group.x) * 256u + thread;
  if (i == 0u) {
    state[1] = step + 1u;
  }
  if (i >= s.elements) {
    return;
  }
  let channel = i % s.channels;
  let row = i / s.channels;
  let x = row % s.width;
  let line = row / s.width;
  let y = line % s.height;
  let entry = indices[step * s.batch + line / s.height];
  let fromY = i32(y) - (i32(entry.y & 255u) - 128);
  let moved = i32(x) - (i32((entry.y >> 8u) & 255u) - 128);
  let fromX = select(moved, i32(s.width) - 1 - moved, (entry.y >> 16u) != 0u);
  var byte = 0u;
  if (fromY >= 0 && fromY < i32(s.height) && moved >= 0 && moved < i32(s.width)) {
    let at = ((entry.x * s.height + u32(fromY)) * s.width + u32(fromX)) * s.channels + channel;
    byte = (images[at >> 2u] >> ((at & 3u) * 8u)) & 255u;
  }
  result[row * s.resultStride + s.resultOffset + channel] = table[channel * 256u + byte];
}
