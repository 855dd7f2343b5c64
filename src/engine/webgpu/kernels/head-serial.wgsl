// What head.wgsl does, one image per thread: no thread waits for another, and what it has to remember (the pooled
// channels, the scores) lies in the places of its own results, which the last pass over them overwrites.
//#include head-bindings

fn pooled(image: u32, channel: u32) -> f32 {
  var sum = 0.0;
  var at = image * s.pixels * s.sourceStride + s.sourceOffset + channel;
  for (var p = 0u; p < s.pixels; p++) {
    sum += source[at];
    at += s.sourceStride;
  }
  return sum / f32(s.pixels);
}

//#if training
fn targetOf(index: u32, k: u32) -> f32 {
  if (s.soft != 0u) {
    return bitcast<f32>(targets[index * s.classes + k]);
  }
  return select(0.0, 1.0, ((targets[index >> 2u] >> ((index & 3u) * 8u)) & 255u) == k);
}
//#end

@compute @workgroup_size(4)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let image = id.x;
  if (image >= s.batch) {
    return;
  }
  let step = state[1] - 1u;
//#if training
  let weights = s.dkernel + image * s.channels * s.classes;
  let scores = s.dbias + image * s.classes;
  for (var k = 0u; k < s.classes; k++) {
    gradients[scores + k] = parameters[s.bias + k];
  }
  for (var c = 0u; c < s.channels; c++) {
    let value = pooled(image, c);
    gradients[weights + c * s.classes] = value;
    for (var k = 0u; k < s.classes; k++) {
      gradients[scores + k] += value * parameters[s.kernel + c * s.classes + k];
    }
  }
  var largest = gradients[scores];
  for (var k = 1u; k < s.classes; k++) {
    largest = max(largest, gradients[scores + k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < s.classes; k++) {
    sum += exp(gradients[scores + k] - largest);
  }
  let logSum = log(sum);
  let index = indices[step * s.batch + image].x;
  var loss = 0.0;
  for (var k = 0u; k < s.classes; k++) {
    let logarithm = gradients[scores + k] - largest - logSum;
    let wanted = targetOf(index, k);
    loss -= wanted * logarithm;
    gradients[scores + k] = (exp(logarithm) - wanted) / f32(s.batch);
  }
  losses[(step % s.ring) * s.batch + image] = loss;
  for (var c = 0u; c < s.channels; c++) {
    let row = weights + c * s.classes;
    let value = gradients[row];
    var slope = 0.0;
    for (var k = 0u; k < s.classes; k++) {
      slope += parameters[s.kernel + c * s.classes + k] * gradients[scores + k];
      gradients[row + k] = value * gradients[scores + k];
    }
    if (s.wanted != 0u) {
      slope /= f32(s.pixels);
      var at = image * s.pixels * s.resultStride + s.resultOffset + c;
      for (var p = 0u; p < s.pixels; p++) {
        result[at] = slope + select(0.0, result[at], s.accumulate != 0u);
        at += s.resultStride;
      }
    }
  }
//#else
  let scores = (step * s.batch + image) * s.classes;
  for (var k = 0u; k < s.classes; k++) {
    logits[scores + k] = parameters[s.bias + k];
  }
  for (var c = 0u; c < s.channels; c++) {
    let value = pooled(image, c);
    for (var k = 0u; k < s.classes; k++) {
      logits[scores + k] += value * parameters[s.kernel + c * s.classes + k];
    }
  }
  // state[0] is read by the next step's gather only.
  if (image == 0u) {
    state[0] = step + 1u;
  }
//#end
}
