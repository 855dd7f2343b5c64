/** A graphics adapter as the page may see it. */
export interface Adapter {
  readonly name: string;
  /** A GPU emulated on the processor: slower than wasm on the same processor. */
  readonly software: boolean;
}

const emulators = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|fallback/i;

export const isSoftwareName = (name: string): boolean => emulators.test(name);

/** The WebGPU adapter, or null where there is none. */
export async function webgpuAdapter(): Promise<Adapter | null> {
  const gpu = (globalThis.navigator as Navigator | undefined)?.gpu;
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  return describeAdapter(adapter.info);
}

export function describeAdapter(info: GPUAdapterInfo): Adapter {
  const { vendor, architecture, device, description } = info;
  const name =
    [...new Set([vendor, architecture, device, description])].filter(Boolean).join(' ') || 'unnamed';
  const isFallback = (info as { readonly isFallbackAdapter?: boolean }).isFallbackAdapter === true;
  return { name, software: isFallback || isSoftwareName(name) };
}

/** The WebGL 2 renderer, or null where a worker cannot have one. */
export function webglAdapter(): Adapter | null {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return null;
  const unmasked = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(unmasked ? unmasked.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return { name, software: isSoftwareName(name) };
}
