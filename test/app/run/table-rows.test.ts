import { expect, test } from 'vitest';
import { bestByWeights, kneeOf } from '../../../src/app/run/choose.ts';
import { csvOf, rowsOf, type Listing } from '../../../src/app/run/table-rows.ts';
import { seriesOf } from '../../../src/app/run/hypervolume-series.ts';
import type { NetworkView, RunView } from '../../../src/core/run-file/view.ts';
import { sampleRun } from '../../support/sample-run.ts';

const view = sampleRun();
const listing: Listing = {
  filter: 'evaluated',
  sort: 'error',
  descending: false,
  brushes: {},
  pair: ['parameters', 'error'],
};

test('rows are sorted both ways and filtered', () => {
  const errors = rowsOf(view, listing).map(({ network }) => network.objectives.error ?? Infinity);
  expect(errors).toEqual(errors.toSorted((a, b) => a - b));
  const down = rowsOf(view, { ...listing, sort: 'parameters', descending: true });
  const sizes = down.map(({ network }) => network.objectives.parameters!);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  const front = rowsOf(view, { ...listing, filter: 'front' });
  expect(front.map(({ network }) => network.id).sort()).toEqual([...view.front].sort());
});

test('a brush keeps what lies in its range', () => {
  const kept = rowsOf(view, { ...listing, brushes: { parameters: [0, 5000] } });
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(rowsOf(view, listing).length);
  for (const { network } of kept) expect(network.objectives.parameters!).toBeLessThanOrEqual(5000);
});

test('the CSV has one line a row and its values unrounded', () => {
  const rows = rowsOf(view, { ...listing, filter: 'front' });
  const lines = csvOf(rows, ['error', 'parameters']).split('\n');
  expect(lines).toHaveLength(rows.length + 1);
  expect(lines[1]).toContain(String(rows[0]!.network.objectives.error));
});

function frontView(points: readonly (readonly [parameters: number, error: number])[]): RunView {
  const template = view.networks.get(view.front[0]!)!;
  const networks = points.map(([parameters, error], index): [number, NetworkView] => [
    index + 1,
    { ...template, id: index + 1, onFront: true, objectives: { parameters, error } },
  ]);
  return { ...view, networks: new Map(networks), front: networks.map(([id]) => id) };
}

test('the knee is the corner of an angular front, and a straight one has none', () => {
  const corner = frontView([
    [10, 0.5],
    [100, 0.1],
    [1000, 0.09],
  ]);
  expect(kneeOf(corner, 'parameters', 'error')?.id).toBe(2);
  expect(
    kneeOf(
      frontView([
        [10, 0.5],
        [100, 0.3],
        [1000, 0.1],
      ]),
      'parameters',
      'error',
    ),
  ).toBeNull();
});

test('all weight on one objective gives its best member', () => {
  const corner = frontView([
    [10, 0.5],
    [100, 0.1],
    [1000, 0.09],
  ]);
  expect(bestByWeights(corner, ['error', 'parameters'], { error: 1, parameters: 0 })?.id).toBe(3);
  expect(bestByWeights(corner, ['error', 'parameters'], { error: 0, parameters: 1 })?.id).toBe(1);
  expect(bestByWeights(corner, ['error', 'parameters'], {})?.id).toBe(2);
});

test('hypervolume over networks ends with all trained ones and never falls', () => {
  const points = seriesOf(view, 'networks');
  expect(points.at(-1)!.x).toBeLessThanOrEqual(view.trainedCount);
  for (let i = 1; i < points.length; i++) {
    expect(points[i]!.x).toBeGreaterThanOrEqual(points[i - 1]!.x);
    expect(points[i]!.hypervolume).toBeGreaterThanOrEqual(points[i - 1]!.hypervolume);
  }
});
