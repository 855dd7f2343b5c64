import { createEngine } from '../../src/engine/device.ts';
import type { BackendKind, Engine } from '../../src/engine/engine.ts';
import type { Architecture, InputNode } from '../../src/core/architecture/types.ts';
import { seeded } from '../../src/core/random.ts';
import type { ImageSet } from '../../src/datasets/types.ts';

/** The engine on exactly this backend: as the site takes it, or the portable one. */
export async function startEngine(kind: BackendKind, trainer?: 'portable'): Promise<Engine> {
  const made = await createEngine(kind, trainer ? { trainer } : {});
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  if (made.value.report.kind !== kind) throw new Error(JSON.stringify(made.value.report.passedOver));
  return made.value;
}

/** Random images of the size that `architecture` takes; the label is decided by the mean of the image. */
export function imagesFor(
  architecture: Architecture,
  count: number,
  classes: number,
  seed: number,
): ImageSet {
  const random = seeded(`images/${seed}`);
  const { height, width, channels } = architecture.nodes[0] as InputNode;
  const size = height * width * channels;
  const images = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  for (let n = 0; n < count; n++) {
    labels[n] = n % classes;
    const base = (200 * labels[n]!) / classes;
    for (let i = 0; i < size; i++) images[n * size + i] = base + random.integer(56);
  }
  const mean = Array.from({ length: channels }, () => 0.4);
  const deviation = Array.from({ length: channels }, () => 0.25);
  return { height, width, channels, classes, count, images, labels, mean, deviation };
}

/** Largest difference, relative to the largest expected magnitude. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  let [worst, largest] = [0, 1e-6];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(found[i]! - expected[i]!);
    worst = Number.isNaN(difference) ? Infinity : Math.max(worst, difference);
    largest = Math.max(largest, Math.abs(expected[i]!));
  }
  return worst / largest;
}
