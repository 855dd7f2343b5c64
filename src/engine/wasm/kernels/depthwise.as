// Depthwise convolution, stride 1, same padding: x, y, dy [n, h, w, channels], filter [size, size, channels].
import { at, clear, madd } from './common';
import { padImage } from './convolution';

// y = x * filter; the gradient of x where dy is given and the filter is turned. `padded` has room for one image of
// padImage.
export function depthwise(
  x: usize, filter: usize, y: usize, padded: usize, batch: i32, height: i32, width: i32, channels: i32, size: i32,
): void {
  const pad = (size - 1) / 2, step = at(0, channels), line = at(0, (width + 2 * pad) * channels);
  const image = height * width * channels;
  for (let n = 0; n < batch; n++) {
    padImage(at(x, n * image), padded, height, width, channels, pad);
    for (let v = 0; v < height; v++) {
      const top = padded + (<usize>v) * line, row = at(y, n * image + v * width * channels);
      let c = 0;
      for (; c + 4 <= channels; c += 4) {
        let u = 0;
        for (; u + 4 <= width; u += 4) {
          let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
          let w = at(filter, c), p = at(top, u * channels + c);
          for (let a = 0; a < size; a++) {
            let q = p;
            for (let b = 0; b < size; b++) {
              const tap = v128.load(w);
              s0 = madd(s0, v128.load(q), tap);
              s1 = madd(s1, v128.load(q + step), tap);
              s2 = madd(s2, v128.load(q + 2 * step), tap);
              s3 = madd(s3, v128.load(q + 3 * step), tap);
              q += step;
              w += step;
            }
            p += line;
          }
          const to = at(row, u * channels + c);
          v128.store(to, s0);
          v128.store(to + step, s1);
          v128.store(to + 2 * step, s2);
          v128.store(to + 3 * step, s3);
        }
        for (; u < width; u++) {
          let sum = f32x4.splat(0);
          let w = at(filter, c), p = at(top, u * channels + c);
          for (let a = 0; a < size; a++) {
            let q = p;
            for (let b = 0; b < size; b++) {
              sum = madd(sum, v128.load(q), v128.load(w));
              q += step;
              w += step;
            }
            p += line;
          }
          v128.store(at(row, u * channels + c), sum);
        }
      }
      for (; c < channels; c++) {
        for (let u = 0; u < width; u++) {
          let sum: f32 = 0;
          let w = at(filter, c), p = at(top, u * channels + c);
          for (let a = 0; a < size; a++) {
            let q = p;
            for (let b = 0; b < size; b++) {
              sum += load<f32>(q) * load<f32>(w);
              q += step;
              w += step;
            }
            p += line;
          }
          store<f32>(at(row, u * channels + c), sum);
        }
      }
    }
  }
}

// The filter turned by 180 degrees, which turns the gradient of the output into that of the input.
export function turnFilter(filter: usize, turned: usize, size: i32, channels: i32): void {
  const taps = size * size;
  for (let tap = 0; tap < taps; tap++) {
    memory.copy(at(turned, (taps - 1 - tap) * channels), at(filter, tap * channels), (<usize>channels) << 2);
  }
}

// Gradient of the filter.
// dw [size, size, channels]
export function depthwiseBackFilter(
  x: usize, dy: usize, dw: usize, batch: i32, height: i32, width: i32, channels: i32, size: i32,
): void {
  const pad = (size - 1) / 2;
  const step = (<usize>channels) << 2;
  clear(dw, size * size * channels);
  for (let n = 0; n < batch; n++) {
    for (let a = 0; a < size; a++) {
      const top = max(0, pad - a), bottom = min(height, height + pad - a);
      for (let b = 0; b < size; b++) {
        const left = max(0, pad - b), right = min(width, width + pad - b);
        if (bottom <= top || right <= left) continue;
        const target = at(dw, (a * size + b) * channels);
        let c = 0;
        for (; c + 4 <= channels; c += 4) {
          let even = v128.load(at(target, c)), odd = f32x4.splat(0);
          for (let v = top; v < bottom; v++) {
            let p = at(x, ((n * height + v + a - pad) * width + left + b - pad) * channels + c);
            let q = at(dy, ((n * height + v) * width + left) * channels + c);
            let u = left;
            for (; u + 2 <= right; u += 2) {
              even = madd(even, v128.load(p), v128.load(q));
              odd = madd(odd, v128.load(p + step), v128.load(q + step));
              p += 2 * step;
              q += 2 * step;
            }
            if (u < right) even = madd(even, v128.load(p), v128.load(q));
          }
          v128.store(at(target, c), f32x4.add(even, odd));
        }
        for (; c < channels; c++) {
          let sum = load<f32>(at(target, c));
          for (let v = top; v < bottom; v++) {
            let p = at(x, ((n * height + v + a - pad) * width + left + b - pad) * channels + c);
            let q = at(dy, ((n * height + v) * width + left) * channels + c);
            for (let u = left; u < right; u++) {
              sum += load<f32>(p) * load<f32>(q);
              p += step;
              q += step;
            }
          }
          store<f32>(at(target, c), sum);
        }
      }
    }
  }
}
