import type { Weights } from '../../core/architecture/weights.ts';
import { decodeFloats } from '../../core/run-file/base64.ts';
import type { RunFile, RunWeights } from '../../core/run-file/schema.ts';
import type { NetworkId } from '../../core/search/events.ts';

async function fetchJson<T>(name: string): Promise<T | null> {
  try {
    const answer = await fetch(new URL(`recordings/${name}`, document.baseURI));
    if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return null;
    return (await answer.json()) as T;
  } catch {
    return null;
  }
}

/** Of a run file what the first page draws, shortened (scripts/recording.ts). */
export interface Recording extends Pick<RunFile, 'recipe' | 'events'> {
  /** What was left out. */
  readonly note: string;
}

/**
 * The bundled recording of a real run, or null where the site has none. It comes with the site, so it is not checked again
 * like a stranger's file.
 */
export const loadRecording = (): Promise<Recording | null> => fetchJson<Recording>('first-visit.json');

/** The run file of the same with all of its log, which the first page has no room for. */
export const loadWholeRecording = (): Promise<RunFile | null> => fetchJson<RunFile>('first-visit-whole.json');

/** Fetched when first asked for, and again where that failed. */
function fetchedOnce(name: string): () => Promise<ReadonlyMap<NetworkId, Weights>> {
  let kept: Promise<ReadonlyMap<NetworkId, Weights>> | undefined;
  return async () => {
    const weights = await (kept ??= fetchWeights(name));
    if (weights.size === 0) kept = undefined;
    return weights;
  };
}

/** Weights of the two networks of the recording that answer a drawing; fetched apart, after the first paint. */
export const loadRecordingWeights = fetchedOnce('first-visit-weights.json');
const loadFrontWeights = fetchedOnce('first-visit-front.json');

/** Weights of any network of the recording's last front; null for one not on it. */
export async function recordedWeights(id: NetworkId): Promise<Weights | null> {
  return (await loadRecordingWeights()).get(id) ?? (await loadFrontWeights()).get(id) ?? null;
}

async function fetchWeights(name: string): Promise<ReadonlyMap<NetworkId, Weights>> {
  const file = await fetchJson<{ readonly weights: readonly RunWeights[] }>(name);
  const weights = new Map<NetworkId, Weights>();
  for (const { network, float32 } of file?.weights ?? []) {
    const decoded = decodeFloats(float32);
    if (decoded.ok) weights.set(network, decoded.value);
  }
  return weights;
}
