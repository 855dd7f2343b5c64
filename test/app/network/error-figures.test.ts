import { expect, test } from 'vitest';
import { errorFigures, int8Key, standardError } from '../../../src/app/network/error-figures.ts';
import { errorResolution } from '../../../src/app/model/error-resolution.ts';
import type { RunFinished } from '../../../src/core/run-file/finished.ts';
import { sampleRun } from '../../support/sample-run.ts';

const view = sampleRun();
const network = view.networks.get(view.front[0]!)!;
const finishing = (date: string, testError: number): RunFinished => ({
  ...{ network: network.id, start: 'found', images: 1000, batch: 32, rate: 0.1, warmupShare: 0.1 },
  ...{ weightDecay: 0, augment: 'none', randomName: 'r', seconds: 1, curve: [] },
  ...{ trainImages: 900, testImages: 400, testErrorBefore: 0.05, testError, date },
});
const loss = {
  ...{ flashBytes: 1, ramBytes: 1, codeBytes: 1, tableBytes: 1, arenaBytes: 1, pixelBytes: 1 },
  ...{ multiplyAdds: 1, images: 300 },
  ...{ floatError: 0.02, int8Error: 0.03, tfliteError: 0.03 },
};
const figuresOf = (
  tested: number | undefined,
  finished: readonly RunFinished[],
  int8: Parameters<typeof errorFigures>[0]['int8'] = new Map(),
) => errorFigures({ view, network, tested, finished, int8 });

test('an error has the standard error of a share; none wrong is not certainty', () => {
  expect(standardError(0.1, 900)).toBeCloseTo(0.01, 12);
  expect(standardError(0, 100)).toBeCloseTo(standardError(0.01, 100), 12);
  expect(standardError(1, 100)).toBeCloseTo(standardError(0.99, 100), 12);
});

test('the error that the search chose by is never the one to quote', () => {
  const untested = figuresOf(undefined, []);
  expect(untested.map(({ kind }) => kind)).toEqual(['validation', 'testFound']);
  expect(untested[0]).toMatchObject({
    error: network.objectives.error,
    images: errorResolution(view.recipe.dataset).images,
  });
  expect(untested[1]!.error).toBeNull();
  expect(untested.some(({ isQuoted }) => isQuoted)).toBe(false);
  expect(figuresOf(0.04, []).find(({ isQuoted }) => isQuoted)).toMatchObject({
    kind: 'testFound',
    error: 0.04,
  });
});

test('of a finished network the last test error is quoted, each on its own images', () => {
  const figures = figuresOf(0.05, [finishing('a', 0.04), finishing('b', 0.03)]);
  expect(figures.map(({ kind, error, isQuoted }) => [kind, error, isQuoted]).slice(1)).toEqual([
    ['testFound', 0.05, false],
    ['earlier', 0.04, false],
    ['testFinished', 0.03, true],
  ]);
  expect(figures.at(-1)!.images).toBe(400);
});

test('what integers cost stands with the weights that were rounded, and not with a later finishing', () => {
  const first = finishing('a', 0.04);
  const int8 = new Map([
    [int8Key(network.id), [loss]],
    [int8Key(network.id, first), [{ ...loss, int8Error: 0.01 }]],
  ]);
  const kinds = (finished: readonly RunFinished[]) =>
    figuresOf(undefined, finished, int8).flatMap(({ kind, error }) =>
      kind.startsWith('int8') ? [[kind, error]] : [],
    );
  expect(kinds([first])).toEqual([
    ['int8Found', 0.03],
    ['int8Finished', 0.01],
  ]);
  expect(kinds([first, finishing('b', 0.03)])).toEqual([['int8Found', 0.03]]);
});
