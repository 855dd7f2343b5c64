/** The English words of checking and printing a run; fetched with them, not with the first page. */
export const verify = {
  title: 'Check this run',
  help: 'What the file says is computed again from its log, and every network whose weights came along answers the validation images here, and the test images where the file has a test error.',
  run: 'Check it now',
  running: 'Checking…',
  log: {
    costs: (n: string) => `Sizes and costs follow from the layers, ${n} numbers`,
    images: (n: string) => `Images inherited add up, ${n} networks`,
    fronts: (n: string) => `The front is the best of all networks, ${n} generations`,
    hypervolume: (n: string) => `The hypervolume is that of the front, ${n} generations`,
    draws: (n: string) =>
      `This version of the program draws the same children from the seed, ${n} generations`,
  },
  network: (id: number, claimed: string, found: string) =>
    `#${id}: ${claimed} error claimed, ${found} found here`,
  tested: (id: number, claimed: string, found: string) =>
    `#${id} on the test images: ${claimed} error claimed, ${found} found here`,
  holds: 'holds',
  fails: 'does not hold',
  noWeights: 'No weights came with this file, so its errors cannot be checked.',
};

export const report = {
  summary: (trained: string, proposed: string, generations: number, time: string) =>
    `${trained} networks trained of ${proposed} proposed in ${generations} generations and ${time}.`,
  backend: (backend: string) => `Trained on ${backend}.`,
  hypervolume: (hypervolume: string, front: number) =>
    `Hypervolume ${hypervolume}, ${front} networks on the front.`,
  honest: 'One seed. Errors are those of the validation images, which drove the search.',
};
