import type { Architecture, InputNode } from '../../src/core/architecture/types.ts';
import { seeded } from '../../src/core/random.ts';
import type { ImageSet } from '../../src/datasets/types.ts';
import type { BackendReport } from '../../src/engine/engine.ts';

/** A network under training by some library. */
export interface Trainee {
  /** Makes steps and waits until the device has made them; resolves with the milliseconds of JavaScript in them. */
  run(steps: number): Promise<number>;
  dispose(): void;
}

/**
 * Prepares a network for training; not part of what is timed unless said so. `steps`: of the schedule, for a library that
 * prepares one; more than are ever made by default.
 */
export type Library = (architecture: Architecture, batch: number, steps?: number) => Promise<Trainee>;

const kept = new Map<string, ImageSet>();

/** Random images and labels, the same for the same shape. */
export function benchImages(architecture: Architecture, batch: number): ImageSet {
  const { height, width, channels } = architecture.nodes[0] as InputNode;
  const key = [height, width, channels, batch].join(' ');
  const known = kept.get(key);
  if (known) return known;
  const random = seeded('bench');
  const count = 4 * batch;
  const made: ImageSet = {
    ...{ height, width, channels, classes: 10, count },
    images: Uint8Array.from({ length: count * height * width * channels }, () => random.integer(256)),
    labels: Uint8Array.from({ length: count }, () => random.integer(10)),
    mean: [0.5, 0.5, 0.5].slice(0, channels),
    deviation: [0.25, 0.25, 0.25].slice(0, channels),
  };
  kept.set(key, made);
  return made;
}

/** `software`: compiles only the kernels that a network needs, so that an emulated GPU is not busy with others. */
export const reportOf = (software: boolean): BackendReport => ({
  kind: 'webgpu',
  trainer: 'plan',
  adapter: 'bench',
  software,
  selfTest: { passed: true, maxDifference: 0 },
  passedOver: [],
});
