import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hypervolumeContributions } from '../../../src/core/metrics/contribution.ts';
import {
  hypervolume,
  hypervolumeShare,
  normalisedHypervolume,
} from '../../../src/core/metrics/hypervolume.ts';
import type { Vector } from '../../../src/core/search/dominance.ts';
import type { Bound } from '../../../src/core/search/events.ts';

/** Inclusion and exclusion over all subsets: 2^n terms, nothing shared with the sweeps. */
function bruteForce(points: readonly Vector[], reference: Vector): number {
  let volume = 0;
  for (let subset = 1; subset < 1 << points.length; subset++) {
    const members = points.filter((_, i) => subset & (1 << i));
    const corner = reference.map((_, axis) => Math.max(...members.map((point) => point[axis]!)));
    const box = corner.reduce((product, value, i) => product * Math.max(0, reference[i]! - value), 1);
    volume += members.length % 2 === 1 ? box : -box;
  }
  return volume;
}

/** A coarse grid makes ties and repeated points common; some lie beyond the reference. */
const pointsOf = (objectives: number) =>
  fc.array(
    fc.array(
      fc.integer({ min: 0, max: 12 }).map((i) => i / 10),
      { minLength: objectives, maxLength: objectives },
    ),
    { maxLength: 8 },
  );

const referenceOf = (objectives: number) => Array.from({ length: objectives }, () => 1.1);

describe('hypervolume', () => {
  it.each([1, 2, 3, 4, 5])('is the brute-force volume in %i objectives', (objectives) => {
    fc.assert(
      fc.property(pointsOf(objectives), (points) => {
        const reference = referenceOf(objectives);
        expect(hypervolume(points, reference)).toBeCloseTo(bruteForce(points, reference), 10);
      }),
      { numRuns: 200 },
    );
  });

  it('has the closed form of a linear front: (n - 1) / 2n', () => {
    const n = 1000;
    const points = Array.from({ length: n + 1 }, (_, i) => [i / n, 1 - i / n]);
    expect(hypervolume(points, [1, 1])).toBeCloseTo((n - 1) / (2 * n), 10);
  });

  it('has the closed form of the plane x + y + z = 1 on a grid, and of its copy in four objectives', () => {
    const n = 12;
    const points: number[][] = [];
    for (let i = 0; i <= n; i++)
      for (let j = 0; i + j <= n; j++) points.push([i / n, j / n, (n - i - j) / n]);
    // Unit cells above the plane: those whose best corner (a, b, c) has a + b + c >= n.
    let cells = 0;
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) for (let c = 0; c < n; c++) if (a + b + c >= n) cells++;
    expect(hypervolume(points, [1, 1, 1])).toBeCloseTo(cells / n ** 3, 10);
    const copies = points.map((point) => [...point, 0.25]);
    expect(hypervolume(copies, [1, 1, 1, 1])).toBeCloseTo((0.75 * cells) / n ** 3, 10);
  });

  it.each([2, 3, 4])('never falls over an archive, in %i objectives', (objectives) => {
    fc.assert(
      fc.property(pointsOf(objectives), (points) => {
        const reference = referenceOf(objectives);
        const volumes = points.map((_, n) => hypervolume(points.slice(0, n + 1), reference));
        volumes.slice(1).forEach((value, i) => expect(value).toBeGreaterThanOrEqual(volumes[i]! - 1e-12));
      }),
    );
  });
});

describe('the number on the page', () => {
  const bounds: readonly Bound[] = [
    { objective: 'error', low: 0, high: 0.9, scale: 'linear' },
    { objective: 'parameters', low: 100, high: 100_000, scale: 'log' },
  ];

  it('is the share of the box up to 1.1: all of it for the ideal network, none for none', () => {
    expect(hypervolumeShare([{ error: 0, parameters: 100 }], bounds)).toBeCloseTo(1, 12);
    expect(hypervolumeShare([], bounds)).toBe(0);
  });

  it('is the normalised hypervolume over 1.1 to the number of objectives', () => {
    const networks = [{ error: 0.45, parameters: 10 ** 3.5 }];
    expect(normalisedHypervolume(networks, bounds)).toBeCloseTo(0.6 * 0.6, 12);
    expect(hypervolumeShare(networks, bounds)).toBeCloseTo((0.6 * 0.6) / 1.21, 12);
  });

  it('still counts a network at the worst end of an axis, and never exceeds 1 beyond the best', () => {
    expect(hypervolumeShare([{ error: 0.9, parameters: 1000 }], bounds)).toBeGreaterThan(0);
    expect(hypervolumeShare([{ error: 0, parameters: 1 }], bounds)).toBeCloseTo(1, 12);
  });
});

describe('contributions', () => {
  it('are what is lost without the point', () => {
    fc.assert(
      fc.property(pointsOf(3), (points) => {
        const reference = referenceOf(3);
        hypervolumeContributions(points, reference).forEach((value, i) => {
          const lost = bruteForce(points, reference) - bruteForce(points.toSpliced(i, 1), reference);
          expect(value).toBeCloseTo(lost, 10);
        });
      }),
      { numRuns: 50 },
    );
  });
});
