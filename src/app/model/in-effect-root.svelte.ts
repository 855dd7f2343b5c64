/**
 * What a component makes and the session keeps: its derived values would go still with the component that happened to
 * make it, so they are made in a root of their own.
 */
export function inEffectRoot<T>(make: () => T): T {
  let made: T | undefined;
  $effect.root(() => {
    made = make();
  });
  return made!;
}
