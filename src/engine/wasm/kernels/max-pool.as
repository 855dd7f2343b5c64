// 2 x 2 max pooling, stride 2, valid: x, dx [n, h, w, channels], y, dy [n, h / 2, w / 2, channels].
import { at, clear, storeLanes } from './common';

export function maxPool(x: usize, y: usize, batch: i32, height: i32, width: i32, channels: i32): void {
  const rows = height / 2, columns = width / 2;
  const right = at(0, channels), down = at(0, width * channels);
  let q = y;
  for (let n = 0; n < batch; n++) {
    for (let r = 0; r < rows; r++) {
      for (let u = 0; u < columns; u++) {
        let p = at(x, ((n * height + 2 * r) * width + 2 * u) * channels);
        for (let left = channels; left > 0; left -= 4) {
          const top = f32x4.max(v128.load(p), v128.load(p + right));
          const bottom = f32x4.max(v128.load(p + down), v128.load(p + down + right));
          storeLanes(q, f32x4.max(top, bottom), left);
          p += 16;
          q += at(0, min(4, left));
        }
      }
    }
  }
}

// The gradient goes to the first of equal maxima, in rows.
export function maxPoolBack(
  dy: usize, x: usize, y: usize, dx: usize, batch: i32, height: i32, width: i32, channels: i32,
): void {
  const rows = height / 2, columns = width / 2;
  const right = at(0, channels), down = at(0, width * channels);
  if (height & 1 || width & 1) clear(dx, batch * height * width * channels);
  let q: usize = 0;
  for (let n = 0; n < batch; n++) {
    for (let r = 0; r < rows; r++) {
      for (let u = 0; u < columns; u++) {
        let p = at(0, ((n * height + 2 * r) * width + 2 * u) * channels);
        for (let left = channels; left > 0; left -= 4) {
          const top = v128.load(y + q), gradient = v128.load(dy + q);
          const m0 = f32x4.eq(v128.load(x + p), top);
          const m1 = v128.andnot(f32x4.eq(v128.load(x + p + right), top), m0);
          const before2 = v128.or(m0, m1);
          const m2 = v128.andnot(f32x4.eq(v128.load(x + p + down), top), before2);
          const m3 = v128.andnot(f32x4.eq(v128.load(x + p + down + right), top), v128.or(before2, m2));
          storeLanes(dx + p, v128.and(gradient, m0), left);
          storeLanes(dx + p + right, v128.and(gradient, m1), left);
          storeLanes(dx + p + down, v128.and(gradient, m2), left);
          storeLanes(dx + p + down + right, v128.and(gradient, m3), left);
          p += 16;
          q += at(0, min(4, left));
        }
      }
    }
  }
}
