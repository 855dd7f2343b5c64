import { lastCompeted, type RunView } from '../../../core/run-file/view.ts';
import type { NetworkId } from '../../../core/search/events.ts';
import type { ObjectiveKey } from '../../../core/search/objectives.ts';
import { texts } from '../../text/texts.ts';
import { listText, valueText } from '../../text/format.ts';
import {
  placeLabels,
  pushApart,
  textWidth,
  type LabelRequest,
  type PlacedLabel,
  type Rect,
} from './labels.ts';
import { stairRects, type Box, type Step } from './stairs.ts';
import { nameWidth, type PlotPoint, type TradeOffLayout, type TradeOffModel } from './trade-off.ts';

type Tone = 'sel' | 'ink' | '';
export type FrontLabel = PlacedLabel & { readonly tone: Tone };

interface Ask {
  readonly view: RunView;
  readonly x: ObjectiveKey;
  readonly y: ObjectiveKey;
  readonly model: TradeOffModel;
  readonly layout: TradeOffLayout;
  readonly selected: PlotPoint | null;
  readonly parent: PlotPoint | null;
  readonly hot: PlotPoint | null;
  /** The mark beside which stands how many lie there. */
  readonly stacked: PlotPoint | null;
  readonly names: ReadonlyMap<NetworkId, string> | undefined;
  readonly ticksY: readonly { readonly at: number }[];
  readonly arc: { readonly glyphs: readonly Step[] } | null;
  /** Names of staircases outside the right edge. */
  readonly ends: readonly StairName[];
  /** Lines of the note at the top right; null where there is none. */
  readonly noted: readonly string[] | null;
  /** The box of the callout; null where there is none. */
  readonly callout: Rect | null;
}

/** Marks that joined in this generation and are named, at most. */
const mostJoined = 8;

/** Which marks are named: selected, hovered, parent, given names, joined in this generation, both ends. */
function requests({ view, x, y, model, layout, selected, parent, hot, names }: Ask) {
  const asked = new Map<NetworkId, { point: PlotPoint; text: string; tone: Tone; must: boolean }>();
  const ask = (point: PlotPoint | undefined | null, tone: Tone, must = false, text?: string) => {
    if (point && !asked.has(point.id))
      asked.set(point.id, { point, tone, must, text: text ?? texts.charts.network(point.id) });
  };
  ask(selected, 'sel', true);
  if (hot) {
    const values = view.networks.get(hot.id)?.objectives ?? {};
    const parts = [x, y].flatMap((key) => (values[key] === undefined ? [] : [valueText(key, values[key])]));
    if (hot.id !== selected?.id) ask(hot, 'ink', true, listText([texts.charts.network(hot.id), ...parts]));
  }
  /** A mark at the upper edge says how far above it is. */
  const value = ({ id, above }: PlotPoint) => {
    const own = above ? view.networks.get(id)?.objectives[y] : undefined;
    return own === undefined ? '' : `, ${valueText(y, own)}`;
  };
  for (const [id, name] of names ?? []) {
    const point = model.front.find((p) => p.id === id);
    if (point) ask(point, 'ink', !layout.compact, `${name} ${texts.charts.network(id)}${value(point)}`);
  }
  const above = model.front.filter((point) => point.above);
  for (const point of above)
    ask(
      point,
      'ink',
      !layout.compact && above.length <= 2,
      `${texts.charts.network(point.id)}${value(point)}`,
    );
  ask(parent, '');
  ask(model.front[0], 'ink');
  ask(model.front.at(-1), 'ink');
  const latest = lastCompeted(view);
  if (layout.compact || names?.size || latest <= 0 || view.finished) return asked;
  const joined = model.front.filter((p) => view.networks.get(p.id)?.generation === latest);
  for (const p of joined.slice(0, mostJoined)) ask(p, 'ink');
  return asked;
}

/** Labels of marks, placed so that nothing overlaps. */
export function frontLabels(ask: Ask): FrontLabel[] {
  const { model, layout, selected, ticksY, arc, ends, noted, callout, stacked } = ask;
  const { box } = layout;
  const asked = requests(ask);
  const taken: Rect[] = [
    ...[...model.front, ...model.hidden, ...model.justTrained].map((p) => ({
      x: p.x - 6,
      y: p.y - 6,
      width: 12,
      height: 12,
    })),
    ...(model.cloud.length < 400
      ? model.cloud.map((p) => ({ x: p.x - 2, y: p.y - 2, width: 4, height: 4 }))
      : []),
    ...stairRects(model.steps, box),
    ...ticksY.map(({ at }) => ({ x: box.left - 24, y: at - 6, width: 17, height: 12 })),
    ...ends.map((end) => ({
      x: box.right + 2,
      y: end.y - 7,
      width: nameWidth(layout.type) - 2,
      height: 14,
    })),
    ...(arc?.glyphs ?? []).map((p) => ({ x: p.x - 9, y: p.y - 9, width: 18, height: 18 })),
  ];
  if (selected && selected.role !== 'training')
    taken.push({ x: box.left - 40, y: selected.y - 9, width: 36, height: 18 });
  if (noted) taken.push({ x: box.right - 180, y: box.top + 8, width: 168, height: 16 * (noted.length + 1) });
  if (callout) taken.push(callout);
  if (stacked) taken.push({ x: stacked.x + 10, y: stacked.y - 22, width: 92, height: 16 });
  const list: LabelRequest[] = [...asked.values()].map(({ point, text, must }) => ({
    key: point.id,
    text,
    x: point.x,
    y: point.y,
    radius: point.id === selected?.id ? 10 : point.role === 'dominated' ? 3 : layout.compact ? 5 : 6,
    must,
  }));
  // A short id may stand in the margin of the tick labels; a long name may not.
  const left = box.left - 20;
  const frame: Rect = {
    x: left,
    y: box.top,
    width: layout.width - left,
    // Not on the name of the lane.
    height: box.bottom + (layout.laneBottom > box.bottom ? 8 : 13) - box.top,
  };
  return placeLabels(list, taken, frame, layout.type).map((label) => ({
    ...label,
    tone: asked.get(label.key)!.tone,
  }));
}

export interface StairName {
  readonly text: string;
  readonly y: number;
  readonly own: boolean;
}

/** Staircases are named outside the right edge, at least 14 px apart. `final`: the run's last generation, if over. */
export function stairNames(
  past: readonly { readonly generation: number; readonly steps: readonly Step[] }[],
  now: readonly Step[],
  box: Box,
  final: number | null,
): StairName[] {
  const ends = past.flatMap(({ generation, steps }) =>
    steps.length > 0
      ? [{ text: texts.charts.generationShort(generation), y: steps.at(-1)!.y, own: false }]
      : [],
  );
  const last = now.at(-1);
  if (!last) return [];
  const all = [
    ...ends,
    { text: final === null ? texts.charts.now : texts.charts.generationShort(final), y: last.y, own: true },
  ];
  const at = pushApart(
    all.map((end) => end.y),
    14,
    box.top,
    box.bottom + 2,
  );
  return all.map((end, i) => ({ ...end, y: at[i]! }));
}

/** Room that a label takes, for tests. */
export function labelRect(label: PlacedLabel): Rect {
  const width = textWidth(label.text);
  const x =
    label.anchor === 'end' ? label.x - width : label.anchor === 'middle' ? label.x - width / 2 : label.x;
  return { x, y: label.y - 9, width, height: 11 };
}
