import type { DatasetFacts } from './types.ts';

/** Written by scripts/data/prepare.ts from the files under public/data; not edited by hand. */
export const measured = {
  fashion: {
    trainCount: 10000,
    testCount: 2000,
    mean: [0.286084],
    deviation: [0.353913],
    files: [
      {
        path: 'fashion-train-0.bin',
        part: 'train',
        images: 2500,
        bytes: 493667,
      },
      {
        path: 'fashion-train-1.bin',
        part: 'train',
        images: 2500,
        bytes: 497300,
      },
      {
        path: 'fashion-train-2.bin',
        part: 'train',
        images: 2500,
        bytes: 497945,
      },
      {
        path: 'fashion-train-3.bin',
        part: 'train',
        images: 2500,
        bytes: 499001,
      },
      {
        path: 'fashion-test.bin',
        part: 'test',
        images: 2000,
        bytes: 397927,
      },
    ],
  },
  mnist: {
    trainCount: 10000,
    testCount: 2000,
    mean: [0.13181],
    deviation: [0.310201],
    files: [
      {
        path: 'mnist-train-0.bin',
        part: 'train',
        images: 2500,
        bytes: 248395,
      },
      {
        path: 'mnist-train-1.bin',
        part: 'train',
        images: 2500,
        bytes: 248059,
      },
      {
        path: 'mnist-train-2.bin',
        part: 'train',
        images: 2500,
        bytes: 248213,
      },
      {
        path: 'mnist-train-3.bin',
        part: 'train',
        images: 2500,
        bytes: 247352,
      },
      {
        path: 'mnist-test.bin',
        part: 'test',
        images: 2000,
        bytes: 198245,
      },
    ],
  },
  digits: {
    trainCount: 1380,
    testCount: 417,
    mean: [0.306533],
    deviation: [0.373011],
    files: [
      {
        path: 'digits-train-0.bin',
        part: 'train',
        images: 1380,
        bytes: 32443,
      },
      {
        path: 'digits-test.bin',
        part: 'test',
        images: 417,
        bytes: 9768,
      },
    ],
  },
  quickdraw: {
    trainCount: 800,
    testCount: 200,
    mean: [0.145575],
    deviation: [0.307109],
    files: [
      {
        path: 'quickdraw-train-0.bin',
        part: 'train',
        images: 800,
        bytes: 123763,
      },
      {
        path: 'quickdraw-test.bin',
        part: 'test',
        images: 200,
        bytes: 30892,
      },
    ],
  },
  emoji: {
    trainCount: 840,
    testCount: 200,
    mean: [0.799701, 0.744984, 0.684108],
    deviation: [0.285301, 0.276483, 0.332453],
    files: [
      {
        path: 'emoji-train-0.bin',
        part: 'train',
        images: 840,
        bytes: 490479,
      },
      {
        path: 'emoji-test.bin',
        part: 'test',
        images: 200,
        bytes: 118872,
      },
    ],
  },
} as const satisfies Record<
  string,
  Pick<DatasetFacts, 'trainCount' | 'testCount' | 'mean' | 'deviation' | 'files'>
>;
