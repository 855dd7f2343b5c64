import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { finishedCurvePoints, thinCurve, type RunFinished } from '../../../src/core/run-file/finished.ts';
import { parseRunFile } from '../../../src/core/run-file/parse.ts';
import { makeRunFile, serialiseRunFile, type RunFacts } from '../../../src/core/run-file/serialise.ts';
import { driveNetworks } from '../../support/network-search.ts';
import { runFacts } from '../../support/run-files.ts';

function errorOf(source: string): unknown {
  const parsed = parseRunFile(source);
  if (parsed.ok) throw new Error('it was opened');
  return parsed.reason;
}

describe('a run file', () => {
  it('keeps how networks were finished and what that left, and only of networks that were', () => {
    const { events, state } = driveNetworks({ generations: 2, proposals: 6, accepted: 2 });
    const [network] = state.front;
    const once: RunFinished = {
      ...{ network: network!, start: 'scratch', images: 4000, batch: 16, rate: 0.1, warmupShare: 0.05 },
      ...{ weightDecay: 0.0005, augment: 'shift', randomName: '1/retrain/5', seconds: 61.5 },
      curve: [
        { images: 400, loss: 2.25 },
        { images: 4000, loss: 0.5 },
      ],
      ...{ trainImages: 10_000, testImages: 2000, testErrorBefore: 0.25, testError: 0.125 },
      date: '2026-11-28T00:00:00.000Z',
    };
    const finished = [once, { ...once, start: 'found' as const, testError: 0.1 }];
    const { length } = layoutOf(state.networks[network! - 1]!.architecture);
    const finishedWeights = new Map([[network!, new Float32Array(length).fill(0.5)]]);
    const written = makeRunFile(events, { ...runFacts, finished, finishedWeights });
    const parsed = parseRunFile(serialiseRunFile(written));
    expect(parsed).toMatchObject({ ok: true, value: { file: { finished }, finishedWeights } });
    const problemOf = (facts: Partial<RunFacts>) =>
      errorOf(serialiseRunFile(makeRunFile(events, { ...runFacts, finished, finishedWeights, ...facts })));
    expect(problemOf({ finished: [{ ...once, network: 99_999 }, once] })).toMatchObject({
      problems: [{ path: 'finished.0.network', code: 'not-evaluated' }],
    });
    expect(problemOf({ finished: [] })).toMatchObject({
      problems: [{ path: 'finishedWeights.0.network', code: 'not-finished' }],
    });
    expect(problemOf({ finishedWeights: new Map([[network!, Float32Array.of(1)]]) })).toMatchObject({
      problems: [{ path: 'finishedWeights.0.float32', code: 'weights-unfit' }],
    });
    expect(problemOf({ finished: [{ ...once, testError: 2 }] })).toMatchObject({
      problems: [{ path: 'finished.0.testError', code: 'schema' }],
    });
  });

  it('has a finished network’s curve thinned evenly, its last point kept', () => {
    const curve = Array.from({ length: 500 }, (_, i) => ({ images: 400 * (i + 1), loss: 1 / (i + 3) }));
    const thin = thinCurve(curve);
    expect(thin.length).toBeLessThanOrEqual(finishedCurvePoints);
    expect(thin.length).toBeGreaterThan(finishedCurvePoints / 2);
    expect(thin.at(-1)).toEqual({ images: 200_000, loss: 0.001992 });
    expect(thinCurve(curve.slice(0, 3))).toHaveLength(3);
  });
});
