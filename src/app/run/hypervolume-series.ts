import { hypervolumeCurve } from '../../core/compare/curve.ts';
import { generationsOf } from '../../core/search/budget.ts';
import type { RunView } from '../../core/run-file/view.ts';
import type { HypervolumeChartProps, HypervolumeSeries } from '../charts/props.ts';
import type { Run } from '../model/run.svelte.ts';
import { rivalStrategies } from '../model/side-runs.svelte.ts';
import { texts } from '../text/texts.ts';

interface Point {
  readonly x: number;
  readonly hypervolume: number;
}
type Axis = HypervolumeChartProps['axis'];

/** Hypervolume at the end of each generation; of a run that came by a link against the counts that the link says. */
const byGeneration = ({ generations, told }: RunView, axis: Axis): readonly Point[] =>
  generations.flatMap(({ generation, outcome }) => {
    if (!outcome) return [];
    const counts = told?.[generation];
    const x = {
      networks: counts?.trained ?? 0,
      images: counts?.images ?? 0,
      seconds: counts?.trainSeconds ?? 0,
      generations: generation,
    }[axis];
    return [{ x, hypervolume: outcome.hypervolume }];
  });

/** Hypervolume against what `axis` counts, network by network, as where runs are compared. */
export function seriesOf(view: RunView, axis: Axis): readonly Point[] {
  if (axis === 'generations' || view.told) return byGeneration(view, axis);
  return hypervolumeCurve(view, view.bounds).map(({ images, trainSeconds, hypervolume }, index) => ({
    x: { images, seconds: trainSeconds, networks: index + 1 }[axis],
    hypervolume,
  }));
}

/** What was run beside the run. What is trained in one piece has one value, at its end: a level to be reached. */
export const rivalSeries = ({ sideRuns }: Run, axis: Axis): readonly HypervolumeSeries[] =>
  rivalStrategies.flatMap((strategy) => {
    const other = sideRuns.rivals[strategy].log.milestoneView;
    const points = other ? seriesOf(other, axis) : [];
    const last = points.at(-1);
    if (!other || !last) return [];
    const isOnePiece = generationsOf(other.recipe) === 0;
    const shown = isOnePiece ? [{ ...last, x: 0 }, last] : points;
    return [{ label: texts.rival.names[strategy], role: 'baseline' as const, runs: [{ points: shown }] }];
  });
