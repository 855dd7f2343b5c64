import { seeded } from '../core/random.ts';
import type { ImageSet } from '../datasets/types.ts';
import type { TrainingSchedule } from './engine.ts';
import { stepsOf } from './schedule.ts';

/**
 * Which images a training sees, in which order, and how each is augmented: all of it decided before the first
 * step, from the generator's name alone, so that every trainer and every device sees the same batches.
 */
export interface BatchPlan {
  readonly steps: number;
  readonly batch: number;
  /** [steps * batch] image numbers; step s takes s * batch .. (s + 1) * batch - 1. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** [steps * batch * 2] rows down, columns right that the image moves; pixels moved in are byte 0. */
  readonly shifts: Int8Array<ArrayBuffer>;
  /** [steps * batch] 1 where the image is mirrored left to right, before it is shifted. */
  readonly flips: Uint8Array<ArrayBuffer>;
}

/** Farthest shift in pixels for images of this height: 2 at 28 and 32, 1 at 8. */
export const farthestShift = (height: number): number => Math.max(1, Math.round(height / 14));

/**
 * The batches of a training over `images` images, rounded up to whole batches, of a set of `count`.
 * Epoch e runs through a permutation drawn from `randomName/epoch/e`, batches run on across epochs;
 * augmentation draws come from `randomName/augment`, per image: row shift, column shift, flip.
 * Throws RangeError for an empty set.
 */
export function batchPlan(
  randomName: string,
  count: number,
  images: number,
  batch: number,
  augment: TrainingSchedule['augment'],
  farthest = 2,
): BatchPlan {
  if (count < 1) throw new RangeError('batchPlan: no images');
  const steps = Math.max(1, Math.ceil(images / batch));
  const total = steps * batch;
  const indices = new Uint32Array(total);
  const all = Array.from({ length: count }, (_, i) => i);
  for (let start = 0, epoch = 0; start < total; start += count, epoch++) {
    const order = seeded(`${randomName}/epoch/${epoch}`).shuffle(all);
    indices.set(order.slice(0, total - start), start);
  }
  const shifts = new Int8Array(total * 2);
  const flips = new Uint8Array(total);
  if (augment !== 'none') {
    const random = seeded(`${randomName}/augment`);
    for (let i = 0; i < total; i++) {
      shifts[2 * i] = random.integer(2 * farthest + 1) - farthest;
      shifts[2 * i + 1] = random.integer(2 * farthest + 1) - farthest;
      if (augment === 'shift-flip') flips[i] = random.integer(2);
    }
  }
  return { steps, batch, indices, shifts, flips };
}

/** The batches that head `task` of `tasks`, trained in turn, sees of its own `data` in a training by `schedule`. */
export const taskPlan = (
  schedule: TrainingSchedule,
  data: ImageSet,
  task: number,
  tasks: number,
): BatchPlan =>
  batchPlan(
    task === 0 ? schedule.randomName : `${schedule.randomName}/task/${task}`,
    data.count,
    Math.ceil(stepsOf(schedule) / tasks) * schedule.batch,
    schedule.batch,
    schedule.augment,
    farthestShift(data.height),
  );

/** [channels * 256] the network's input for every byte: (byte / 255 - mean) / deviation. */
export function pixelTable(data: ImageSet): Float32Array {
  const table = new Float32Array(data.channels * 256);
  for (let c = 0; c < data.channels; c++) {
    const deviation = data.deviation[c] ?? 1;
    for (let byte = 0; byte < 256; byte++) {
      table[c * 256 + byte] = (byte / 255 - (data.mean[c] ?? 0)) / (deviation > 0 ? deviation : 1);
    }
  }
  return table;
}

/** Writes image `index` of `data`, mirrored and shifted, into `out` from `offset`, as the network sees it. */
export function writeImage(
  data: ImageSet,
  table: Float32Array,
  index: number,
  down: number,
  right: number,
  flip: boolean,
  out: Float32Array,
  offset: number,
): void {
  const { height, width, channels, images } = data;
  const base = index * height * width * channels;
  if (down === 0 && right === 0 && !flip) {
    const size = height * width * channels;
    for (let i = 0; i < size; i++) out[offset + i] = table[(i % channels) * 256 + images[base + i]!]!;
    return;
  }
  let to = offset;
  for (let y = 0; y < height; y++) {
    const fromY = y - down;
    const rowInside = fromY >= 0 && fromY < height;
    const row = base + fromY * width * channels;
    for (let x = 0; x < width; x++) {
      const moved = x - right;
      const inside = rowInside && moved >= 0 && moved < width;
      const from = row + (flip ? width - 1 - moved : moved) * channels;
      for (let c = 0; c < channels; c++) {
        out[to++] = table[c * 256 + (inside ? images[from + c]! : 0)]!;
      }
    }
  }
}

/** [batch, height, width, channels] inputs of one step of a plan, in `out` where it is given. */
export function stepImages(
  data: ImageSet,
  table: Float32Array,
  plan: BatchPlan,
  step: number,
  out = new Float32Array(plan.batch * data.height * data.width * data.channels),
): Float32Array {
  const size = data.height * data.width * data.channels;
  for (let b = 0; b < plan.batch; b++) {
    const i = step * plan.batch + b;
    const flip = plan.flips[i] === 1;
    writeImage(
      data,
      table,
      plan.indices[i]!,
      plan.shifts[2 * i]!,
      plan.shifts[2 * i + 1]!,
      flip,
      out,
      b * size,
    );
  }
  return out;
}

/** [count, height, width, channels] inputs of images start .. start + count - 1, un-augmented; in `out` where given. */
export function plainImages(
  data: ImageSet,
  table: Float32Array,
  start: number,
  count: number,
  out = new Float32Array(count * data.height * data.width * data.channels),
): Float32Array {
  const size = data.height * data.width * data.channels;
  for (let i = 0; i < count; i++) writeImage(data, table, start + i, 0, 0, false, out, i * size);
  return out;
}

/**
 * [batch, classes] rows of a step's targets: one-hot labels, or rows of `teacher` [count, classes]; in `out` where it is
 * given.
 */
export function stepTargets(
  data: ImageSet,
  plan: BatchPlan,
  step: number,
  classes: number,
  teacher: Float32Array | null,
  out = new Float32Array(plan.batch * classes),
): Float32Array {
  out.fill(0);
  for (let b = 0; b < plan.batch; b++) {
    const index = plan.indices[step * plan.batch + b]!;
    if (teacher) out.set(teacher.subarray(index * classes, (index + 1) * classes), b * classes);
    else out[b * classes + data.labels[index]!] = 1;
  }
  return out;
}
