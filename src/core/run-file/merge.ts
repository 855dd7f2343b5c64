import { hypervolumeShare } from '../metrics/hypervolume.ts';
import { vectorOf } from '../search/bounds.ts';
import { nonDominated } from '../search/dominance.ts';
import type { Bound } from '../search/events.ts';
import type { ObjectiveKey } from '../search/objectives.ts';
import type { NetworkView, RunView } from './view.ts';

/** A network of one of several overlaid runs. */
export interface MergedNetwork {
  /** Index of its run. */
  readonly run: number;
  readonly network: NetworkView;
}

export interface MergedRun {
  readonly label: string;
  readonly front: readonly NetworkView[];
  /** Of this run's front, within the common bounds. */
  readonly hypervolume: number;
  /** How many of the merged front are this run's. */
  readonly contributed: number;
}

/** In what runs differ that should be alike where their numbers are compared. */
export type MergeWarning = 'datasets' | 'objectives' | 'bounds' | 'images';

/** Several runs overlaid. */
export interface MergedRuns {
  /** Objectives that all runs have. */
  readonly objectives: readonly ObjectiveKey[];
  /** One box around all runs' bounds. */
  readonly bounds: readonly Bound[];
  readonly runs: readonly MergedRun[];
  readonly front: readonly MergedNetwork[];
  readonly hypervolume: number;
  /** Why numbers should be compared with care; empty where the runs are alike. */
  readonly warnings: readonly MergeWarning[];
}

function commonBounds(views: readonly RunView[], keys: readonly ObjectiveKey[]): readonly Bound[] {
  return keys.map((key) => {
    const all = views.map((view) => view.bounds.find(({ objective }) => objective === key)!);
    return {
      ...all[0]!,
      low: Math.min(...all.map(({ low }) => low)),
      high: Math.max(...all.map(({ high }) => high)),
    };
  });
}

function warningsOf(views: readonly RunView[]): readonly MergeWarning[] {
  const kinds: Readonly<Record<MergeWarning, (view: RunView) => string>> = {
    datasets: ({ recipe }) => recipe.dataset,
    objectives: ({ recipe }) => recipe.objectives.join(),
    bounds: ({ bounds }) => JSON.stringify(bounds),
    images: ({ imagesSeen }) => `${imagesSeen}`,
  };
  return (Object.keys(kinds) as MergeWarning[]).filter((kind) => new Set(views.map(kinds[kind])).size > 1);
}

/**
 * Overlays runs: the front of all their networks under the objectives they share, who contributed what, and every
 * run's hypervolume in one common box. Null where they share fewer than two objectives, or there is no run.
 */
export function mergeRuns(
  runs: readonly { readonly label: string; readonly view: RunView }[],
): MergedRuns | null {
  const views = runs.map(({ view }) => view);
  const objectives = (views[0]?.recipe.objectives ?? []).filter((key) =>
    views.every(({ recipe }) => recipe.objectives.includes(key)),
  );
  if (objectives.length < 2) return null;
  const bounds = commonBounds(views, objectives);
  const all: MergedNetwork[] = views.flatMap((view, run) =>
    [...view.networks.values()]
      .filter(({ status }) => status === 'evaluated')
      .map((network) => ({ run, network })),
  );
  const front = nonDominated(all.map(({ network }) => vectorOf(network.objectives, objectives))).map(
    (index) => all[index]!,
  );
  const shareOf = (networks: readonly NetworkView[]) =>
    hypervolumeShare(
      networks.map((network) => network.objectives),
      bounds,
    );
  return {
    objectives,
    bounds,
    runs: runs.map(({ label, view }, run) => {
      const own = view.front.flatMap((id) => view.networks.get(id) ?? []);
      return {
        label,
        front: own,
        hypervolume: shareOf(own),
        contributed: front.filter((member) => member.run === run).length,
      };
    }),
    front,
    hypervolume: shareOf(front.map(({ network }) => network)),
    warnings: warningsOf(views),
  };
}
