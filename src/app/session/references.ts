import { vectorOf } from '../../core/search/bounds.ts';
import { dominates } from '../../core/search/dominance.ts';
import type { RunView } from '../../core/run-file/view.ts';
import type { ReferenceFront, ReferencePoint } from '../charts/props.ts';
import type { Session } from '../session.svelte.ts';
import { families, tradeOff } from '../strings.ts';
import { members } from './facts.ts';

/** Fronts drawn dashed behind the run's own: random search, other opened runs. */
export function referenceFronts(session: Session): readonly ReferenceFront[] {
  const random = session.baseline.log.settled;
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

/** Hand-made networks trained beside the run, every one of them: a family is a mark, named in the legend. */
export function referencePoints(session: Session): readonly ReferencePoint[] {
  return session.handMade.runs.flatMap(({ key, run }) => {
    const trained = [...(run.log.whole?.networks.values() ?? [])].filter(
      ({ status }) => status === 'evaluated',
    );
    return trained.map(({ objectives }) => ({
      label: families[key],
      named: false,
      mark: key === 'vgg' ? ('cross' as const) : ('plus' as const),
      objectives,
    }));
  });
}

/** Those of `points` that no network of the front dominates under the run's objectives. */
export function standOut(points: readonly ReferencePoint[], view: RunView): readonly ReferencePoint[] {
  const { objectives: keys } = view.recipe;
  const front = members(view, view.front).map(({ objectives }) => vectorOf(objectives, keys));
  return points.filter(({ objectives }) => {
    const own = vectorOf(objectives, keys);
    return !front.some((member) => dominates(member, own));
  });
}
