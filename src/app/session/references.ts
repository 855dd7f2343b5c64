import type { ReferenceFront } from '../charts/props.ts';
import type { Session } from '../session.svelte.ts';
import { tradeOff } from '../strings.ts';
import { members } from './facts.ts';

/** Fronts drawn dashed behind the run's own: random search, other opened runs. */
export function referenceFronts(session: Session): readonly ReferenceFront[] {
  const random = session.baseline.log.whole;
  const own =
    random && random.front.length > 0
      ? [
          {
            label: tradeOff.legend.random,
            hypervolume: random.hypervolume,
            points: members(random, random.front).map((network) => network.objectives),
          },
        ]
      : [];
  return [...own, ...session.overlays.fronts];
}
