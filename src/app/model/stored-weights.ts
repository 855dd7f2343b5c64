import { adoptWeights, type Weights } from '../../core/architecture/weights.ts';
import type { Result } from '../../core/result.ts';
import type { NetworkId } from '../../core/search/events.ts';
import type { Finished } from './finished.svelte.ts';
import { recordedWeights } from './recording.ts';
import type { RunLog } from './run-log.svelte.ts';
import { openRunStore, type RunStore } from '../../storage/runs.ts';

interface KeptRun {
  readonly kind: 'live' | 'recording' | 'file';
  readonly runId: string | null;
  readonly log: RunLog;
}

/**
 * Weights of a network as its layout has them now, whenever they were stored: those `here`, else the recording's or a
 * stored run's. Null where there are none that fit.
 */
export async function fittingWeights(
  run: KeptRun,
  network: NetworkId,
  here: Weights | null,
): Promise<Weights | null> {
  return fitting(run, network, here ?? (await keptWeights(run, network)));
}

/** The same of what the last finishing of its training left. */
export async function finishedWeights(
  run: KeptRun & { readonly sideRuns: { readonly finished: Finished } },
  network: NetworkId,
): Promise<Weights | null> {
  const { runId } = run;
  const { finished } = run.sideRuns;
  if (!finished.of(network)) return null;
  const here = finished.weights.get(network);
  const stored = () => (runId === null ? null : fromStore((store) => store.loadFinished(runId, network)));
  return fitting(run, network, here ?? (await stored()));
}

function fitting({ log }: KeptRun, network: NetworkId, weights: Weights | null): Weights | null {
  const architecture = log.whole?.networks.get(network)?.architecture;
  if (!weights || !architecture) return weights;
  const adopted = adoptWeights(architecture, weights);
  return adopted.ok ? adopted.value : null;
}

/** Weights that neither came with the run nor lie with its workers. */
async function keptWeights({ kind, runId }: KeptRun, network: NetworkId): Promise<Weights | null> {
  if (kind === 'recording') return recordedWeights(network);
  return runId ? fromStore((store) => store.loadWeights(runId, network)) : null;
}

/** Weights that a store may have; null where they were not kept. */
async function fromStore(
  load: (store: RunStore) => Promise<Result<Weights | null, unknown>>,
): Promise<Weights | null> {
  const store = await openRunStore();
  if (!store.ok) return null;
  const loaded = await load(store.value);
  store.value.close();
  return loaded.ok ? loaded.value : null;
}
