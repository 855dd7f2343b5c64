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

/** Hypervolume at the end of each generation, as the log has it; a run that came by a link says its counts. */
function byGeneration(view: RunView, axis: Axis): readonly Point[] {
  let [networks, images, seconds] = [0, 0, 0];
  return view.generations.flatMap(({ generation, trained, outcome }) => {
    for (const id of trained) {
      const network = view.networks.get(id);
      if (!network || network.status === 'training') continue;
      networks++;
      images += network.ownImages;
      seconds += network.trainSeconds;
    }
    if (!outcome) return [];
    const told = view.told?.[generation];
    const x = {
      networks: told?.trained ?? networks,
      images: told?.images ?? images,
      seconds: told?.trainSeconds ?? seconds,
      generations: generation,
    }[axis];
    return [{ x, hypervolume: outcome.hypervolume }];
  });
}

/**
 * Hypervolume against what `axis` counts: network by network, as where runs are compared, in two objectives, where each
 * takes microseconds; in more, where one may take tens of milliseconds and this is drawn anew at every step, by generation.
 */
export function seriesOf(view: RunView, axis: Axis): readonly Point[] {
  if (axis === 'generations' || view.told || view.bounds.length > 2) return byGeneration(view, axis);
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
