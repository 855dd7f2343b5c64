import { expect, test } from 'vitest';
import { seriesOf } from '../../../src/app/run/hypervolume-series.ts';
import { sampleRun } from '../../support/sample-run.ts';

const view = sampleRun();
const ended = view.generations.filter(({ outcome }) => outcome);
const error = view.bounds.find(({ objective }) => objective === 'error')!;
const parameters = view.bounds.find(({ objective }) => objective === 'parameters')!;
const two = { ...view, bounds: [error, parameters] };

test('in two objectives the curve has a point a network, and never falls', () => {
  const points = seriesOf(two, 'networks');
  expect(points).toHaveLength(ended.flatMap(({ trained }) => trained).length);
  expect(points.map(({ x }) => x)).toEqual(points.map((_, i) => i + 1));
  points.forEach(({ hypervolume }, i) =>
    expect(hypervolume).toBeGreaterThanOrEqual(points[i - 1]?.hypervolume ?? 0),
  );
});

test('in more, and against generations, it has what the log says at the end of each', () => {
  const said = ended.map(({ outcome }) => outcome!.hypervolume);
  const more = {
    ...view,
    bounds: [error, parameters, { ...parameters, objective: 'multiplyAdds' as const }],
  };
  expect(seriesOf(more, 'images').map(({ hypervolume }) => hypervolume)).toEqual(said);
  const points = seriesOf(two, 'generations');
  expect(points.map(({ hypervolume }) => hypervolume)).toEqual(said);
  expect(points.map(({ x }) => x)).toEqual(ended.map(({ generation }) => generation));
});
