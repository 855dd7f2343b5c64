import { vi } from 'vitest';
import type { SavedRun } from '../e2e/page.ts';
import type { EngineBrowser } from './engine-browser.ts';

/** Whole searches on a loaded machine. */
const patience = { timeout: 150_000, interval: 200 };

/** Waits until `script` gives something on the page, and gives it; else throws what the page says. */
async function until<A, T>(
  browser: EngineBrowser,
  what: string,
  script: (argument: A) => T,
  argument: A,
): Promise<NonNullable<T>> {
  try {
    return (await vi.waitUntil(() => browser.evaluate(script, argument), patience)) as NonNullable<T>;
  } catch (error) {
    const text = await browser.evaluate(() => document.body.innerText, null);
    throw new Error(`waited for ${what} on a page that says: ${text.replaceAll('\n', ' ').slice(0, 900)}`, {
      cause: error,
    });
  }
}

export async function withBrowser<T>(
  start: () => Promise<EngineBrowser>,
  use: (browser: EngineBrowser) => Promise<T>,
): Promise<T> {
  const browser = await start();
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
}

/** Opens `url` as a page of its own, even where only what stands behind its # is another. */
export async function visit(browser: EngineBrowser, url: string): Promise<void> {
  await browser.open('about:blank');
  await browser.open(url);
}

/** Presses the button `name` once it is there. */
export async function press(browser: EngineBrowser, name: string): Promise<void> {
  const pressed = (label: string) => {
    const button = [...document.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === label,
    );
    button?.click();
    return button !== undefined;
  };
  await until(browser, `a button ${name}`, pressed, name);
}

/** Waits until the page says what fits `wanted`; throws what it says where that fits `never`. */
export async function untilSaid(browser: EngineBrowser, wanted: RegExp, never: RegExp): Promise<void> {
  let text = '';
  const isSaid = async () => {
    text = await browser.evaluate(() => document.body.innerText, null);
    const wrong = never.exec(text);
    if (wrong) throw new Error(wrong[0]);
    return wanted.test(text);
  };
  await vi.waitUntil(isSaid, patience).catch((error: unknown) => {
    throw new Error(`waited for ${wanted.source} on a page that says: ${text.slice(0, 900)}`, {
      cause: error,
    });
  });
}

/** Plays the search of the page to its end; throws the reason where it fails. */
export async function playToEnd(browser: EngineBrowser, by = 'Play'): Promise<void> {
  await browser.evaluate(() => {
    addEventListener('lemonade', (event) => {
      const { detail } = event as CustomEvent<{ kind: string; reason?: string }>;
      if (detail.kind !== 'generation') document.body.dataset['ended'] = detail.reason ?? detail.kind;
    });
  }, null);
  await press(browser, by);
  const ended = await until(browser, 'the end', () => document.body.dataset['ended'] ?? '', null);
  if (ended !== 'finished') throw new Error(ended);
}

/** Plays the search of the page until a generation has ended. */
export async function playOneGeneration(browser: EngineBrowser): Promise<void> {
  await browser.evaluate(() => {
    addEventListener('lemonade', (event) => {
      document.body.dataset['last'] = (event as CustomEvent<{ kind: string }>).detail.kind;
    });
  }, null);
  await press(browser, 'Play');
  const isOver = () => document.body.dataset['last'] === 'generation';
  await until(browser, 'the end of a generation', isOver, null);
}

/**
 * Waits until the browser has written an unfinished run: a loaded machine takes seconds for it, and what is not written
 * when a page is left is lost.
 */
export async function untilStored(browser: EngineBrowser): Promise<void> {
  const isStored = () =>
    new Promise<boolean>((resolve) => {
      const opening = indexedDB.open('lemonade');
      opening.onerror = () => resolve(false);
      opening.onsuccess = () => {
        const database = opening.result;
        const runs = database.transaction('runs').objectStore('runs').getAll();
        runs.onerror = () => resolve(false);
        runs.onsuccess = () => {
          database.close();
          resolve((runs.result as { finished: boolean }[]).some(({ finished }) => !finished));
        };
      };
    });
  await until(browser, 'a stored run', isStored, null);
}

/** The file that the button Save run makes, kept from the browser's downloads. */
export async function savedRun(browser: EngineBrowser): Promise<SavedRun> {
  await browser.evaluate(() => {
    HTMLAnchorElement.prototype.click = function () {
      void fetch(this.href)
        .then((file) => file.text())
        .then((text) => (document.body.dataset['saved'] = text));
    };
  }, null);
  await press(browser, 'Save run');
  const text = await until(browser, 'a file', () => document.body.dataset['saved'] ?? '', null);
  return JSON.parse(text) as SavedRun;
}

