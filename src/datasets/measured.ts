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
        sha256: '6c373d7886651a3f9f203d45454435029dd26679b3bc66f7da77be803c4b2cb9',
      },
      {
        path: 'fashion-train-1.bin',
        part: 'train',
        images: 2500,
        bytes: 497300,
        sha256: '2e389ac8bda3c827968a80dbad34563a39a172296f2e43315a8d42e057d4c546',
      },
      {
        path: 'fashion-train-2.bin',
        part: 'train',
        images: 2500,
        bytes: 497945,
        sha256: 'c432ebacb613d69e59ca7f9582e855836e9022a3bbef5cbdb6784e8fec85e9b6',
      },
      {
        path: 'fashion-train-3.bin',
        part: 'train',
        images: 2500,
        bytes: 499001,
        sha256: '9d473396c4bc8e916e88173eaef30d51ef6c4c20ae43da2b6656564fd733bd07',
      },
      {
        path: 'fashion-test.bin',
        part: 'test',
        images: 2000,
        bytes: 397927,
        sha256: 'cdf4682c4932ddc46ebc90e062ec8b800044c5848af49c165f3a2a506c412a65',
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
        sha256: '56c222b614852ce4fe109d5e680ac37a5e7c68d9bffce1fa82389d1149ee3c14',
      },
      {
        path: 'mnist-train-1.bin',
        part: 'train',
        images: 2500,
        bytes: 248059,
        sha256: '8484f4a0ac3d5b7837a75c19882244d69dd6840c7b8aeb54e1674a3381f79457',
      },
      {
        path: 'mnist-train-2.bin',
        part: 'train',
        images: 2500,
        bytes: 248213,
        sha256: '217863784654b6013730e5412c114c5c491e0dd67c18719f372982d5be44efec',
      },
      {
        path: 'mnist-train-3.bin',
        part: 'train',
        images: 2500,
        bytes: 247352,
        sha256: 'de5317a6697ee82fce3fa6079e1fb76e2d13abc49fa848d0c82fbda1ee870e5d',
      },
      {
        path: 'mnist-test.bin',
        part: 'test',
        images: 2000,
        bytes: 198245,
        sha256: '3d035709f3569b2e05bde9b57d18685ba863c987bedb577f704b48678be0774d',
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
        sha256: 'a68f9123d392ea3319d41bab1c460ab1e04ef5cd57660537d9d1267ac73d6b35',
      },
      {
        path: 'digits-test.bin',
        part: 'test',
        images: 417,
        bytes: 9768,
        sha256: '9d4b8cb3f0d08c339f1c6b23e1ce24637c4dd0475cce61e70cd3256344d2170e',
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
        sha256: 'a308df6953b17dc42c5ede161ebc88aa6b7c4ce0fecfa9b523b2371cfb5ad609',
      },
      {
        path: 'quickdraw-test.bin',
        part: 'test',
        images: 200,
        bytes: 30892,
        sha256: 'c02848f5e8ace559edd3410995e2a264a511a11dba9484cc9f9862ab3597e2e1',
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
        sha256: '1648ba24b11d1e55a9801df976ec3cf78183e44ccd58a8a761b23c32aac25d92',
      },
      {
        path: 'emoji-test.bin',
        part: 'test',
        images: 200,
        bytes: 118872,
        sha256: 'b76bd3020a000ce144426e1a47a0bbde73e276668e2975b2f339ea2856660e5b',
      },
    ],
  },
} as const satisfies Record<
  string,
  Pick<DatasetFacts, 'trainCount' | 'testCount' | 'mean' | 'deviation' | 'files'>
>;
