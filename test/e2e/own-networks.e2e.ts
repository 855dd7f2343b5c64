import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { writeModel, type Written } from '../core/import/torch-like.ts';
import { button, listen, open, saveRun, tinyRecipe, untilFinished } from './page.ts';

test.beforeEach(({ page }) => listen(page));

interface Dropped {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Drops files on the page. */
const drop = (page: Page, files: readonly Dropped[]) =>
  page.evaluate(
    (list) => {
      const data = new DataTransfer();
      for (const { name, bytes } of list) data.items.add(new File([Uint8Array.from(bytes)], name));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    },
    files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })),
  );

const place = (page: Page) => page.getByRole('dialog', { name: 'Your own networks' });
const entry = (page: Page, name: string) => place(page).getByRole('listitem').filter({ hasText: name });

/** A dense layer for digits, small enough that erf behind it changes no order. */
function dense(
  tail: readonly Written[] = [],
  input: readonly (number | string)[] = ['n', 1, 8, 8],
): Uint8Array {
  const floats = Float32Array.from({ length: 640 }, (_, i) => Math.sin(1 + i * i) / 64);
  return writeModel({
    nodes: [
      { type: 'Flatten', inputs: ['input'], output: 'flat' },
      {
        type: 'Gemm',
        inputs: ['flat', 'w'],
        output: tail.length > 0 ? 'scores' : 'output',
        attributes: { transB: 1 },
      },
      ...tail,
    ],
    constants: [{ name: 'w', shape: [10, 64], floats }],
    input,
    output: ['n', 10],
  });
}

test('a network taken along as ONNX and dropped again stands at its own dot, with its own error', async ({
  page,
}) => {
  await open(page, tinyRecipe);
  await button(page, 'Play').click();
  await untilFinished(page);
  await button(page, 'Try it').click();
  await page.getByRole('tab', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'ONNX').click()]);
  const name = download.suggestedFilename();
  const bytes = await readFile(await download.path());
  const { run } = await saveRun(page);
  const network = run.networks.find(({ id }) => id === Number(/\d+/.exec(name)![0]))!;

  await drop(page, [{ name, bytes }]);
  const own = entry(page, name);
  const { parameters, error } = network.objectives as { readonly parameters: number; readonly error: number };
  const said = `${parameters.toLocaleString('en')} parameters, ${(100 * error).toFixed(1)} % wrong on`;
  await expect(own).toContainText(said);
  await expect(own).toContainText('Run by this page’s own code.');
  await expect(own).toContainText('The file says so.');
  expect((await new AxeBuilder({ page }).include('.drawer').analyze()).violations).toEqual([]);

  const cross = page.locator('#trade-off g:has(> .mark-own)');
  const [x, y] = (await cross.getAttribute('transform'))!.match(/[\d.]+/g)!.map(Number);
  const ring = page.locator('#trade-off svg.top .mark-ring');
  expect(Math.abs(x! - Number(await ring.getAttribute('cx')))).toBeLessThan(0.5);
  expect(Math.abs(y! - Number(await ring.getAttribute('cy')))).toBeLessThan(0.5);
  await page.keyboard.press('Escape');
  await cross.locator('circle').hover();
  await expect(page.locator('#trade-off text', { hasText: name })).toBeVisible();

  // The log and the front know nothing of it.
  const after = await saveRun(page);
  expect(after.run.events).toEqual(run.events);
  await button(page, 'your own').click();
  await button(page, `Remove ${name}`).click();
  await expect(cross).toHaveCount(0);
});

test('other operators are run by ONNX Runtime from this site, and a file that does not fit says what would', async ({
  page,
}) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    if (
      !request.url().startsWith('http://127.0.0.1') &&
      !request.url().startsWith('blob:') &&
      !request.url().startsWith('data:')
    )
      elsewhere.push(request.url());
  });
  const runtime: string[] = [];
  page.on('request', (request) => /\/ort/.test(request.url()) && runtime.push(request.url()));
  await open(page, tinyRecipe);
  await drop(page, [{ name: 'dense.onnx', bytes: dense() }]);
  await expect(entry(page, 'dense.onnx')).toContainText('640 parameters');
  await expect(entry(page, 'dense.onnx')).toContainText('Run by this page’s own code.');
  expect(runtime).toEqual([]);
  await drop(page, [
    { name: 'erf.onnx', bytes: dense([{ type: 'Erf', inputs: ['scores'], output: 'output' }]) },
    { name: 'colour.onnx', bytes: dense([], ['n', 3, 32, 32]) },
    { name: 'text.onnx', bytes: new TextEncoder().encode('no network') },
  ]);
  await expect(entry(page, 'erf.onnx')).toContainText('Run by ONNX Runtime', { timeout: 90_000 });
  const wrong = /[\d.]+ % wrong on \d+/;
  const [ours, theirs] = await Promise.all(
    ['dense.onnx', 'erf.onnx'].map(async (name) => wrong.exec((await entry(page, name).textContent())!)![0]),
  );
  expect(theirs).toBe(ours);
  await expect(place(page)).toContainText(
    'It takes images of 3 × 32 × 32, and those of this data set are 1 × 8 × 8',
  );
  await expect(place(page)).toContainText('This is no ONNX file');
  expect(runtime.some((url) => url.endsWith('.wasm'))).toBe(true);
  expect(elsewhere).toEqual([]);

  await test.step('pixels can be given in another way', async () => {
    const pixels = entry(page, 'dense.onnx').getByLabel('Pixels');
    const other = (await pixels.inputValue()) === 'unit' ? 'bytes' : 'unit';
    await pixels.selectOption(other);
    await expect(entry(page, 'dense.onnx')).toContainText('You chose it.');
    await expect(pixels).toHaveValue(other);
  });
});
