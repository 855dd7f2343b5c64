import { expect, test } from 'vitest';
import { totalImages } from '../../../src/core/search/budget.ts';
import { secondsLeft } from '../../../src/app/model/time-left.ts';
import type { RunView } from '../../../src/core/run-file/view.ts';
import { sampleRun } from '../../support/sample-run.ts';

const sample: RunView = { ...sampleRun(), finished: null, seconds: 100 };

test('the time left counts the last generation by the work of the networks it trains', () => {
  const recipe = { ...sample.recipe, imagesFinal: 50_000, maxSeconds: 0 };
  const left = (factor: number) => {
    const front = new Set(sample.front);
    const networks = [...sample.networks].map(([id, network]) => {
      const work = front.has(id) ? factor * 1e6 : 1e6;
      return [id, { ...network, objectives: { ...network.objectives, multiplyAdds: work } }] as const;
    });
    return secondsLeft({ ...sample, recipe, generation: 1, networks: new Map(networks) })!;
  };
  const byImages = (totalImages(recipe) / sample.imagesSeen - 1) * sample.seconds;
  expect(left(1) / byImages).toBeCloseTo(1, 2);
  expect(left(10)).toBeGreaterThan(left(1));
});

test('a limit in seconds is never passed, and what has not begun or is over has no time left', () => {
  const recipe = { ...sample.recipe, imagesFinal: 1e7, maxSeconds: 130 };
  expect(secondsLeft({ ...sample, recipe, generation: 1 })).toBe(30);
  expect(secondsLeft({ ...sample, recipe, generation: 0 })).toBeNull();
  expect(secondsLeft({ ...sample, recipe, generation: 1, finished: 'budget' })).toBeNull();
});
