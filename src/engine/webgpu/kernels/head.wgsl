// One image per workgroup: global average pooling, dense, softmax; then with the flag
// training: cross-entropy to the target (hard or soft), and the gradients of the logits, the dense layer (one split
// an image) and the input; else: the logits.
//#include head-bindings

// Small where it can be: some drivers (SwiftShader) compile its zeroing element by element.
//#if wide
const maxChannels = 2048u;
//#else
const maxChannels = 256u;
//#end
const maxClasses = 128u;
var<workgroup> pooled: array<f32, maxChannels>;
var<workgroup> lane_sums: array<f32, 256>;
var<workgroup> scores: array<f32, maxClasses>;

fn pool(image: u32, thread: u32) {
  let tile = min(s.channels, 256u);
  let lanes = 256u / tile;
  let lane = thread / tile;
  for (var base = 0u; base < s.channels; base += tile) {
    let channel = base + thread % tile;
    var sum = 0.0;
    if (lane < lanes && channel < s.channels) {
      for (var p = lane; p < s.pixels; p += lanes) {
        sum += source[(image * s.pixels + p) * s.sourceStride + s.sourceOffset + channel];
      }
    }
    lane_sums[thread] = sum;
    workgroupBarrier();
    if (lane == 0u && channel < s.channels) {
      var total = 0.0;
      for (var k = 0u; k < lanes; k++) {
        total += lane_sums[k * tile + thread];
      }
      pooled[channel] = total / f32(s.pixels);
    }
    workgroupBarrier();
  }
}

//#if training
fn targetOf(index: u32, k: u32) -> f32 {
  if (s.soft != 0u) {
    return bitcast<f32>(targets[index * s.classes + k]);
  }
  return select(0.0, 1.0, ((targets[index >> 2u] >> ((index & 3u) * 8u)) & 255u) == k);
}
//#end

@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) thread: u32, @builtin(workgroup_id) group: vec3u) {
  let image = group.x;
  pool(image, thread);
  if (thread < s.classes) {
    var score = parameters[s.bias + thread];
    for (var c = 0u; c < s.channels; c++) {
      score += pooled[c] * parameters[s.kernel + c * s.classes + thread];
    }
    scores[thread] = score;
  }
  workgroupBarrier();
//#if training
  let step = state[1] - 1u;
  let index = indices[step * s.batch + image].x;
  var largest = scores[0];
  for (var k = 1u; k < s.classes; k++) {
    largest = max(largest, scores[k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < s.classes; k++) {
    sum += exp(scores[k] - largest);
  }
  let logSum = log(sum);
  if (thread == 0u) {
    var loss = 0.0;
    for (var k = 0u; k < s.classes; k++) {
      loss -= targetOf(index, k) * (scores[k] - largest - logSum);
    }
    losses[(step % s.ring) * s.batch + image] = loss;
  }
  var slope = 0.0;
  if (thread < s.classes) {
    slope = (exp(scores[thread] - largest - logSum) - targetOf(index, thread)) / f32(s.batch);
  }
  workgroupBarrier();
  if (thread < s.classes) {
    scores[thread] = slope;
    gradients[s.dbias + image * s.classes + thread] = slope;
  }
  workgroupBarrier();
  let weights = s.channels * s.classes;
  for (var i = thread; i < weights; i += 256u) {
    gradients[s.dkernel + image * weights + i] = pooled[i / s.classes] * scores[i % s.classes];
  }
  if (s.wanted == 0u) {
    return;
  }
  workgroupBarrier();
  for (var c = thread; c < s.channels; c += 256u) {
    var value = 0.0;
    for (var k = 0u; k < s.classes; k++) {
      value += parameters[s.kernel + c * s.classes + k] * scores[k];
    }
    pooled[c] = value / f32(s.pixels);
  }
  workgroupBarrier();
  for (var i = thread; i < s.pixels * s.channels; i += 256u) {
    let channel = i % s.channels;
    let at = (image * s.pixels + i / s.channels) * s.resultStride + s.resultOffset + channel;
    result[at] = pooled[channel] + select(0.0, result[at], s.accumulate != 0u);
  }
//#else
  let step = state[1] - 1u;
  if (thread < s.classes) {
    logits[(step * s.batch + image) * s.classes + thread] = scores[thread];
  }
  // state[0] is read by the next step's gather only.
  if (image == 0u && thread == 0u) {
    state[0] = step + 1u;
  }
//#end
}
