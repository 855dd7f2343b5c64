import { plannedImages } from '../../../core/run-file/planned-images.ts';
import { isJustTrained, type NetworkView, type RunView } from '../../../core/run-file/view.ts';
import type { NetworkId } from '../../../core/search/events.ts';
import {
  objectives,
  uselessError,
  type ObjectiveKey,
  type ObjectiveValues,
} from '../../../core/search/objectives.ts';
import { plotDomain, type Domain } from './domain.ts';
import type { Scale } from '../../../core/compare/scale.ts';
import { objectiveScale } from './scale.ts';
import { nonDominated, stairSteps, type Box, type Step } from './stairs.ts';

/** Where the parts of the plot are, px. */
export interface TradeOffLayout {
  readonly width: number;
  readonly height: number;
  readonly compact: boolean;
  /** px of its type. */
  readonly type: number;
  readonly box: Box;
  /** Lane of networks in training: from box.bottom to here; equal to it when there is no lane. */
  readonly laneBottom: number;
  /** The axis with its tick labels hangs below this. */
  readonly axisBottom: number;
}

export interface LayoutChoice {
  readonly lane: boolean;
  readonly density: boolean;
  readonly compact: boolean;
  /** Room for the names of staircases at the right. */
  readonly names: boolean;
  /** px of its type; 11 where left out. */
  readonly type?: number;
}

/** Whether lane and density would leave the plot too little of `height` px. */
export const isSqueezed = (height: number): boolean => height < 390;

/** px that the name of a staircase takes, "gen 13" in bold, with its distance from the plot. */
export const nameWidth = (type: number): number => 10 + 4 * type;

export function tradeOffLayout(width: number, height: number, choice: LayoutChoice): TradeOffLayout {
  const { lane, density, compact, names, type = 11 } = choice;
  const axisBottom = height - 34;
  const below = density ? 66 : lane ? (compact ? 8 : 16) : 14;
  const laneBottom = axisBottom - below;
  const box: Box = {
    left: compact ? 34 : 40,
    right: Math.max(80, width - (names && !compact ? nameWidth(type) : 4)),
    top: compact ? 24 : 28,
    bottom: Math.max(60, laneBottom - (lane ? 28 : 0)),
  };
  return { width, height, compact, type, box, laneBottom, axisBottom };
}

export interface PlotPoint {
  readonly id: NetworkId;
  readonly x: number;
  readonly y: number;
  /** On the front in this view; on it through an objective not shown; dominated; not competed yet; not evaluated yet. */
  readonly role: 'front' | 'hidden' | 'dominated' | 'justTrained' | 'training';
  /** Its error lies above the plot: the mark stands at the upper edge. */
  readonly above: boolean;
  /** Wrong more often than right: on the front by its size alone. */
  readonly useless: boolean;
}

export interface TradeOffModel {
  readonly domainX: Domain;
  readonly domainY: Domain;
  readonly scaleX: Scale;
  readonly scaleY: Scale;
  /** By size, ascending. */
  readonly front: readonly PlotPoint[];
  readonly hidden: readonly PlotPoint[];
  readonly cloud: readonly PlotPoint[];
  readonly training: readonly PlotPoint[];
  readonly justTrained: readonly PlotPoint[];
  readonly steps: readonly Step[];
  /** Dominated networks above the plot, which have no mark. */
  readonly unseen: number;
}

/** Networks in training have a size but no error: they have a lane when only y needs training. */
export function hasLane(x: ObjectiveKey, y: ObjectiveKey): boolean {
  return objectives[y].costly && !objectives[x].costly;
}

interface Valued {
  readonly network: NetworkView;
  readonly x: number;
  readonly y: number;
}

/** All marks of the plot in px; dominance is judged on the values, over all networks that have competed. */
export function tradeOffModel(
  view: RunView,
  x: ObjectiveKey,
  y: ObjectiveKey,
  layout: TradeOffLayout,
  domains: Readonly<Partial<Record<ObjectiveKey, Domain>>> = {},
): TradeOffModel {
  const { box } = layout;
  const domainX = domains[x] ?? plotDomain(view, x);
  const domainY = domains[y] ?? plotDomain(view, y);
  const scaleX = objectiveScale(x, domainX, [box.left, box.right]);
  const scaleY = objectiveScale(y, domainY, [box.bottom, box.top]);
  const evaluated: NetworkView[] = [];
  const open: NetworkView[] = [];
  const training: PlotPoint[] = [];
  for (const network of view.networks.values()) {
    const [vx, vy] = [network.objectives[x], network.objectives[y]];
    if (network.status === 'training' && vx !== undefined)
      training.push({
        id: network.id,
        x: clamp(scaleX(vx), box.left, box.right),
        y: (box.bottom + layout.laneBottom) / 2,
        role: 'training',
        above: false,
        useless: false,
      });
    else if (network.status === 'evaluated' && vx !== undefined && vy !== undefined)
      (isJustTrained(view, network) ? open : evaluated).push(network);
  }
  const best = nonDominated(undominated(evaluated, x, y));
  const inView = new Set(best.map((item) => item.network.id));
  const place = (network: NetworkView, role: PlotPoint['role']): PlotPoint => {
    const height = scaleY(network.objectives[y]!);
    return {
      id: network.id,
      x: clamp(scaleX(network.objectives[x]!), box.left - 12, box.right + 12),
      y: clamp(height, box.top, box.bottom),
      role,
      above: height < box.top,
      useless: (network.objectives.error ?? 0) > uselessError,
    };
  };
  const hidden: PlotPoint[] = [];
  const cloud: PlotPoint[] = [];
  let unseen = 0;
  for (const network of evaluated) {
    if (inView.has(network.id)) continue;
    const point = place(network, network.onFront ? 'hidden' : 'dominated');
    if (point.role === 'hidden') hidden.push(point);
    else if (point.above || point.x > box.right) unseen++;
    else cloud.push(point);
  }
  const front = best.map(({ network }) => place(network, 'front'));
  const steps = stairSteps(front, box);
  const justTrained = open.map((network) => place(network, 'justTrained'));
  return { domainX, domainY, scaleX, scaleY, front, hidden, cloud, training, justTrained, steps, unseen };
}

