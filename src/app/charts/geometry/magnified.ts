/** Screen px to one of the page, which present mode makes larger (model/viewport.svelte.ts); pointers speak screen px. */
export const magnified = (): number => Number(document.body.style.zoom) || 1;
