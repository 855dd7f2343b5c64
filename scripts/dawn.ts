import { create, globals } from 'webgpu';

/**
 * WebGPU in this Node process, as `navigator.gpu`: the npm package `webgpu` (Dawn, what Chromium's WebGPU is made of).
 * Needs a Vulkan, Metal or D3D12 driver, and libvulkan on Linux.
 */
export function installDawn(): void {
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu: create(['disable-dawn-features=timestamp_quantization']), userAgent: 'node' },
    configurable: true,
  });
}
