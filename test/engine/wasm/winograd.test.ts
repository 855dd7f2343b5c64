import { beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../../src/core/random.ts';
import { createEngine } from '../../../src/engine/device.ts';
import { initialWeights } from '../../../src/engine/initial-weights.ts';
import * as reference from '../../../src/engine/tfjs/kernels.ts';
import { convolutionOf, filterGradientOf } from '../../../src/engine/wasm/convolutions.ts';
import type { WasmKernels } from '../../../src/engine/wasm/kernels.ts';
import { chain } from '../../bench/networks.ts';
import { imagesFor } from '../start.ts';
import { close, kernelsBesideTfjs, put, random, room } from './tensors.ts';

let kernels: WasmKernels;

beforeAll(async () => {
  kernels = await kernelsBesideTfjs();
});

const shapes = seeded('shapes');
const upTo = (largest: number) => 1 + shapes.integer(largest);

describe.each<
  readonly [size: number, images: number, channels: number, filters: number, height: number, width: number]
>([
  ...([3, 5] as const).flatMap((size) => [
    [size, 1, 8, 16, 14, 14] as const,
    [size, 5, 8, 8, 7, 7] as const,
    [size, 3, 16, 33, 1, 1] as const,
    [size, 2, 5, 6, 2, 3] as const,
    [size, 1, 1, 1, 28, 28] as const,
    [size, 40, 4, 4, 4, 4] as const,
  ]),
  ...Array.from(
    { length: 24 },
    (_, i) => [i % 2 === 0 ? 3 : 5, upTo(4), upTo(17), upTo(17), upTo(13), upTo(13)] as const,
  ),
])(
  "convolution by Winograd's minimal filtering k=%i, %i images, %i -> %i channels, %i x %i",
  (size, images, channels, filters, height, width) => {
    const x = () => random('x', [images, height, width, channels]);
    const dy = () => random('dy', [images, height, width, filters]);
    const filter = () => random('filter', [size, size, channels, filters]);
    const work = (inputs: number, outputs: number) =>
      room(kernels.winogradRoom(width, inputs, outputs, size));

    test('forward, each image by itself to the digit', () => {
      const transformed = room(kernels.winogradLength(channels, filters));
      const scratch = work(channels, filters);
      const sizes = [channels, filters, size] as const;
      kernels.winogradFilter(put(filter()), transformed.address, scratch.address, ...sizes);
      transformed.read();
      const [from, count] = [put(x()), height * width * filters];
      const y = room(images * count);
      const places = [transformed.address, y.address, scratch.address] as const;
      kernels.winogradConvolve(from, ...places, images, height, width, ...sizes);
      scratch.read();
      const all = y.read();
      close(all, reference.convolve(x(), filter()));
      for (let n = 0; n < images; n++) {
        const image = from + 4 * n * height * width * channels;
        const one = room(count);
        const alone = [transformed.address, one.address, scratch.address] as const;
        kernels.winogradConvolve(image, ...alone, 1, height, width, ...sizes);
        expect(one.read()).toEqual(all.slice(n * count, (n + 1) * count));
      }
    });

    test('gradient of the input', () => {
      const transformed = room(kernels.winogradLength(filters, channels));
      const scratch = work(filters, channels);
      const turned = [transformed.address, scratch.address, channels, filters, size] as const;
      kernels.winogradTurnedFilter(put(filter()), ...turned);
      transformed.read();
      const dx = room(images * height * width * channels);
      const places = [transformed.address, dx.address, scratch.address] as const;
      kernels.winogradConvolve(put(dy()), ...places, images, height, width, filters, channels, size);
      scratch.read();
      close(dx.read(), reference.convolveBackInput(dy(), filter(), [images, height, width, channels]));
    });

    test('gradient of the filter', () => {
      const dw = room(size * size * channels * filters);
      const scratch = room(kernels.winogradBackRoom(width, channels, filters, size));
      const sizes = [images, height, width, channels, filters, size] as const;
      kernels.winogradBackFilter(put(x()), put(dy()), dw.address, scratch.address, ...sizes);
      scratch.read();
      close(dw.read(), reference.convolveBackFilter(x(), dy(), [size, size, channels, filters]));
    });
  },
);

test('it is taken where channels and image make up for the transforms, and never for one channel', () => {
  const shape = (side: number, channels: number) => ({ height: side, width: side, channels });
  const isMinimal = (side: number, inputs: number, outputs: number, size: number) =>
    [
      convolutionOf(kernels, shape(side, inputs), outputs, size, false).filterLength ===
        kernels.winogradLength(inputs, outputs),
      filterGradientOf(kernels, shape(side, inputs), outputs, size).roomLength ===
        kernels.winogradBackRoom(side, inputs, outputs, size),
    ] as const;
  expect(isMinimal(28, 1, 8, 3)).toEqual([false, false]);
  expect(isMinimal(14, 4, 4, 3)).toEqual([false, false]);
  expect(isMinimal(4, 8, 8, 3)).toEqual([true, false]);
  expect(isMinimal(14, 8, 16, 3)).toEqual([true, true]);
  expect(isMinimal(7, 40, 64, 3)).toEqual([true, true]);
  expect(isMinimal(14, 7, 13, 5)).toEqual([true, true]);
  expect(isMinimal(14, 64, 64, 1)).toEqual([false, false]);
});

test('a network gives an image the same logits to the digit, however many are asked for at once', async () => {
  const made = await createEngine('wasm');
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const architecture = chain({ height: 14, width: 14, channels: 1 }, [
    { filters: 9 },
    { filters: 16 },
    'pool',
    { filters: 24, kernelSize: 5 },
  ]);
  const data = imagesFor(architecture, 70, 10, 1);
  const network = made.value.network(architecture, initialWeights(architecture, seeded('weights')));
  const together = await network.logits(data, 0, data.count);
  for (const [start, count] of [
    [0, 1],
    [5, 3],
    [37, 33],
  ] as const)
    expect(await network.logits(data, start, count)).toEqual(
      together.slice(10 * start, 10 * (start + count)),
    );
  network.dispose();
});
