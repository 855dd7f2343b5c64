import { vi } from 'vitest';
import type { SavedRun } from '../e2e/page.ts';
import type { EngineBrowser } from './engine-browser.ts';

const patience = { timeout: 120_000, interval: 200 };

/** Presses the button `name` once it is there. */
export async function press(browser: EngineBrowser, name: string): Promise<void> {
  const pressed = (label: string) => {
    const button = [...document.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent.trim()) === label,
    );
    button?.click();
    return button !== undefined;
  };
  await vi.waitUntil(() => browser.evaluate(pressed, name), patience);
}

/** Waits until the page says what fits `wanted`; throws what it says where that fits `never`. */
export async function untilSaid(browser: EngineBrowser, wanted: RegExp, never: RegExp): Promise<void> {
  await vi.waitUntil(async () => {
    const text = await browser.evaluate(() => document.body.innerText, null);
    const wrong = never.exec(text);
    if (wrong) throw new Error(wrong[0]);
    return wanted.test(text);
  }, patience);
}

/** Plays the search of the page to its end; throws the reason where it fails. */
export async function playToEnd(browser: EngineBrowser): Promise<void> {
  await browser.evaluate(() => {
    addEventListener('lemonade', (event) => {
      const { detail } = event as CustomEvent<{ kind: string; reason?: string }>;
      if (detail.kind !== 'generation') document.body.dataset['ended'] = detail.reason ?? detail.kind;
    });
  }, null);
  await press(browser, 'Play');
  const ended = await vi.waitUntil(
    () => browser.evaluate(() => document.body.dataset['ended'] ?? '', null),
    patience,
  );
  if (ended !== 'finished') throw new Error(ended);
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
  const text = await vi.waitUntil(
    () => browser.evaluate(() => document.body.dataset['saved'] ?? '', null),
    patience,
  );
  return JSON.parse(text) as SavedRun;
}

/** Puts files into the hidden input that `which` picks out, as if a visitor had chosen them. */
export async function chooseFiles(
  browser: EngineBrowser,
  which: string,
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<void> {
  await browser.evaluate(
    ({ selector, contents }) => {
      const input = document.querySelector<HTMLInputElement>(selector)!;
      const chosen = new DataTransfer();
      for (const { name, text } of contents) chosen.items.add(new File([text], name));
      input.files = chosen.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    },
    { selector: which, contents: files },
  );
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
  await vi.waitUntil(() => browser.evaluate(drawn, null), patience);
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
  for (const name of ['a', 'bcd', 'efghi']) {
    await vi.waitUntil(() => browser.evaluate(add, name), patience);
    await untilSaid(browser, new RegExp(`\\b${name}\\b`), /could not be read/);
  }
  await press(browser, 'Search on these pictures');
  return vi.waitUntil(
    () => browser.evaluate(() => /own-[0-9a-f]{8}/.exec(location.hash)?.[0] ?? '', null),
    patience,
  );
}
