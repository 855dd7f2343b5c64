import { describe, expect, it } from 'vitest';
import { against, type MeasuredRun } from '../../../src/core/compare/against.ts';
import {
  frontFrom,
  measuresOf,
  networksToTest,
  validationErrors,
  type MeasureKey,
} from '../../../src/core/compare/measures.ts';
import { forwardEquivalentsOf } from '../../../src/core/compare/work.ts';
import { infer } from '../../../src/core/metrics/inference.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import type { NetworkView, RunView } from '../../../src/core/run-file/view.ts';
import type { Bound } from '../../../src/core/search/events.ts';
import { driveNetworks } from '../../support/network-search.ts';

const bounds: readonly Bound[] = [
  { objective: 'error', low: 0, high: 0.9, scale: 'linear' },
  { objective: 'parameters', low: 300, high: 100_000, scale: 'log' },
];

/** A finished run of evaluated networks, numbered from 1, and the ids of its front. */
function runWith(
  points: readonly (readonly [parameters: number, error: number])[],
  front: readonly number[],
) {
  const networks = points.map(([parameters, error], index) => ({
    id: index + 1,
    status: 'evaluated',
    objectives: { parameters, error },
  }));
  const view: unknown = { bounds, front, networks: new Map(networks.map((one) => [one.id, one])) };
  return view as RunView;
}

const ids = (networks: readonly NetworkView[]) => networks.map(({ id }) => id).sort((a, b) => a - b);

/** Area of one corner in the box [low, high] x chance, up to 1.1 on both axes, as a share. */
const corner = (parameters: number, error: number, low: number) =>
  ((1.1 - Math.log(parameters / low) / Math.log(100_000 / low)) * (1.1 - error / 0.9)) / 1.21;

// 500 dominates 1,500, which nothing from 1,000 parameters on does.
const view = runWith(
  [
    [500, 0.2],
    [1500, 0.3],
    [4000, 0.1],
    [6000, 0.15],
  ],
  [1, 3],
);

describe('the front from a floor of parameters', () => {
  it('holds what only smaller networks dominate', () => {
    expect(ids(frontFrom(view, 0))).toEqual([1, 3]);
    expect(ids(frontFrom(view, 1000))).toEqual([2, 3]);
    expect(ids(frontFrom(view, 3000))).toEqual([3]);
    expect(ids(frontFrom(view, 5000))).toEqual([4]);
    expect(ids(networksToTest(view))).toEqual([1, 2, 3]);
  });

  it("is the search's own where no network is below the floor", () => {
    const real = viewOf(driveNetworks({ generations: 3, proposals: 8, accepted: 3 }).events)!;
    expect(ids(frontFrom(real, 1))).toEqual([...real.front].sort((a, b) => a - b));
  });
});

