// What the kernels of this folder share. AssemblyScript with 128-bit SIMD, compiled into one module (npm run build:wasm
// writes kernels-binary.ts). Every argument named as a tensor is a byte address of float32 numbers in the memory that the
// module is given; it has no static data, no allocation and no stack there (test/engine/wasm-module.test.ts). All sums
// run in a fixed order, so results repeat bit for bit, on every machine and in every browser.

// @ts-ignore: decorator
@inline export function at(base: usize, index: i32): usize {
  return base + ((<usize>index) << 2);
}

// @ts-ignore: decorator
@inline export function madd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

// @ts-ignore: decorator
@inline export function clear(target: usize, count: i32): void {
  memory.fill(target, 0, (<usize>count) << 2);
}

// The first `lanes` numbers, 1 to 4.
// @ts-ignore: decorator
@inline export function storeLanes(target: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) v128.store(target, value);
  else if (lanes == 3) {
    v128.store64_lane(target, value, 0);
    v128.store32_lane(target, value, 2, 8);
  } else if (lanes == 2) v128.store64_lane(target, value, 0);
  else v128.store32_lane(target, value, 0);
}
