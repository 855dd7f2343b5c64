import { layoutOf, type Weights } from '../../src/core/architecture/weights.ts';
import { seeded } from '../../src/core/random.ts';
import type { RunFile } from '../../src/core/run-file/schema.ts';
import { makeRunFile, type RunFacts } from '../../src/core/run-file/serialise.ts';
import type { Recipe } from '../../src/core/search/recipe.ts';
import { driveNetworks } from './network-search.ts';

/** Facts of a run whose training was pretended; nothing of it may be shown as a result. */
export const runFacts: RunFacts = {
  name: 'Synthetic run for tests',
  appVersion: '0.1.0',
  note: 'Its errors are made up: "quotes", <b>tags</b>, =SUM(1), ünïcode.',
  date: '2026-01-01T00:00:00.000Z',
  device: {
    backend: {
      kind: 'wasm',
      trainer: 'portable',
      adapter: 'none',
      software: false,
      selfTest: { passed: true, maxDifference: 1e-6 },
      passedOver: [{ kind: 'webgpu', reason: 'not there' }],
    },
    workers: 2,
    description: 'test',
  },
  dataset: {
    id: 'fashion',
    title: 'Fashion-MNIST',
    classes: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'],
    trainCount: 10_000,
    testCount: 2000,
    checksum: '0'.repeat(64),
    licence: 'MIT',
    attribution: 'none',
  },
};

/** A run file of a short pretended search, with weights and (made up) test errors of two networks of its front. */
export function sampleRunFile(recipe: Partial<Recipe> = { generations: 3, proposals: 10 }): {
  readonly file: RunFile;
  readonly weights: ReadonlyMap<number, Weights>;
  readonly testErrors: ReadonlyMap<number, number>;
} {
  const { state, events } = driveNetworks(recipe);
  const weights = new Map(
    state.front.slice(0, 2).map((id) => {
      const random = seeded(`weights/${id}`);
      const { length } = layoutOf(state.networks[id - 1]!.architecture);
      return [id, Float32Array.from({ length }, () => random.normal())] as const;
    }),
  );
  const testErrors = new Map(
    state.front.slice(0, 2).map((id) => [id, state.networks[id - 1]!.objectives.error! + 0.01] as const),
  );
  const facts = { ...runFacts, selected: state.front[0]!, weights, testErrors };
  return { file: makeRunFile(events, facts), weights, testErrors };
}
