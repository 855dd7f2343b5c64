import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEngine } from '../../src/engine/device.ts';
import { architectures } from '../support/architectures.ts';
import { distanceAfter } from './preservation.ts';

const graphs = architectures({ maxSize: 5, maxFilters: 5, maxSteps: 4 });

test(
  'on WebGPU, chains of three morphisms keep the function of random graphs',
  { timeout: 240_000 },
  async (context) => {
    const made = await createEngine('webgpu', { trainer: 'portable' });
    if (!made.ok || made.value.report.kind !== 'webgpu') {
      context.skip('this machine has no WebGPU adapter');
      return;
    }
    let applied = 0;
    for (const [seed, architecture] of fc.sample(graphs, { numRuns: 3, seed: 2 }).entries()) {
      const { distance, chain } = await distanceAfter(made.value, architecture, seed, [
        'deepen',
        'widen',
        'skip',
      ]);
      expect(distance, JSON.stringify(chain)).toBeLessThan(1e-4);
      applied += chain.length;
    }
    expect(applied).toBeGreaterThan(5);
  },
);
