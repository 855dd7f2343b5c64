// SGD with momentum over the whole flat parameter buffer: v = momentum * v + g + decay * w; w = w - rate * v;
// average += share * (w - average).
// A workgroup updates one block of one tensor and first adds up the splits of its gradient, in a fixed order: several
// lanes together or, with the flag serial, every thread alone.
// rates: [momentum, decay, 0, 0, rate of step 0, share of step 0, rate of step 1, share of step 1, ...].
struct Block {
  parameters: u32,
  count: u32,
  gradients: u32,
  splits: u32,
  stride: u32,
  decayed: u32,
  clipped: u32,
  width: u32,
}
@group(0) @binding(1) var<storage, read> blocks: array<Block>;
@group(0) @binding(2) var<storage, read> rates: array<f32>;
@group(0) @binding(3) var<storage, read> gradients: array<f32>;
@group(0) @binding(4) var<storage, read_write> state: array<u32>;
@group(0) @binding(5) var<storage, read_write> momenta: array<f32>;
@group(0) @binding(6) var<storage, read_write> parameters: array<f32>;
@group(0) @binding(7) var<storage, read_write> averages: array<f32>;

//#if serial
const threads = 64u;
//#else
const threads = 256u;

var<workgroup> lane_sums: array<f32, 256>;
//#end

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let at = group.y * s.groups + group.x;
  if (at >= s.blocks) {
    return;
  }
  let step = state[1] - 1u;
  let block = blocks[at];
//#if serial
  let lanes = 1u;
//#else
  let lanes = threads / block.width;
//#end
  let lane = thread / block.width;
  let element = thread % block.width;
  var sum = 0.0;
  if (element < block.count && lane < lanes) {
    for (var split = lane; split < block.splits; split += lanes) {
      sum += gradients[block.gradients + split * block.stride + element];
    }
  }
//#if !serial
  lane_sums[thread] = sum;
  workgroupBarrier();
//#end
  if (lane == 0u && element < block.count) {
//#if serial
    var gradient = sum;
//#else
    var gradient = 0.0;
    for (var k = 0u; k < lanes; k++) {
      gradient += lane_sums[k * block.width + element];
    }
//#end
    let i = block.parameters + element;
    let weight = parameters[i];
    gradient += select(0.0, rates[1] * weight, block.decayed != 0u);
    let velocity = rates[0] * momenta[i] + gradient;
    momenta[i] = velocity;
    let unclipped = weight - rates[4u + 2u * step] * velocity;
    let moved = select(unclipped, clamp(unclipped, 0.0, 1.0), block.clipped != 0u);
    parameters[i] = moved;
    averages[i] += rates[5u + 2u * step] * (moved - averages[i]);
  }
  // state[0] is read by the next step's gather only; this kernel reads state[1].
  if (at == 0u && thread == 0u) {
    state[0] = step + 1u;
  }
}
