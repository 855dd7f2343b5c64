/** Adds `more` to the end of `list`. Unlike `list.push(...more)` it does not need a stack as deep as `more` is long. */
export function addAll<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one);
}
