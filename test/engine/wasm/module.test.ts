import { expect, test } from 'vitest';
import { compileWasmKernels, wasmKernelsModule } from '../../../scripts/wasm-kernels.ts';
import { kernelsBinary } from '../../../src/engine/wasm/kernels-binary.ts';

const committed = Uint8Array.from(Buffer.from(kernelsBinary, 'base64'));

test('the committed module is what kernels/*.as compile to', { timeout: 60_000 }, async () => {
  const compiled = await compileWasmKernels();
  expect(Buffer.from(compiled).equals(Buffer.from(committed))).toBe(true);
  expect(wasmKernelsModule.source(compiled)).toContain(kernelsBinary);
});

/** Numbers of the sections of a WebAssembly module. */
function sections(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 8; at < bytes.length;) {
    found.push(bytes[at++]!);
    let [size, shift, byte] = [0, 0, 0];
    do {
      byte = bytes[at++]!;
      size |= (byte & 127) << shift;
      shift += 7;
    } while (byte & 128);
    at += size;
  }
  return found;
}

test('it takes the memory that it is given and keeps nothing of its own in it', () => {
  expect(WebAssembly.Module.imports(new WebAssembly.Module(committed))).toEqual([
    { module: 'env', name: 'memory', kind: 'memory' },
  ]);
  const [memory, global, start, data] = [5, 6, 8, 11];
  for (const section of [memory, global, start, data]) expect(sections(committed)).not.toContain(section);
});