/** The values of `evaluated`, without the networks that a member of the front beats: few are left to sort. */
function undominated(evaluated: readonly NetworkView[], x: ObjectiveKey, y: ObjectiveKey): readonly Valued[] {
  const valued = (network: NetworkView): Valued => ({
    network,
    x: network.objectives[x]!,
    y: network.objectives[y]!,
  });
  const stairs = nonDominated(evaluated.filter(({ onFront }) => onFront).map(valued));
  /** Of the stairs that are no larger the last has the least error. */
  const isBeaten = (network: NetworkView): boolean => {
    const point = valued(network);
    let low = 0;
    for (let high = stairs.length; low < high;) {
      const middle = (low + high) >> 1;
      if (stairs[middle]!.x <= point.x) low = middle + 1;
      else high = middle;
    }
    const step = stairs[low - 1];
    return step !== undefined && step.y <= point.y && (step.y < point.y || step.x < point.x);
  };
  return evaluated.filter((network) => !isBeaten(network)).map(valued);
}

/** All marks, those that lie above others first. */
export const allPoints = ({
  front,
  hidden,
  justTrained,
  training,
  cloud,
}: TradeOffModel): readonly PlotPoint[] => [...front, ...hidden, ...justTrained, ...training, ...cloud];

/** The mark of one network; null where it has none. */
export const pointOf = (model: TradeOffModel, id: NetworkId | null): PlotPoint | null =>
  allPoints(model).find((point) => point.id === id) ?? null;

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Staircase of the networks that were on the front after a generation, in this view. */
export function generationSteps(
  view: RunView,
  generation: number,
  x: ObjectiveKey,
  y: ObjectiveKey,
  model: TradeOffModel,
  box: Box,
): Step[] {
  const outcome = view.generations.find((item) => item.generation === generation)?.outcome;
  const values = (outcome?.front ?? []).flatMap((id) => {
    const found = view.networks.get(id);
    return found ? [found.objectives] : [];
  });
  return valueSteps(values, x, y, model, box);
}

/** Staircase of any values, for a reference front. */
export function valueSteps(
  values: readonly ObjectiveValues[],
  x: ObjectiveKey,
  y: ObjectiveKey,
  model: TradeOffModel,
  box: Box,
): Step[] {
  const points = values.flatMap((item) => {
    const [vx, vy] = [item[x], item[y]];
    return vx === undefined || vy === undefined ? [] : [{ x: vx, y: vy }];
  });
  const front = nonDominated(points).map((p) => ({ x: model.scaleX(p.x), y: model.scaleY(p.y) }));
  return stairSteps(front, box);
}

/** Share of its images that each network in training has seen. */
export function trainingShares(view: RunView, training: readonly PlotPoint[]): Map<NetworkId, number> {
  return new Map(
    training.map(({ id }) => {
      const network = view.networks.get(id)!;
      return [id, network.ownImages / Math.max(1, plannedImages(view, network))];
    }),
  );
}

/** The arc from parent to child with places for `count` glyphs on it, and its arrow head. */
export function lineageArc(from: Step, to: Step, radius: number, count: number, top: number) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const span = Math.hypot(dx, dy);
  const need = count * 21 + 30;
  const lift = Math.max(34, Math.min(70, span * 0.35), need > span ? (need - span) * 0.7 + 34 : 0);
  const control = { x: from.x + dx / 2, y: Math.max(top + 14, Math.min(from.y, to.y) - lift) };
  // The arc ends at the selection ring, not in the mark.
  const back = Math.hypot(to.x - control.x, to.y - control.y) || 1;
  const end = {
    x: to.x + ((control.x - to.x) / back) * radius,
    y: to.y + ((control.y - to.y) / back) * radius,
  };
  const at = (t: number) => ({
    x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * control.x + t * t * end.x,
    y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * control.y + t * t * end.y,
  });
  let length = 0;
  for (let i = 0, last = at(0); i < 16; i++) {
    const next = at((i + 1) / 16);
    length += Math.hypot(next.x - last.x, next.y - last.y);
    last = next;
  }
  const gap = Math.min(21, (length - 16) / Math.max(1, count)) / Math.max(1, length);
  const glyphs = Array.from({ length: count }, (_, i) => at(0.5 + (i - (count - 1) / 2) * gap));
  const angle = Math.atan2(end.y - control.y, end.x - control.x);
  const wing = (turn: number) =>
    `${(end.x - 6 * Math.cos(angle + turn)).toFixed(1)} ${(end.y - 6 * Math.sin(angle + turn)).toFixed(1)}`;
  const f = (p: Step) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
  return {
    path: `M${f(from)}Q${f(control)} ${f(end)}`,
    head: `M${wing(0.5)}L${f(end)}L${wing(-0.5)}`,
    glyphs,
  };
}
