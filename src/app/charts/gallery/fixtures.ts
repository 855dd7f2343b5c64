/** Synthetic inputs of the gallery that are no part of a run; nothing here was measured. */
import { sampleRun } from '../../../../test/support/sample-run.ts';
import { seeded } from '../../../core/random.ts';
import type { RunView } from '../../../core/run-file/view.ts';
import type { HypervolumeSeries } from '../props.ts';

const imagesPerGeneration = 60_000;

/** Hypervolume over images seen. */
export function seriesOf(own: readonly RunView[], baseline: readonly RunView[]): HypervolumeSeries[] {
  const runs = (views: readonly RunView[], share: number) =>
    views.map((view) => ({
      points: view.generations.flatMap(({ generation, outcome }) =>
        outcome ? [{ x: generation * imagesPerGeneration, hypervolume: outcome.hypervolume * share }] : [],
      ),
    }));
  return [
    { label: 'LEMONADE', role: 'own', runs: runs(own, 1) },
    { label: 'random search', role: 'baseline', runs: runs(baseline, 0.95) },
  ];
}

/** Five synthetic seeds of each. */
export function averages(): HypervolumeSeries[] {
  const runs = (first: number, share: number) =>
    [0, 1, 2, 3, 4].map((i) => ({
      points: sampleRun({ seed: first + i, generations: 10, training: 0, proposals: 30 }).generations.flatMap(
        ({ generation, outcome }) =>
          outcome ? [{ x: 4 + generation * 5, hypervolume: outcome.hypervolume * share }] : [],
      ),
    }));
  return [
    { label: 'LEMONADE', role: 'own', runs: runs(100, 1) },
    { label: 'random search', role: 'baseline', runs: runs(200, 0.9) },
  ];
}

export const confusionNames = [
  'T-shirt',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

export function confusionCounts(): number[][] {
  const random = seeded('confusion');
  return confusionNames.map((_, i) =>
    confusionNames.map((_, j) => {
      if (i === j) return 80 + random.integer(18);
      const alike = (i % 2 === 0 && j % 2 === 0 && i < 7 && j < 7) || (i > 4 && j > 4 && (i + j) % 2 === 0);
      return random.next() < 0.55 ? 0 : random.integer(alike ? 12 : 3);
    }),
  );
}