/** Writes `text` into the field that the label `label` names, once it is there. */
export async function write(browser: EngineBrowser, label: string, text: string): Promise<void> {
  const written = (field: { label: string; text: string }) => {
    const named = [...document.querySelectorAll('label')].find((one) =>
      one.textContent.includes(field.label),
    );
    const input = named?.querySelector('input');
    if (!input) return false;
    input.value = field.text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  };
  await until(browser, `a field ${label}`, written, { label, text });
}

/** What stands in the first element that `selector` picks out, once there is something. */
export const textOf = (browser: EngineBrowser, selector: string): Promise<string> =>
  until(
    browser,
    selector,
    (which: string) => document.querySelector<HTMLElement>(which)?.innerText ?? '',
    selector,
  );

/** Chooses the option that says `label`, in whatever list has it, once it is there. */
export async function chooseOption(browser: EngineBrowser, label: string): Promise<void> {
  const chosen = (text: string) => {
    const option = [...document.querySelectorAll('option')].find((one) => one.text.trim() === text);
    const list = option?.closest('select');
    if (!option || !list) return false;
    list.value = option.value;
    list.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  };
  await until(browser, `an option ${label}`, chosen, label);
}

/** Puts files into the hidden input that `which` picks out, as if a visitor had chosen them. */
export async function chooseFiles(
  browser: EngineBrowser,
  which: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  const chosen = ({ selector, contents }: { selector: string; contents: typeof files }) => {
    const input = document.querySelector<HTMLInputElement>(selector);
    if (!input) return false;
    const transfer = new DataTransfer();
    for (const { name, text } of contents) transfer.items.add(new File([text], name));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  };
  await until(browser, which, chosen, { selector: which, contents: files });
}

/** Draws a one on the pad, by pointer. */
export async function drawOne(browser: EngineBrowser): Promise<void> {
  const drawn = () => {
    const pad = document.querySelector('.pad');
    if (!pad) return false;
    const { left, top, width, height } = pad.getBoundingClientRect();
    Element.prototype.setPointerCapture = () => {};
    const fire = (type: string, share: number) =>
      pad.dispatchEvent(
        new PointerEvent(type, {
          ...{ bubbles: true, pointerId: 1, buttons: 1, isPrimary: true },
          ...{ clientX: left + width / 2, clientY: top + height * share },
        }),
      );
    fire('pointerdown', 0.2);
    for (let step = 1; step <= 12; step++) fire('pointermove', 0.2 + 0.05 * step);
    fire('pointerup', 0.8);
    return true;
  };
  await until(browser, 'the pad', drawn, null);
}

/** Pictures of three classes, larger than any data set's, as a visitor adds them class by class; the id of their set. */
export async function addOwnPictures(browser: EngineBrowser): Promise<string> {
  const add = (name: string) => {
    const [side, high] = [517, 411];
    const picture = (shift: number) => {
      const bytes = new Uint8Array(54 + Math.ceil((side * 3) / 4) * 4 * high);
      const view = new DataView(bytes.buffer);
      view.setUint16(0, 0x424d);
      const fields = [bytes.length, 0, 54, 40, side, high, 1 | (24 << 16)];
      fields.forEach((value, i) => view.setUint32(2 + 4 * i, value, true));
      for (let y = 0; y < high; y++)
        for (let x = 0; x < side; x++)
          for (let c = 0; c < 3; c++)
            bytes[54 + y * Math.ceil((side * 3) / 4) * 4 + x * 3 + c] =
              (x * (name.length + c) + y * (shift + 3) + ((x * y) >> 5) * (c + 1)) % 256;
      return new File([bytes], `${name}${shift}.bmp`, { type: 'image/bmp' });
    };
    const label = document.querySelector<HTMLInputElement>('.by-hand input');
    if (!label) return false;
    label.value = name;
    label.dispatchEvent(new Event('input', { bubbles: true }));
    const input = document.querySelector<HTMLInputElement>('.own details input[type=file]')!;
    const chosen = new DataTransfer();
    for (let shift = 0; shift < 6; shift++) chosen.items.add(picture(shift));
    input.files = chosen.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  };
  for (const [index, name] of ['a', 'bcd', 'efghi'].entries()) {
    await until(browser, 'a class to add', add, name);
    if (index > 0) await untilSaid(browser, new RegExp(`\\b${index + 1} classes\\.`), /could not be read/);
  }
  await press(browser, 'Search on these pictures');
  const id = () => /own-[0-9a-f]{8}/.exec(location.hash)?.[0] ?? '';
  return until(browser, 'the set in the address', id, null);
}
