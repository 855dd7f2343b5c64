import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areaPath,
  levelAt,
  mixSteps,
  nonDominated,
  stairPath,
  stairSteps,
  type Box,
  type Step,
} from '../../../../src/app/charts/geometry/stairs.ts';

const box: Box = { left: 0, right: 100, top: 0, bottom: 100 };
const point = fc.record({ x: fc.integer({ min: -20, max: 120 }), y: fc.integer({ min: -20, max: 120 }) });
const points = fc.array(point, { maxLength: 40 });

/** Area above a staircase in the box, by its definition: unit columns, best level of the points left of it. */
function slowArea(all: readonly Step[]): number {
  let area = 0;
  for (let column = 0; column < 100; column++) {
    const levels = all.filter((p) => p.x <= column).map((p) => Math.min(100, Math.max(0, p.y)));
    area += Math.max(0, ...levels);
  }
  return area;
}

/** Shoelace area of an `M x y V H V Z` path. */
function pathArea(path: string): number {
  let [x, y] = [0, 0];
  const corners: [number, number][] = [];
  for (const [, command, rest] of path.matchAll(/([MVH])([^MVHZ]*)/g)) {
    if (command === 'M') [x, y] = rest!.split(' ').map(Number) as [number, number];
    else if (command === 'V') y = Number(rest);
    else x = Number(rest);
    corners.push([x, y]);
  }
  return Math.abs(
    corners.reduce((sum, [ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length]!;
      return sum + (ax * by - bx * ay) / 2;
    }, 0),
  );
}

describe('nonDominated', () => {
  it('keeps exactly the values that no other one beats', () => {
    fc.assert(
      fc.property(points, (all) => {
        const front = nonDominated(all);
        const beats = (a: Step, b: Step) => a.x <= b.x && a.y <= b.y && (a.x < b.x || a.y < b.y);
        const expected = all.filter((p) => !all.some((other) => beats(other, p)));
        const key = (list: readonly Step[]) => [...new Set(list.map((p) => `${p.x},${p.y}`))].sort();
        expect(key(front)).toEqual(key(expected));
      }),
    );
  });
});

describe('stairSteps', () => {
  it('encloses exactly the attained area', () => {
    fc.assert(
      fc.property(points, (all) => {
        // On the screen a larger y is the better one.
        const steps = stairSteps(all, box);
        expect(pathArea(areaPath(steps, box))).toBeCloseTo(slowArea(all), 6);
      }),
    );
  });

  it('goes right and down only, and leaves through the top and the right edge', () => {
    fc.assert(
      fc.property(points, (all) => {
        const steps = stairSteps(all, box);
        for (let i = 1; i < steps.length; i++) {
          expect(steps[i]!.x).toBeGreaterThan(steps[i - 1]!.x);
          expect(steps[i]!.y).toBeGreaterThan(steps[i - 1]!.y);
        }
        if (steps.length > 0) {
          expect(stairPath(steps, box)).toMatch(new RegExp(`^M${steps[0]!.x} 0V.*H100$`));
        }
      }),
    );
  });
});

describe('mixSteps', () => {
  it('interpolates the level at every x', () => {
    fc.assert(
      fc.property(points, points, fc.double({ min: 0, max: 0.99, noNaN: true }), (a, b, share) => {
        const [from, to] = [stairSteps(a, box), stairSteps(b, box)];
        fc.pre(from.length > 0);
        const mixed = mixSteps(from, to, share, box);
        for (let x = 0; x <= 100; x += 7) {
          const expected = levelAt(from, x, box) * (1 - share) + levelAt(to, x, box) * share;
          expect(levelAt(mixed, x, box)).toBeCloseTo(expected, 6);
        }
      }),
    );
  });

  it('ends at the new staircase', () => {
    const [from, to] = [stairSteps([{ x: 10, y: 20 }], box), stairSteps([{ x: 5, y: 50 }], box)];
    expect(mixSteps(from, to, 1, box)).toEqual(to);
  });
});
