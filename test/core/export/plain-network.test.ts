import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBlock, isCellNetwork } from '../../../src/core/architecture/graph.ts';
import type { Architecture } from '../../../src/core/architecture/types.ts';
import { exportedHeads } from '../../../src/core/export/per-head.ts';
import { plainAnswer } from '../../../src/core/export/plain-answer.ts';
import { plainNetwork } from '../../../src/core/export/plain-network.ts';
import { type ExportedNetwork, tensorsByNode } from '../../../src/core/export/portable.ts';
import { cellStartingNetworks } from '../../../src/core/morphisms/cells.ts';
import { architectures, randomWeights } from '../../support/architectures.ts';
import { everyKind, exported, randomPixels, referenceProbabilities, secondHead } from './sample.ts';

const preparation = { steps: [{ do: 'rgb' }], levels: 256 } as const;

/** Largest difference of probabilities between the plain loops and the scalar oracle, over `count` images. */
function difference(
  network: ExportedNetwork,
  expected: readonly (readonly number[])[],
  pixels: Float32Array,
) {
  const plain = plainNetwork({ ...network, preparation });
  const bytes = Buffer.from(plain.weights, 'base64');
  const weights = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  const each = pixels.length / expected.length;
  return Math.max(
    ...expected.flatMap((row, n) => {
      const answer = plainAnswer(plain, weights, pixels.subarray(n * each, (n + 1) * each));
      return row.map((value, c) => Math.abs(value - answer[c]!));
    }),
  );
}

/** The same against the reference of each head. */
function worstOf(network: ExportedNetwork, count: number): number {
  const pixels = randomPixels(network.architecture, count);
  const second = { ...secondHead, preparation, ...statisticsFor(network.architecture, 0.1) };
  return Math.max(
    ...exportedHeads(network, second).map((head, task) =>
      difference(
        head,
        referenceProbabilities({ ...network, ...(task === 1 && second) }, pixels, task),
        pixels,
      ),
    ),
  );
}

function statisticsFor({ nodes: [input] }: Architecture, mean: number) {
  const channels = input?.kind === 'input' ? input.channels : 0;
  return { mean: Array<number>(channels).fill(mean), deviation: Array<number>(channels).fill(0.3) };
}

const networkOf = (architecture: Architecture, seed: number): ExportedNetwork => ({
  ...{ name: 'random', architecture, weights: randomWeights(architecture, seed), classes: ['a', 'b', 'c'] },
  ...statisticsFor(architecture, 0.4),
});

describe('a network in plain loops', () => {
  test('answers as the scalar reference does: every kind of node, both heads', () => {
    expect(worstOf(exported(everyKind()), 3)).toBeLessThan(2e-6);
    expect(worstOf(exported(everyKind(2)), 2)).toBeLessThan(2e-6);
  });

  test('answers as the scalar reference does: 120 random networks', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(architectures(), fc.nat(1000), (architecture, seed) => {
        for (const { kind } of architecture.nodes) kinds.add(kind);
        expect(worstOf(networkOf(architecture, seed), 2)).toBeLessThan(5e-6);
      }),
      { numRuns: 120, seed: 7 },
    );
    expect(kinds).toEqual(new Set(['input', 'conv', 'sepConv', 'maxPool', 'add', 'concat', 'head']));
  });

  test('answers as the scalar reference does: networks of cells', () => {
    const stacked = cellStartingNetworks({ height: 12, width: 12, channels: 1 }, 10);
    expect(stacked.length).toBeGreaterThan(0);
    for (const architecture of stacked) {
      expect(isCellNetwork(architecture)).toBe(true);
      expect(worstOf(networkOf(architecture, 3), 1)).toBeLessThan(5e-6);
    }
  });

  test('leaves out what an addition does not let through', () => {
    const network = exported(everyKind());
    const changed = { ...network, weights: network.weights.slice() };
    const lambda = [...tensorsByNode(changed).values()].find((tensors) => tensors.has('lambda'))!;
    lambda.get('lambda')!.values[0] = -0.2;
    const kinds = plainNetwork({ ...changed, preparation }).nodes.map(({ kind }) => kind);
    expect(kinds).not.toContain('add');
    expect(kinds.filter((kind) => kind === 'sepConv')).toHaveLength(1);
    expect(
      everyKind()
        .nodes.filter(isBlock)
        .filter(({ kind }) => kind === 'sepConv'),
    ).toHaveLength(2);
    expect(worstOf(changed, 2)).toBeLessThan(2e-6);
  });

  test('is refused where pictures cannot be prepared or normalised', () => {
    expect(() => plainNetwork(exported(everyKind()))).toThrow(/preparation/);
    expect(() => plainNetwork({ ...exported(everyKind()), preparation, mean: [] })).toThrow(/mean/);
    expect(() => plainNetwork({ ...exported(everyKind(2)), preparation })).toThrow(/two heads/);
  });
});
