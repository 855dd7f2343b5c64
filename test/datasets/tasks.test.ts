import { describe, expect, it } from 'vitest';
import { fitTo, loadTaskData } from '../../src/datasets/tasks.ts';
import type { ImageSet, SearchData } from '../../src/datasets/types.ts';
import { readData } from '../../scripts/node-search.ts';

const set = (shape: { height: number; width: number; channels: number }, bytes: number[]): ImageSet => ({
  ...shape,
  classes: 2,
  count: bytes.length / (shape.height * shape.width * shape.channels),
  images: Uint8Array.from(bytes),
  labels: new Uint8Array(bytes.length / (shape.height * shape.width * shape.channels)),
  mean: [0.5],
  deviation: [0.25],
});
const both = (one: ImageSet): SearchData => ({ train: one, validation: one });

describe('fitting a second data set to the first', () => {
  it('leaves images of the same shape as they are', () => {
    const data = both(set({ height: 2, width: 2, channels: 1 }, [1, 2, 3, 4]));
    expect(fitTo(data, { height: 2, width: 2, channels: 1 })).toBe(data);
  });

  it('means areas, makes grey of colour by luma, and repeats grey as colour', () => {
    const grey = both(set({ height: 2, width: 2, channels: 1 }, [0, 100, 100, 200]));
    const small = fitTo(grey, { height: 1, width: 1, channels: 3 });
    expect([...small.train.images]).toEqual([100, 100, 100]);
    const colour = both(set({ height: 1, width: 1, channels: 3 }, [255, 0, 0]));
    expect([...fitTo(colour, { height: 1, width: 2, channels: 1 }).train.images]).toEqual([76, 76]);
  });

  it('measures mean and deviation anew, the same for training and validation', () => {
    const grey = both(set({ height: 1, width: 2, channels: 1 }, [0, 255]));
    const fitted = fitTo(grey, { height: 2, width: 2, channels: 1 });
    expect(fitted.train.mean[0]).toBeCloseTo(0.5, 12);
    expect(fitted.train.deviation[0]).toBeCloseTo(0.5, 12);
    expect(fitted.validation.mean).toEqual(fitted.train.mean);
  });

  it('gives both heads of a search one input shape', async () => {
    const loaded = await loadTaskData({ dataset: 'digits', secondDataset: 'mnist', seed: 1 }, readData);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.reason));
    const { train, second } = loaded.value;
    expect(second!.train).toMatchObject({
      height: train.height,
      width: train.width,
      channels: train.channels,
    });
    expect(second!.train.count).toBeGreaterThan(1000);
  });
});
