/** Screen px to one of the page, which present mode makes larger (model/viewport.svelte.ts); pointers speak screen px. */
export const magnified = (): number => Number(document.body.style.zoom) || 1;

/** Where the pointer is in the element that listens, px of the page. */
export function pointerIn(event: MouseEvent): { readonly x: number; readonly y: number } {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
  const zoom = magnified();
  return { x: (event.clientX - left) / zoom, y: (event.clientY - top) / zoom };
}
