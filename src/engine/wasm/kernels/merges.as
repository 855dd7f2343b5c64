// Additions with lambda, concatenation, and sums of gradients.
import { at, madd } from './common';

// out = lambda main + (1 - lambda) skip
export function mix(lambda: usize, main: usize, skip: usize, out: usize, count: i32): void {
  const share = load<f32>(lambda), rest: f32 = 1 - share;
  const shares = f32x4.splat(share), rests = f32x4.splat(rest);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const kept = f32x4.mul(v128.load(at(main, i)), shares);
    v128.store(at(out, i), madd(kept, v128.load(at(skip, i)), rests));
  }
  for (; i < count; i++) {
    store<f32>(at(out, i), load<f32>(at(main, i)) * share + load<f32>(at(skip, i)) * rest);
  }
}

// dlambda = sum of dy (main - skip)
export function mixBackLambda(dy: usize, main: usize, skip: usize, dlambda: usize, count: i32): void {
  let total: f64 = 0;
  for (let start = 0; start < count; start += 4096) {
    const end = min(count, start + 4096);
    let sum = f32x4.splat(0);
    let i = start;
    for (; i + 4 <= end; i += 4) {
      sum = madd(sum, v128.load(at(dy, i)), f32x4.sub(v128.load(at(main, i)), v128.load(at(skip, i))));
    }
    total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
    total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
    for (; i < end; i++) {
      total += <f64>(load<f32>(at(dy, i)) * (load<f32>(at(main, i)) - load<f32>(at(skip, i))));
    }
  }
  store<f32>(dlambda, <f32>total);
}

// out = dy lambda, or dy (1 - lambda) where `isRest`
export function scaleByLambda(lambda: usize, dy: usize, out: usize, count: i32, isRest: bool): void {
  const share = isRest ? <f32>1 - load<f32>(lambda) : load<f32>(lambda);
  const shares = f32x4.splat(share);
  let i = 0;
  for (; i + 4 <= count; i += 4) v128.store(at(out, i), f32x4.mul(v128.load(at(dy, i)), shares));
  for (; i < count; i++) store<f32>(at(out, i), load<f32>(at(dy, i)) * share);
}

// target += source
export function addTo(target: usize, source: usize, count: i32): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    v128.store(at(target, i), f32x4.add(v128.load(at(target, i)), v128.load(at(source, i))));
  }
  for (; i < count; i++) store<f32>(at(target, i), load<f32>(at(target, i)) + load<f32>(at(source, i)));
}

// `columns` numbers of each of `rows` rows; rows are `step` and `toStep` numbers apart.
export function copyColumns(source: usize, step: i32, target: usize, toStep: i32, rows: i32, columns: i32): void {
  let from = source, to = target;
  for (let r = 0; r < rows; r++) {
    memory.copy(to, from, (<usize>columns) << 2);
    from = at(from, step);
    to = at(to, toStep);
  }
}