describe('the measures of a run', () => {
  it('are areas in the box that begins at the floor, and errors at a size', () => {
    const found = measuresOf(view, bounds, validationErrors(view));
    expect(found['hypervolume-3000']).toBeCloseTo(corner(4000, 0.1, 3000), 12);
    const [wide, high] = [corner(1500, 0.3, 1000), corner(4000, 0.1, 1000)];
    expect(found['hypervolume-1000']).toBeCloseTo(wide + high - corner(4000, 0.3, 1000), 12);
    expect(found.hypervolume).toBeCloseTo(
      corner(500, 0.2, 300) + corner(4000, 0.1, 300) - corner(4000, 0.2, 300),
      12,
    );
    expect(found).toMatchObject({ 'error-1000': 0.2, 'error-3000': 0.2, 'error-10000': 0.1, error: 0.1 });
  });

  it('choose by validation error, whatever the test errors are', () => {
    const tested = new Map([
      [1, 0.05],
      [2, 0.3],
      [3, 0.4],
    ]);
    const found = measuresOf(view, bounds, tested);
    expect(found).toMatchObject({ 'error-1000': 0.05, 'error-10000': 0.4, error: 0.4 });
    expect(found['hypervolume-3000']).toBeCloseTo(corner(4000, 0.4, 3000), 12);
  });

  it('are chance where no network is small enough, and nothing where none is large enough', () => {
    const large = runWith([[4000, 0.1]], [1]);
    expect(measuresOf(large, bounds, validationErrors(large))).toMatchObject({ 'error-3000': 0.9 });
    const small = runWith([[500, 0.1]], [1]);
    expect(measuresOf(small, bounds, validationErrors(small))).toMatchObject({ 'hypervolume-1000': 0 });
  });

  it('are not known where an error that they need is missing, unless a part is all there is', () => {
    const tested = new Map([
      [1, 0.2],
      [3, 0.1],
    ]);
    const found = measuresOf(view, bounds, tested);
    expect(found['hypervolume-1000']).toBeNull();
    expect(found.hypervolume).not.toBeNull();
    const part = measuresOf(view, bounds, new Map([[3, 0.1]]), true);
    expect(part['hypervolume-1000']).toBeCloseTo(corner(4000, 0.1, 1000), 12);
    expect(part).toMatchObject({ 'error-1000': 0.9, error: 0.1 });
    const third: readonly Bound[] = [...bounds, { ...bounds[0]!, objective: 'secondError' }];
    expect(Object.values(measuresOf(view, third, tested))).toEqual(Object.values(found).map(() => null));
  });
});

describe('the first search against the others', () => {
  const run = (label: string, seed: number, value: number | null): MeasuredRun => {
    const values = { hypervolume: value } as Record<MeasureKey, number | null>;
    return {
      label,
      seed,
      images: 0,
      forwardEquivalents: 0,
      values: { validation: values, test: values, retrained: values },
    };
  };
  const one = [
    run('a', 1, 5),
    run('a', 2, 7),
    run('a', 3, 6),
    run('b', 2, 6),
    run('b', 1, 3),
    run('c', 1, 1),
  ];
  const two = [
    run('a', 1, 1),
    run('a', 2, 2),
    run('a', 3, 9),
    run('b', 1, 0),
    run('b', 2, 3),
    run('b', 3, 0),
  ];
  const valueOf = ({ values }: MeasuredRun) => values.test.hypervolume;

  it('is compared over the seeds that both have; a single pair shows nothing', () => {
    const found = against([one], 'a', valueOf);
    expect(found.map(({ opponent }) => opponent)).toEqual(['b']);
    expect(found[0]!.inference).toEqual(infer([2, 1]));
    expect(against([[...one, run('b', 3, null)]], 'a', valueOf)).toEqual(found);
  });

  it('is pooled over data sets seed by seed, of the seeds that every data set has', () => {
    expect(against([one, two], 'a', valueOf)[0]!.inference).toEqual(infer([(2 + 1) / 2, (1 - 1) / 2]));
  });

  it("is corrected for the number of opponents (Holm's smallest p is multiplied by it)", () => {
    const many = [...two, run('d', 1, 0), run('d', 2, 1.1), run('d', 3, 8)];
    const [b, d] = against([many], 'a', valueOf);
    expect(d!.inference.p).toBeLessThan(b!.inference.p);
    expect(d!.holm).toBeCloseTo(2 * d!.inference.p, 12);
    expect(b!.holm).toBeCloseTo(b!.inference.p, 12);
  });
});

it('counts three forward passes an image where a log does not say what its networks cost', () => {
  const { events } = driveNetworks({ generations: 2, proposals: 8, accepted: 3 });
  const { imagesSeen } = viewOf(events)!;
  expect(forwardEquivalentsOf(events)).toBe(3 * imagesSeen);
  const counted = events.map((event) =>
    event.type === 'evaluated' ? { ...event, forwardEquivalents: 7 } : event,
  );
  const evaluated = events.filter(({ type }) => type === 'evaluated').length;
  const failed = {
    type: 'failed',
    network: 1,
    reason: 'diverged',
    seconds: 0,
    images: 5,
  } as const;
  expect(forwardEquivalentsOf([...counted, failed])).toBe(7 * evaluated + 3 * 5);
});
