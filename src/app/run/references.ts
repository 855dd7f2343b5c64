import type { ReferenceFront, ReferencePoint } from '../charts/props.ts';
import type { Session } from '../model/session.svelte.ts';
import { tradeOff } from '../text/en/page.ts';
import { members } from '../model/picks.ts';

/** Fronts drawn dashed behind the run's own: random search, other opened runs. */
export function referenceFronts(session: Session): readonly ReferenceFront[] {
  const random = session.beside.random?.log.milestoneView;
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

/** Hand-made networks trained beside the run, every one of them: a family is a mark, which the legend names. */
export function referencePoints(session: Session): readonly ReferencePoint[] {
  return (session.beside.handMade?.runs ?? []).flatMap(({ key, run }) => {
    const trained = [...(run.log.milestoneView?.networks.values() ?? [])].filter(
      ({ status }) => status === 'evaluated',
    );
    return trained.map(({ objectives }) => ({
      label: '',
      mark: key === 'vgg' ? ('cross' as const) : ('plus' as const),
      objectives,
    }));
  });
}
