/** `map` and `entries` in a new map: what is drawn from a map is drawn again where the map is another one. */
export const withEntries = <K, V>(
  map: ReadonlyMap<K, V>,
  entries: Iterable<readonly [K, V]>,
): ReadonlyMap<K, V> => new Map([...map, ...entries]);

export const emptyMap = <K, V>(): ReadonlyMap<K, V> => new Map<K, V>();
