import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf, crossing, stepAt } from '../../../../src/app/charts/geometry/bands.ts';
import { curveLine, lossRange } from '../../../../src/app/charts/geometry/curve.ts';
import { marginalDensity } from '../../../../src/app/charts/geometry/density.ts';
import { nearest, ringArc, stackDots } from '../../../../src/app/charts/geometry/dodge.ts';
import { passes, parallelAxes, valueAt } from '../../../../src/app/charts/geometry/parallel.ts';
import {
  biggestJumps,
  earlierGenerations,
  timelinePoints,
} from '../../../../src/app/charts/geometry/timeline.ts';
import { sampleRun } from '../../../support/sample-run.ts';

describe('bandOf', () => {
  it('is the step function itself for one run', () => {
    const run = [
      { x: 0, hypervolume: 0.1 },
      { x: 3, hypervolume: 0.4 },
    ];
    expect(bandOf([run]).map((b) => [b.x, b.low, b.middle, b.high])).toEqual([
      [0, 0.1, 0.1, 0.1],
      [3, 0.4, 0.4, 0.4],
    ]);
    expect([stepAt(run, -1), stepAt(run, 2), stepAt(run, 9)]).toEqual([null, 0.1, 0.4]);
  });

  it('spans lowest to highest with the median between', () => {
    const runs = [0.1, 0.5, 0.2].map((h) => [{ x: 0, hypervolume: h }]);
    expect(bandOf(runs)).toEqual([{ x: 0, low: 0.1, middle: 0.2, high: 0.5 }]);
  });

  it('finds the first x that reaches the rival’s last value', () => {
    const band = (values: number[]) => values.map((v, x) => ({ x, low: v, middle: v, high: v }));
    expect(crossing(band([0.1, 0.3, 0.6, 0.7]), band([0.2, 0.5]))?.x).toBe(2);
    expect(crossing(band([0.1]), band([0.5]))).toBeNull();
  });
});

describe('timeline', () => {
  it('chooses the biggest gains, 2.2 generations apart', () => {
    const points = [0, 0.3, 0.55, 0.56, 0.6].map((hypervolume, generation) => ({
      generation,
      hypervolume,
      joined: 1,
    }));
    expect(biggestJumps(points, 4, 2.2).map((jump) => jump.generation)).toEqual([1, 4]);
  });
  it('names at most three earlier generations, the first always', () => {
    expect([0, 1, 2, 12, 30].map(earlierGenerations)).toEqual([[], [0], [0, 1], [0, 4, 8], [0, 10, 20]]);
  });
  it('has a point for each generation that has competed', () => {
    expect(timelinePoints(sampleRun({ generations: 5 })).map((p) => p.generation)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('density', () => {
  it('integrates to one over the decades', () => {
    const record = {
      kind: 'kde',
      objectives: ['parameters'],
      points: [[3], [3.4], [4.8]],
      bandwidths: [0.3],
    } as const;
    const density = marginalDensity(record, 'parameters')!;
    let sum = 0;
    for (let x = 0; x < 9; x += 0.01) sum += density(Math.pow(10, x)) * 0.01;
    expect(sum).toBeCloseTo(1, 6);
    expect(marginalDensity(record, 'error')).toBeNull();
    expect(marginalDensity({ kind: 'uniform', reason: '' }, 'parameters')).toBeNull();
  });
});

describe('dots and rings', () => {
  it('never puts two dots on one place', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 272, noNaN: true }), { maxLength: 100 }), (xs) => {
        const dots = stackDots(xs, 5.6);
        expect(new Set(dots.map((d) => `${d.x},${d.row}`)).size).toBe(xs.length);
        dots.forEach((dot, i) => expect(Math.abs(dot.x - xs[i]!)).toBeLessThanOrEqual(2.8 + 1e-9));
      }),
    );
  });
  it('finds the nearest within reach only', () => {
    const items = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
    ];
    expect(nearest(items, 7, 0, 24)).toBe(items[1]);
    expect(nearest(items, 90, 0, 24)).toBeNull();
  });
  it('draws half a ring for half of the images', () => {
    expect(ringArc(6, 0)).toBe('');
    expect(ringArc(6, 0.5)).toBe('M0 -6A6 6 0 0 1 0.00 6.00');
    expect(ringArc(6, 0.75)).toContain(' 1 1 ');
  });
});

describe('learning curves', () => {
  it('leaves out what is not finite', () => {
    expect(lossRange([[{ images: 1, loss: Number.NaN }]])).toEqual([0, 1]);
    expect(curveLine([{ images: 5, loss: Infinity }], 10, 100, 16)).toBe('');
  });
  it('ends at the right edge when all images are seen', () => {
    const curve = [
      { images: 0, loss: 2 },
      { images: 10, loss: 1 },
    ];
    expect(curveLine(curve, 10, 100, 16)).toBe('M0.0 2.0L100.0 12.0');
  });
});

describe('parallel axes', () => {
  const view = sampleRun({ objectives: ['error', 'parameters', 'multiplyAdds'] });
  const axes = parallelAxes(view, ['error', 'parameters', 'multiplyAdds'], [0, 200], [40, 300]);
  it('has the better end at the bottom and inverts', () => {
    for (const axis of axes) {
      expect(axis.scale(axis.domain[0])).toBeCloseTo(300, 6);
      expect(valueAt(axis, axis.scale(axis.ticks[1]!), [40, 300])).toBeCloseTo(axis.ticks[1]!, 6);
    }
    expect(axes.map((axis) => axis.x)).toEqual([0, 100, 200]);
  });
  it('keeps what lies inside every brush', () => {
    const network = view.networks.get(view.front[0]!)!;
    const size = network.objectives.parameters!;
    expect(passes(network, {})).toBe(true);
    expect(passes(network, { parameters: [0, size] })).toBe(true);
    expect(passes(network, { parameters: [0, size - 1] })).toBe(false);
  });
});
