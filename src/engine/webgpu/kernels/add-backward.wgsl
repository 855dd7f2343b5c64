// d main = lambda * g, d skip = (1 - lambda) * g, and per workgroup (with the flag serial: per thread) a partial
// sum of d lambda = g * (main - skip).
// toMain, toSkip: 0 not wanted, 1 write, 2 add to what is there.
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
@group(0) @binding(2) var<storage, read> main_path: array<f32>;
@group(0) @binding(3) var<storage, read> skip_path: array<f32>;
@group(0) @binding(4) var<storage, read> parameters: array<f32>;
@group(0) @binding(5) var<storage, read_write> main_gradient: array<f32>;
@group(0) @binding(6) var<storage, read_write> skip_gradient: array<f32>;
@group(0) @binding(7) var<storage, read_write> gradients: array<f32>;

//#if serial
const threads = 8u;
//#else
const threads = 256u;

var<workgroup> products: array<f32, 256>;
//#end

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
//#if serial
  let part = group.x * threads + thread;
  let lane = 0u;
  let lanes = 1u;
//#else
  let part = group.x;
  let lane = thread;
  let lanes = threads;
//#end
  let lambda = parameters[s.lambda];
  var product = 0.0;
  let end = min(s.elements, (part + 1u) * s.elementsPerGroup);
  for (var i = part * s.elementsPerGroup + lane; i < end; i += lanes) {
    let channel = i % s.channels;
    let row = i / s.channels;
    let g = gradient[row * s.gradientStride + s.gradientOffset + channel];
    let a = main_path[row * s.mainStride + s.mainOffset + channel];
    let b = skip_path[row * s.skipStride + s.skipOffset + channel];
    product += g * (a - b);
    if (s.toMain != 0u) {
      let at = row * s.mainGradientStride + s.mainGradientOffset + channel;
      main_gradient[at] = lambda * g + select(0.0, main_gradient[at], s.toMain == 2u);
    }
    if (s.toSkip != 0u) {
      let at = row * s.skipGradientStride + s.skipGradientOffset + channel;
      skip_gradient[at] = (1.0 - lambda) * g + select(0.0, skip_gradient[at], s.toSkip == 2u);
    }
  }
//#if serial
  if (part * s.elementsPerGroup < s.elements) {
    gradients[s.dlambda + part] = product;
  }
//#else
  products[thread] = product;
  workgroupBarrier();
  for (var width = 128u; width > 0u; width /= 2u) {
    if (thread < width) {
      products[thread] += products[thread + width];
    }
    workgroupBarrier();
  }
  if (thread == 0u) {
    gradients[s.dlambda + group.x] = products[0];
  }
//#end
}
