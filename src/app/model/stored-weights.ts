import { adoptWeights, type Weights } from '../../core/architecture/weights.ts';
import type { NetworkId } from '../../core/search/events.ts';
import { recordedWeights } from './recording.ts';
import type { RunLog } from './run-log.svelte.ts';
import { openRunStore } from '../../storage/runs.ts';

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
  const weights = here ?? (await keptWeights(run, network));
  const architecture = run.log.whole?.networks.get(network)?.architecture;
  if (!weights || !architecture) return weights;
  const adopted = adoptWeights(architecture, weights);
  return adopted.ok ? adopted.value : null;
}

/** Weights that neither came with the run nor lie with its workers. */
async function keptWeights({ kind, runId }: KeptRun, network: NetworkId): Promise<Weights | null> {
  if (kind === 'recording') return recordedWeights(network);
  return runId ? storedWeights(runId, network) : null;
}

/** Weights of a network of a stored run; null where they were not kept. */
async function storedWeights(run: string, network: NetworkId): Promise<Weights | null> {
  const store = await openRunStore();
  if (!store.ok) return null;
  const loaded = await store.value.loadWeights(run, network);
  store.value.close();
  return loaded.ok ? loaded.value : null;
}
