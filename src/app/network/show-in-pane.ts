/**
 * Brings `element` to the top of the nearest pane that scrolls, `below` px under it, and leaves the page where it is;
 * without such a pane (a phone) the page scrolls.
 */
export function showInPane(element: HTMLElement, below: number): void {
  let pane = element.parentElement;
  while (pane && !/auto|scroll/.test(getComputedStyle(pane).overflowY)) pane = pane.parentElement;
  if (!pane || pane === document.documentElement || pane === document.body) {
    element.scrollIntoView({ block: 'start' });
    return;
  }
  pane.scrollTop += element.getBoundingClientRect().top - pane.getBoundingClientRect().top - below;
}
