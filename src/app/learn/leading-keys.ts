import { isPresenting } from './present.svelte.ts';

/** Keys that move focus, or what is in it. */
const steering = /^(Tab|Arrow|Home$|End$)/;
const typed =
  'textarea, [contenteditable=true], input:not([type=checkbox], [type=radio], [type=range], [type=button])';
const controls = 'button, a, summary, select, input, [tabindex]:not([tabindex="-1"])';
/** What a presenter's remote control sends: on and back. */
const remote: Readonly<Record<string, boolean>> = { PageDown: false, PageUp: true };

/** Whether focus got where it is by the keyboard; null where neither key nor pointer was used since one looks. */
let byKeyboard: boolean | null = null;

function follow(event: Event): void {
  if (event.type === 'pointerdown') byKeyboard = false;
  else if (event instanceof KeyboardEvent && steering.test(event.key)) byKeyboard = true;
}

function lead(event: KeyboardEvent): void {
  follow(event);
  if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target instanceof Element ? event.target : document.body;
  if (at.closest(`${typed}, dialog, [aria-modal=true]`)) return;
  const back = isPresenting() ? remote[event.key] : undefined;
  if (back === undefined) {
    if (event.key !== ' ' || !at.closest(controls)) return;
    if (byKeyboard ?? at.matches(':focus-visible')) return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  // Without focus no browser presses it when the key comes up.
  if (back === undefined && at instanceof HTMLElement) at.blur();
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', {
      key: ' ',
      code: 'Space',
      shiftKey: back ?? event.shiftKey,
      repeat: event.repeat,
      bubbles: true,
      cancelable: true,
    }),
  );
}

let holders = 0;

/**
 * Where a button leads on by Space (lessons, the bench, places with beats) Space is a control's own only where the keyboard
 * brought focus to it: on what the mouse has clicked, a switch, a chart, a button, it leads on, as the button says. There
 * it is pressed again with nothing in focus, so that whoever leads on hears it. Enter presses any control. In present mode
 * Page Down and Page Up, which remote controls send, are Space and Shift Space. What it returns ends it.
 */
export function leadBySpace(): () => void {
  const capture = { capture: true };
  if (holders++ === 0) {
    addEventListener('pointerdown', follow, capture);
    addEventListener('keydown', lead, capture);
  }
  let holds = true;
  return () => {
    if (!holds) return;
    holds = false;
    if (--holders > 0) return;
    byKeyboard = null;
    removeEventListener('pointerdown', follow, capture);
    removeEventListener('keydown', lead, capture);
  };
}
