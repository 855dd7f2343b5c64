import './present.css';

/** Present mode and hidden parts: written on the root element, where the style sheets read them. */
let presenting = $state(false);

export const isPresenting = (): boolean => presenting;

export function setPresenting(on: boolean): void {
  presenting = on;
  if (on) document.documentElement.dataset['present'] = '1';
  else delete document.documentElement.dataset['present'];
  // The viewport (model/viewport.svelte.ts) and the charts measure themselves.
  dispatchEvent(new Event('resize'));
}

export function hideParts(parts: readonly string[]): void {
  if (parts.length > 0) document.documentElement.dataset['hide'] = parts.join(' ');
  else delete document.documentElement.dataset['hide'];
}
