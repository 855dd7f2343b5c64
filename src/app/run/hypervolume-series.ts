import type { RunView } from '../../core/run-file/view.ts';
import type { HypervolumeChartProps } from '../charts/props.ts';

/** Hypervolume after each generation, against what `axis` counts. */
export function seriesOf(
  view: RunView,
  axis: HypervolumeChartProps['axis'],
): readonly { readonly x: number; readonly hypervolume: number }[] {
  let networks = 0;
  let images = 0;
  let seconds = 0;
  const points: { x: number; hypervolume: number }[] = [];
  for (const generation of view.generations) {
    for (const id of generation.trained) {
      const network = view.networks.get(id);
      if (!network || network.status === 'training') continue;
      networks++;
      images += network.ownImages;
      seconds += network.trainSeconds;
    }
    if (!generation.outcome) continue;
    const told = view.told?.[generation.generation];
    const x = {
      networks: told?.trained ?? networks,
      images: told?.images ?? images,
      seconds: told?.trainSeconds ?? seconds,
      generations: generation.generation,
    }[axis];
    points.push({ x, hypervolume: generation.outcome.hypervolume });
  }
  return points;
}
