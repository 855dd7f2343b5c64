import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import { vectorOf } from '../../core/search/bounds.ts';
import { dominates, type Vector } from '../../core/search/dominance.ts';
import type { ObjectiveValues } from '../../core/search/objectives.ts';
import type { OwnPoint, ReferenceFront, ReferencePoint } from '../charts/props.ts';
import { members } from '../model/picks.ts';
import type { Run } from '../model/run.svelte.ts';
import { rivalStrategies } from '../model/side-runs.svelte.ts';
import { texts } from '../text/texts.ts';

const frontOf = (label: string, view: RunView): ReferenceFront => ({
  label,
  hypervolume: view.hypervolume,
  points: members(view, view.front).map((network) => network.objectives),
});

/** Fronts drawn dashed behind the run's own: rivals run beside it, other opened runs. */
export function referenceFronts({ sideRuns, overlays }: Run): readonly ReferenceFront[] {
  const rivals = rivalStrategies.flatMap((strategy) => {
    const view = sideRuns.rivals[strategy].log.milestoneView;
    return view && view.front.length > 0 ? [frontOf(texts.rival.names[strategy], view)] : [];
  });
  return [...rivals, ...overlays.list.map(({ name, view }) => frontOf(name, view))];
}

/** Hand-made networks trained beside the run, every one of them: a family is a mark, which the legend names. */
export function referencePoints({ sideRuns }: Run): readonly ReferencePoint[] {
  return sideRuns.handMade.runs.flatMap(({ key, run }) => {
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

/** Networks of the user's own out of ONNX files. */
export const ownPoints = ({ sideRuns }: Run): readonly OwnPoint[] =>
  sideRuns.imported.map(({ name, objectives }) => ({ name, objectives }));

/** The most accurate network of the front that dominates `values`; undefined where not every objective is known. */
export function dominatedBy(values: ObjectiveValues, view: RunView): NetworkView | null | undefined {
  const { objectives: keys } = view.recipe;
  const own = vectorOf(values, keys);
  if (own.some(Number.isNaN)) return undefined;
  const better = members(view, view.front).filter(({ objectives }) =>
    dominates(vectorOf(objectives, keys), own),
  );
  return better.toSorted((a, b) => (a.objectives.error ?? 1) - (b.objectives.error ?? 1))[0] ?? null;
}

/** Those of `points` that no network of the front dominates under the run's objectives. */
export function standOut(points: readonly ReferencePoint[], view: RunView): readonly ReferencePoint[] {
  return outside(points, view, dominates);
}

/** What no network of the front beats, in the sense of `beats`, under the run's objectives. */
export function outside<T extends { readonly objectives: ObjectiveValues }>(
  list: readonly T[],
  view: RunView,
  beats: (a: Vector, b: Vector) => boolean,
): readonly T[] {
  const { objectives: keys } = view.recipe;
  const front = members(view, view.front).map(({ objectives }) => vectorOf(objectives, keys));
  return list.filter(({ objectives }) => {
    const own = vectorOf(objectives, keys);
    return !front.some((member) => beats(member, own));
  });
}
