import type { Weights } from '../../core/architecture/weights.ts';
import { decodeFloats } from '../../core/run-file/base64.ts';
import type { RunFile } from '../../core/run-file/schema.ts';
import type { NetworkId, SearchEvent } from '../../core/search/events.ts';

export interface Recording {
  readonly name: string;
  readonly events: readonly SearchEvent[];
  readonly weights: ReadonlyMap<NetworkId, Weights>;
}

/**
 * The bundled recording of a real run (made by `npm run search`), or null where the site has none. It comes with the
 * site, so it is not checked again like a stranger's file.
 */
export async function loadRecording(): Promise<Recording | null> {
  try {
    const answer = await fetch(new URL('recordings/first-visit.json', document.baseURI));
    if (!answer.ok || !answer.headers.get('content-type')?.includes('json')) return null;
    const file = (await answer.json()) as RunFile;
    const weights = new Map<NetworkId, Weights>();
    for (const one of file.weights ?? []) {
      const padding = one.float32.endsWith('==') ? 2 : one.float32.endsWith('=') ? 1 : 0;
      const decoded = decodeFloats(one.float32, ((one.float32.length / 4) * 3 - padding) / 4);
      if (decoded.ok) weights.set(one.network, decoded.value);
    }
    return { name: file.name, events: file.events, weights };
  } catch {
    return null;
  }
}
