/** Height of the lesson's bar at the lower edge, px, which a whole page leaves free; 0 where there is none. */
let height = $state(0);

export const dockHeight = (): number => height;

export function setDockHeight(px: number): void {
  height = px;
}
