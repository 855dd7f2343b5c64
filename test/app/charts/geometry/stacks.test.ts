import { expect, test } from 'vitest';
import { nextOf, stacksOf } from '../../../../src/app/charts/geometry/stacks.ts';
import type { PlotPoint } from '../../../../src/app/charts/geometry/trade-off.ts';

const point = (id: number, x: number, y: number, role: PlotPoint['role'] = 'front'): PlotPoint => ({
  ...{ id, x, y, role, above: false, useless: false },
});
const points = [
  point(1, 10, 10),
  point(2, 50, 50),
  point(3, 10.1, 10, 'dominated'),
  point(4, 10, 9.9, 'dominated'),
  point(5, 50, 50, 'training'),
  point(6, 12, 10, 'dominated'),
];

test('marks at one place are a stack, the one seen first; what has no height yet is in none', () => {
  const stacks = stacksOf(points);
  expect(stacks.get(3)!.map(({ id }) => id)).toEqual([1, 3, 4]);
  expect([...stacks.keys()].sort()).toEqual([1, 3, 4]);
});

test('selecting again goes through a stack and around, and elsewhere selects what is there', () => {
  const stacks = stacksOf(points);
  const clicks: (number | null)[] = [null];
  for (let i = 0; i < 4; i++) clicks.push(nextOf(stacks, 1, clicks.at(-1)!));
  expect(clicks.slice(1)).toEqual([1, 3, 4, 1]);
  expect(nextOf(stacks, 2, 1)).toBe(2);
  expect(nextOf(stacks, 2, 2)).toBe(2);
});
