// The optimiser, on flat vectors of `count` numbers.
import { at, madd } from './common';

// v = momentum v + g + decay w; out = w - rate v, clipped to [low, high]; average += share (out - average).
// v and average are changed in place.
export function momentumStep(
  w: usize, g: usize, v: usize, decay: usize, low: usize, high: usize, average: usize, out: usize,
  count: i32, rate: f32, momentum: f32, share: f32,
): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const weight = v128.load(at(w, i));
    const decayed = madd(v128.load(at(g, i)), v128.load(at(decay, i)), weight);
    const velocity = f32x4.add(f32x4.mul(v128.load(at(v, i)), f32x4.splat(momentum)), decayed);
    v128.store(at(v, i), velocity);
    const moved = f32x4.sub(weight, f32x4.mul(velocity, f32x4.splat(rate)));
    const clipped = f32x4.max(f32x4.min(moved, v128.load(at(high, i))), v128.load(at(low, i)));
    v128.store(at(out, i), clipped);
    const mean = v128.load(at(average, i));
    v128.store(at(average, i), madd(mean, f32x4.splat(share), f32x4.sub(clipped, mean)));
  }
  for (; i < count; i++) {
    const weight = load<f32>(at(w, i));
    const decayed = load<f32>(at(g, i)) + load<f32>(at(decay, i)) * weight;
    const velocity = load<f32>(at(v, i)) * momentum + decayed;
    store<f32>(at(v, i), velocity);
    const moved = weight - velocity * rate;
    const clipped = max<f32>(min<f32>(moved, load<f32>(at(high, i))), load<f32>(at(low, i)));
    store<f32>(at(out, i), clipped);
    const mean = load<f32>(at(average, i));
    store<f32>(at(average, i), mean + share * (clipped - mean));
  }
}
