import type { OperatorKind } from '../../../core/morphisms/morphism.ts';
import { operatorsOf } from '../../../core/morphisms/operators-of.ts';
import { lastCompeted, type NetworkView, type RunView } from '../../../core/run-file/view.ts';
import type { NetworkId } from '../../../core/search/events.ts';
import type { ObjectiveKey } from '../../../core/search/objectives.ts';
import { texts } from '../../text/texts.ts';
import type { ReferenceFront } from '../props.ts';
import { gainText, hypervolumeText, valueText } from '../../text/format.ts';
import type { PlotPoint } from './trade-off.ts';

export interface Noted {
  readonly compact: boolean;
  /** The staircase has moved since the starting networks. */
  readonly won: boolean;
  /** Dominated networks that lie above the plot. */
  readonly unseen: number;
}

/** What the last generation that competed won; 0 once the run is over. */
function gainOfLast(view: RunView): number {
  const latest = lastCompeted(view);
  const before = view.generations.findLast((item) => item.generation < latest && item.outcome)?.outcome;
  return before && !view.finished ? view.hypervolume - before.hypervolume : 0;
}

/** The lines under the hypervolume: other searches' values, or what the shades mean; then what is not drawn. */
export function plotNotes(
  view: RunView,
  fronts: readonly ReferenceFront[],
  { compact, won, unseen }: Noted,
): readonly string[] {
  const rest = unseen > 0 && !compact ? [texts.charts.unseen(unseen)] : [];
  if (fronts.length > 0)
    return [...fronts.map((front) => `${front.label} ${hypervolumeText(front.hypervolume)}`), ...rest];
  if (compact) {
    const gain = gainOfLast(view);
    return gain < 0.0005 ? [] : [texts.charts.wonIn(gainText(gain))];
  }
  const beaten = startsBeaten(view);
  return [
    won ? texts.charts.shadedWon : texts.charts.shadedArea,
    ...(beaten > 0 ? [texts.charts.beaten(beaten)] : []),
    ...rest,
  ];
}

/** How many starting networks there were, once none of them is on the front any more; else 0. */
export function startsBeaten({ generation, generations, networks, front }: RunView): number {
  const starts = generations[0]?.trained ?? [];
  const isBeaten = generation > 0 && front.length > 0 && starts.every((id) => !networks.get(id)?.onFront);
  return isBeaten ? starts.length : 0;
}

/** The operators drawn on the arc that leads from a network's parent to it. */
export const arcSymbols = (network: NetworkView | undefined): readonly OperatorKind[] =>
  operatorsOf(network?.chain ?? []);

/** The next network on a walk along the front by size; undefined when the key means nothing here. */
export function walkFront(
  front: readonly PlotPoint[],
  from: NetworkId | null,
  key: string,
): NetworkId | undefined {
  const last = front.length - 1;
  const at = front.findIndex((p) => p.id === from);
  const to = {
    ArrowRight: Math.min(last, at + 1),
    ArrowDown: Math.min(last, at + 1),
    ArrowLeft: at < 0 ? last : Math.max(0, at - 1),
    ArrowUp: at < 0 ? last : Math.max(0, at - 1),
    Home: 0,
    End: last,
  }[key];
  return to === undefined ? undefined : front[to]?.id;
}

/** What a screen reader hears on that walk. */
export function walkedWords(
  view: RunView,
  front: readonly PlotPoint[],
  id: NetworkId | null,
  x: ObjectiveKey,
  y: ObjectiveKey,
): string {
  const at = front.findIndex((p) => p.id === id);
  const network = id === null ? undefined : view.networks.get(id);
  if (at < 0 || !network) return '';
  const say = (key: ObjectiveKey) =>
    `${texts.objectives[key].name} ${valueText(key, network.objectives[key] ?? Number.NaN)}`;
  return texts.charts.walked(network.id, say(x), say(y), at + 1, front.length);
}
