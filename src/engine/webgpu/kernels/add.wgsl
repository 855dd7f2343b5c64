// out = lambda * main + (1 - lambda) * skip; one thread per number.
@group(0) @binding(1) var<storage, read> main_path: array<f32>;
@group(0) @binding(2) var<storage, read> skip_path: array<f32>;
@group(0) @binding(3) var<storage, read> parameters: array<f32>;
@group(0) @binding(4) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let i = (group.y * s.groups + group.x) * 256u + thread;
  if (i >= s.elements) {
    return;
  }
  let channel = i % s.channels;
  let row = i / s.channels;
  let lambda = parameters[s.lambda];
  let a = main_path[row * s.mainStride + s.mainOffset + channel];
  let b = skip_path[row * s.skipStride + s.skipOffset + channel];
  result[row * s.resultStride + s.resultOffset + channel] = lambda * a + (1.0 - lambda) * b;
}
