import type { NetworkId } from '../search/events.ts';
import type { NetworkView } from './view.ts';

/** How a network stood at the end of `segment`. */
export interface Version {
  readonly segment: number;
  readonly view: NetworkView;
}

/** versions[id - 1], each list in the order of segments. Only ever appended to, so all maps may share it. */
export type History = readonly (readonly Version[])[];

/**
 * Networks at one moment, made without copying: how each stood at the end of the segments before `segment`, under
 * what the running segment has changed since. Ids go from 1 to `highest`; a log that came by a link lacks some.
 */
export class NetworkMap implements ReadonlyMap<NetworkId, NetworkView> {
  readonly size: number;
  readonly #highest: NetworkId;
  readonly #history: History;
  readonly #segment: number;
  readonly #changed: ReadonlyMap<NetworkId, NetworkView>;

  constructor(
    history: History,
    segment: number,
    { size, highest }: { readonly size: number; readonly highest: NetworkId },
    changed: ReadonlyMap<NetworkId, NetworkView>,
  ) {
    this.#history = history;
    this.#segment = segment;
    this.size = size;
    this.#highest = highest;
    this.#changed = changed;
  }

  get(id: NetworkId): NetworkView | undefined {
    const changed = this.#changed.get(id);
    if (changed || !(id >= 1 && id <= this.#highest)) return changed;
    const versions = this.#history[id - 1];
    if (!versions) return undefined;
    for (let index = versions.length - 1; index >= 0; index--) {
      if (versions[index]!.segment < this.#segment) return versions[index]!.view;
    }
    return undefined;
  }

  has(id: NetworkId): boolean {
    return this.get(id) !== undefined;
  }

  *entries(): Generator<[NetworkId, NetworkView], undefined> {
    for (let id = 1; id <= this.#highest; id++) {
      const view = this.get(id);
      if (view) yield [id, view];
    }
    return undefined;
  }

  *keys(): Generator<NetworkId, undefined> {
    for (const [id] of this.entries()) yield id;
    return undefined;
  }

  *values(): Generator<NetworkView, undefined> {
    for (const [, view] of this.entries()) yield view;
    return undefined;
  }

  [Symbol.iterator](): Generator<[NetworkId, NetworkView], undefined> {
    return this.entries();
  }

  forEach(
    callback: (view: NetworkView, id: NetworkId, map: ReadonlyMap<NetworkId, NetworkView>) => void,
  ): void {
    for (const [id, view] of this.entries()) callback(view, id, this);
  }
}
