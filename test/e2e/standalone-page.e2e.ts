import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Locator, test, type Page } from '@playwright/test';
import { encode } from 'fast-png';
import type { ExportedNetwork } from '../../src/core/export/portable.ts';
import { decodeFloats } from '../../src/core/run-file/base64.ts';
import { parseRunFile } from '../../src/core/run-file/parse.ts';
import { viewOf } from '../../src/core/run-file/fold.ts';
import type { RunWeights } from '../../src/core/run-file/schema.ts';
import { catalog } from '../../src/datasets/catalog.ts';
import { loadTest } from '../../src/datasets/load.ts';
import { preparationOf } from '../../src/datasets/preparation.ts';
import { preparePicture } from '../../src/datasets/prepare-picture.ts';
import { referenceProbabilities } from '../core/export/sample.ts';
import { readData, unwrap } from '../datasets/files.ts';
import { button, violations } from './page.ts';

/** A member of the recording's front, and the number of it in the front's order of parameters. */
const member = 54;
const place = 8;
const recordings = new URL('../../public/recordings/', import.meta.url);

/** The recorded network, from the files that the site has. */
function recorded(): ExportedNetwork {
  const opened = unwrap(parseRunFile(readFileSync(new URL('first-visit-whole.json', recordings), 'utf8')));
  const { weights } = JSON.parse(readFileSync(new URL('first-visit-front.json', recordings), 'utf8')) as {
    weights: readonly RunWeights[];
  };
  const { float32 } = weights.find(({ network }) => network === member)!;
  const { classes, mean, deviation } = catalog.mnist;
  return {
    ...{ name: 'recorded', classes, mean, deviation },
    architecture: viewOf(opened.file.events)!.networks.get(member)!.architecture,
    weights: unwrap(decodeFloats(float32)),
  };
}

const sharesOf = (page: Page): Promise<readonly number[]> =>
  page
    .locator('.line')
    .evaluateAll((lines) => lines.map((line) => Number((line as HTMLElement).dataset['probability'])));

/** A seven, drawn with the keyboard: the same strokes on every pad. */
async function drawSeven(page: Page): Promise<void> {
  const press = async (key: string, times: number) => {
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };
  await press('ArrowUp', 8);
  await press('ArrowLeft', 6);
  await press('Enter', 1);
  await press('ArrowRight', 11);
  for (let i = 0; i < 5; i++) {
    await press('ArrowDown', 3);
    await press('ArrowLeft', 1);
  }
  await press('Enter', 1);
}

/** How far the bars of the site's Try it are from `shares`; a bar is 56 px at most and 1 px at least. */
async function difference(panel: Locator, shares: readonly number[]): Promise<number> {
  const heights = await panel
    .getByRole('region', { name: `#${member}`, exact: true })
    .locator('.column .bar')
    .evaluateAll((bars) => bars.map((bar) => parseFloat((bar as HTMLElement).style.height)));
  if (heights.length !== shares.length) return Infinity;
  return Math.max(
    ...heights.map((height, c) => Math.abs(Math.max(height / 56, 1 / 56) - Math.max(shares[c]!, 1 / 56))),
  );
}

test('a network as a page of its own answers from a file, without a network, as the site does', async ({
  page,
  context,
}, { outputDir }) => {
  await page.goto('./');
  const plot = page.getByRole('application', { name: /^Trade-off/ });
  await expect(plot).toBeVisible();
  await page.getByRole('slider', { name: 'Generation shown' }).focus();
  await page.keyboard.press('End');
  await plot.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < place; i++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const panel = page.locator('#network');
  await expect(panel.getByText(`#${member}`, { exact: true })).toBeVisible();

  await panel.getByRole('tab', { name: 'Export' }).click();
  const saved = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'A page of its own' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe(`lemonade-${member}.html`);
  const path = resolve(outputDir, download.suggestedFilename());
  await download.saveAs(path);
  await panel.getByRole('tab', { name: 'Try it' }).click();
  await panel.getByRole('application', { name: 'Drawing pad' }).focus();
  await drawSeven(page);

  const own = await context.newPage();
  const requests: string[] = [];
  own.on('request', (request) => requests.push(request.url()));
  await own.goto(pathToFileURL(path).href);
  await context.setOffline(true);
  expect(await violations(own)).toEqual([]);
  await own.getByRole('application', { name: 'Drawing pad' }).focus();
  await drawSeven(own);
  await expect(own.locator('.top')).toHaveText('7');
  const drawn = await sharesOf(own);
  expect(drawn).toHaveLength(10);
  await context.setOffline(false);
  await expect.poll(() => difference(panel, drawn)).toBeLessThan(1e-5);

  await context.setOffline(true);
  const network = recorded();
  const { images, labels } = unwrap(await loadTest('mnist', readData, { limit: 50 }));
  let right = 0;
  for (let n = 0; n < 50; n++) {
    const data = images.slice(784 * n, 784 * (n + 1));
    const grey = [...data].flatMap((value) => [value, value, value, 255]);
    const picture = { width: 28, height: 28, data: Uint8Array.from(grey) };
    await button(own, 'Clear').click();
    await expect(own.locator('.told')).toHaveCount(0);
    await own.locator('#file').setInputFiles({
      ...{ name: `${n}.png`, mimeType: 'image/png' },
      buffer: Buffer.from(encode({ width: 28, height: 28, channels: 1, data })),
    });
    await expect(own.locator('.told')).toHaveCount(1);
    const pixels = unwrap(preparePicture(picture, preparationOf(catalog.mnist)));
    const [expected] = referenceProbabilities(network, Float32Array.from(pixels));
    const shares = await sharesOf(own);
    shares.forEach((share, c) => expect(Math.abs(share - expected![c]!)).toBeLessThan(1e-5));
    if (shares.indexOf(Math.max(...shares)) === labels[n]) right++;
  }
  expect(right).toBeGreaterThanOrEqual(46);
  expect(requests.filter((url) => !/^(file|data|blob):/.test(url))).toEqual([]);
});
