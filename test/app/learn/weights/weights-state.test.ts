import { describe, expect, it, vi } from 'vitest';
import { pathCount } from '../../../../src/core/architecture/supernet.ts';
import { fail, ok } from '../../../../src/core/result.ts';
import { sampleSize, trainings } from '../../../../src/app/learn/weights/ranking.ts';
import { WeightsState } from '../../../../src/app/learn/weights/weights-state.svelte.ts';
import type { WeightSharingHandle } from '../../../../src/workers/weight-sharing-client.ts';
import type { SharingQuestion } from '../../../../src/workers/weight-sharing.ts';

/** A worker that answers at once: shared errors fall with size, those alone too, training 0 is off by one point. */
function answering(refuses: (question: SharingQuestion) => boolean = () => false) {
  const asked: SharingQuestion[] = [];
  const handle: WeightSharingHandle = {
    prepare: () => Promise.resolve(ok(null)),
    ask: (question) => {
      asked.push(question);
      if (refuses(question)) return Promise.resolve(fail({ code: 'not-prepared' }));
      const size =
        'path' in question ? 1000 + question.path : 'index' in question ? 500 + question.index : 9000;
      const time = 'time' in question ? question.time : 0;
      const error = 100 / size + 0.01 * time;
      return Promise.resolve(ok({ parameters: size, error }));
    },
    dispose: vi.fn(),
  };
  return { asked, handle };
}

const idle = (state: WeightsState) => vi.waitFor(() => expect(state.doing).toBeNull());

describe('the lesson', () => {
  it('computes what each beat shows, once, whatever the order of beats', async () => {
    const { asked, handle } = answering();
    const state = new WeightsState(1, handle);
    state.goTo(2);
    state.goTo(0);
    await idle(state);
    expect(asked.filter(({ kind }) => kind === 'shared')).toHaveLength(pathCount);
    expect(asked.filter(({ kind }) => kind === 'alone')).toHaveLength(sampleSize * trainings);
    expect(asked.some(({ kind }) => kind === 'parent')).toBe(false);
    const [first] = state.paths;
    // Smallest first; the mean of times 1 and 2, and time 0 beside it.
    expect(first!.parameters).toBe(1000);
    expect(first!.again).toBeCloseTo(0.1, 12);
    expect(first!.alone).toBeCloseTo(0.115, 12);
    expect(first!.cheap).toBeCloseTo(0.1, 12);
    expect(state.sharedTells.cheap).toMatchObject({ tau: 1, pairs: 1 });
    expect(state.inheritedTells.cheap).toBeNull();
    state.goTo(4);
    await idle(state);
    expect(state.children).toHaveLength(sampleSize);
    expect(asked.filter(({ kind }) => kind === 'supernet')).toHaveLength(1);
    expect(asked.filter(({ kind }) => kind === 'shared')).toHaveLength(pathCount);
    state.dispose();
    expect(handle.dispose).toHaveBeenCalled();
  });

  it('goes on after a failure where it stopped', async () => {
    let broken = true;
    const { asked, handle } = answering(
      (question) => broken && question.kind === 'shared' && question.path === 9,
    );
    const state = new WeightsState(1, handle);
    state.goTo(1);
    await vi.waitFor(() => expect(state.failure).not.toBeNull());
    await idle(state);
    expect(state.shared).toHaveLength(9);
    broken = false;
    state.again();
    await idle(state);
    expect(state.shared).toHaveLength(pathCount);
    expect(asked.filter(({ kind }) => kind === 'supernet')).toHaveLength(1);
  });
});
