import type { Architecture, NodeId } from '../../../core/architecture/types.ts';
import { layoutOf } from '../../../core/architecture/weights.ts';
import type { Measured, Opened, Subject, Transformed } from '../../../engine/workbench/results.ts';
import { momentsOf, weightsAt } from './board/landing.ts';
import type { Timeline } from './board/timeline.ts';

/** Largest difference and agreement with the parent at a moment of the transformation, measured. */
export interface TracePoint {
  /** ms into the transformation. */
  readonly time: number;
  readonly max: number;
  readonly alike: number;
}

export interface Traced {
  readonly timeline: Timeline;
  readonly opened: Opened;
  readonly transformed: Transformed;
  /** Measures a network against the parent; null where it could not, or is not wanted any more. */
  readonly measure: (subject: Subject) => Promise<Measured | null>;
}

/** Moments of a large network that are measured. */
const fewMoments = 6;

/** The transformation, measured as it goes on; null where a measurement failed. */
export async function traceOf(traced: Traced, isLarge: boolean): Promise<readonly TracePoint[] | null> {
  const { timeline, transformed, measure } = traced;
  const { step, weights, inference } = transformed;
  const { max, alike } = inference.difference;
  const final = { time: timeline.duration, max, alike };
  if (step.morphism.operator === 'separate') {
    return [...(await separateTrace(traced, step.morphism.block)), final];
  }
  // Only a widened network is a whole one in every frame; elsewhere the child runs once it is docked.
  if (step.morphism.operator !== 'widen' || step.morphism.variant !== 'zero') return [final];
  const points: TracePoint[] = [];
  for (const time of momentsOf(timeline, isLarge ? fewMoments : Infinity)) {
    const found = await measure({
      architecture: step.child,
      weights: weightsAt(timeline, weights, step, time),
    });
    if (!found) return null;
    points.push({ time, max: found.difference.max, alike: found.difference.alike });
  }
  return [...points, final];
}

/** Separating half-way: the parent with the first channels' kernels replaced by their rank-1 products. */
async function separateTrace(traced: Traced, block: NodeId): Promise<readonly TracePoint[]> {
  const { opened, transformed, timeline, measure } = traced;
  const { step, weights } = transformed;
  const slotOf = (architecture: Architecture, name: string) =>
    layoutOf(architecture).slots.find((slot) => slot.node === block && slot.name === name)!;
  const kernel = slotOf(step.parent, 'kernel');
  const [depthwise, pointwise] = [slotOf(step.child, 'depthwise'), slotOf(step.child, 'pointwise')];
  const [size, , inputs, filters] = kernel.shape as [number, number, number, number];
  const channels = Math.min(2, inputs);
  const half = opened.weights.slice();
  const points: TracePoint[] = [{ time: 0, max: 0, alike: opened.answers.count }];
  for (let c = 0; c < channels && channels === inputs; c++) {
    for (let tap = 0; tap < size * size; tap++)
      for (let o = 0; o < filters; o++)
        half[kernel.offset + (tap * inputs + c) * filters + o] =
          weights[depthwise.offset + tap * inputs + c]! * weights[pointwise.offset + c * filters + o]!;
    const found = await measure({ architecture: step.parent, weights: half });
    if (!found) break;
    const { max, alike } = found.difference;
    points.push({ time: (timeline.duration * (c + 1)) / channels - 1, max, alike });
  }
  return points;
}
