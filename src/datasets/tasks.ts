import type { Recipe } from '../core/search/recipe.ts';
import { ok, type Result } from '../core/result.ts';
import type { DataSource } from './fetch.ts';
import { loadSearchData } from './load.ts';
import { lumaOf, resample, wholeBox, type Plane } from './raster.ts';
import type { ImageSet, SearchData } from './types.ts';

/** What a search learns from: its data set, and the second head's where the recipe has one. */
export interface TaskData extends SearchData {
  readonly second?: SearchData;
}

type ImageShape = Pick<ImageSet, 'height' | 'width' | 'channels'>;

function planesOf(set: ImageSet, index: number): readonly Plane[] {
  const { height, width, channels, images } = set;
  const start = index * height * width * channels;
  return Array.from({ length: channels }, (_, channel) => ({
    height,
    width,
    values: Float32Array.from(
      { length: height * width },
      (_, pixel) => images[start + pixel * channels + channel]!,
    ),
  }));
}

function fitImages(set: ImageSet, shape: ImageShape): Uint8Array<ArrayBuffer> {
  const { height, width, channels } = shape;
  const fitted = new Uint8Array(set.count * height * width * channels);
  for (let index = 0; index < set.count; index++) {
    const planes = planesOf(set, index);
    const sources = channels === planes.length ? planes : [planes.length === 3 ? lumaOf(planes) : planes[0]!];
    const scaled = sources.map((plane) => resample(plane, wholeBox(plane), width, height).values);
    const start = index * height * width * channels;
    for (let pixel = 0; pixel < height * width; pixel++)
      for (let channel = 0; channel < channels; channel++)
        fitted[start + pixel * channels + channel] = Math.round(scaled[channel % scaled.length]![pixel]!);
  }
  return fitted;
}

/** Mean and standard deviation per channel, of pixels scaled to [0, 1]. */
function statisticsOf(images: Uint8Array, channels: number) {
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  images.forEach((byte, index) => {
    const value = byte / 255;
    sums[index % channels]! += value;
    squares[index % channels]! += value * value;
  });
  const count = images.length / channels;
  const mean = [...sums].map((sum) => sum / count);
  const deviation = mean.map((value, channel) =>
    Math.max(1e-3, Math.sqrt(Math.max(0, squares[channel]! / count - value * value))),
  );
  return { mean, deviation };
}

/**
 * `data` with every image resampled to `shape` (each new pixel is the mean of its area), colour turned to luma or grey
 * repeated: heads on one body need one input shape. Mean and deviation are measured anew, on the training images.
 */
export function fitTo(data: SearchData, shape: ImageShape): SearchData {
  const { height, width, channels } = shape;
  const { train } = data;
  if (train.height === height && train.width === width && train.channels === channels) return data;
  const fit = (set: ImageSet) => ({ ...set, height, width, channels, images: fitImages(set, shape) });
  const fitted = fit(train);
  const statistics = statisticsOf(fitted.images, channels);
  return { train: { ...fitted, ...statistics }, validation: { ...fit(data.validation), ...statistics } };
}

/** Loads what the recipe's search learns from; a second data set is fitted to the first's images. */
export async function loadTaskData(
  recipe: Pick<Recipe, 'dataset' | 'secondDataset' | 'seed'>,
  source: DataSource,
): Promise<Result<TaskData>> {
  const first = await loadSearchData(recipe.dataset, recipe.seed, source);
  if (!first.ok || !recipe.secondDataset) return first;
  const second = await loadSearchData(recipe.secondDataset, recipe.seed, source);
  return second.ok ? ok({ ...first.value, second: fitTo(second.value, first.value.train) }) : second;
}
