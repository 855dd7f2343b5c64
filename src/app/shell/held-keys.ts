import { tick } from 'svelte';

/** Keys that are held at once; more are not meant. */
const most = 20;

let holders = 0;
/** Pressed while nothing listened yet, by the script in index.html until `holdKeys` is first called. */
const held: KeyboardEvent[] = [];

declare global {
  interface Window {
    earlyKeys?: KeyboardEvent[];
  }
}

/** True for a key that the page itself answers: one without a control in focus. */
function isForThePage({ key, target, ctrlKey, metaKey, altKey, isTrusted }: KeyboardEvent): boolean {
  const nothingInFocus = target === document.body || target === document.documentElement;
  return (
    isTrusted && nothingInFocus && !ctrlKey && !metaKey && !altKey && (key.length === 1 || key === 'Escape')
  );
}

function keep(event: KeyboardEvent): void {
  if (!isForThePage(event)) return;
  if (held.length < most) held.push(event);
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Presses again what was held, each key once the one before has shown its effect. */
async function press(): Promise<void> {
  for (await tick(); holders === 0 && held.length > 0; await tick()) {
    const { key, code, shiftKey, repeat } = held.shift()!;
    const again = { key, code, shiftKey, repeat, bubbles: true, cancelable: true };
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', again));
  }
}

/**
 * Holds the page's keys until what they are meant for listens: whoever waits for a part of the page calls this and
 * then what it returns. When no one waits any more, the keys are pressed again in their order.
 */
export function holdKeys(): () => void {
  if (holders++ === 0) addEventListener('keydown', keep, { capture: true });
  for (const key of (window.earlyKeys ?? []).filter(isForThePage).slice(0, most)) held.push(key);
  delete window.earlyKeys;
  let waits = true;
  return () => {
    if (!waits) return;
    waits = false;
    if (--holders > 0) return;
    removeEventListener('keydown', keep, { capture: true });
    void press();
  };
}
