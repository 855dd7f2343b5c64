import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { button, listen, open, openRuns, saveRun, tinyRecipe, untilFinished } from './page.ts';

test.beforeEach(({ page }) => listen(page));

/** What the browser saves when the network is asked for as ONNX. */
async function weightsOf(page: Page): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByRole('tab', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'ONNX').click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const versions = (page: Page) => page.getByRole('radiogroup', { name: 'Weights' });

test('a network is finished, asked and taken along as finished, and still there after a reload and in a file', async ({
  page,
}) => {
  await open(page, tinyRecipe);
  await button(page, 'Play').click();
  await untilFinished(page);
  await test.step('what to do with it is in view, and finishing leaves the page where it is', async () => {
    const card = page.getByRole('region', { name: 'Run finished' });
    for (const [width, height] of [
      [1366, 768],
      [1440, 900],
      [1280, 720],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const name of ['Try it', 'Share', 'Finish training'])
        await expect(card.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
    }
    await button(page, 'Finish training').click();
    await expect(page.getByLabel('Train for')).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await page.getByLabel('Train for').selectOption({ label: 'so many images' });
  await page.getByLabel('Images to train on').fill('0');
  await expect(button(page, 'Start')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByText('Give a whole number of images').first()).toBeVisible();
  await page.getByLabel('Images to train on').fill('8000');
  await button(page, 'Start').click();
  const place = page.getByRole('region', { name: 'Finish training' });
  await expect(place.getByText(/of 8,000 images/)).toBeVisible();
  await place.getByRole('button', { name: 'Pause' }).click();
  await expect(place.getByText(/is paused at .* It is not finished/)).toBeVisible();
  await page.getByRole('tab', { name: 'Export' }).click();
  await expect(
    page.getByText(/^Its training is being finished now \([\d,]+ of 8,000 images\): a download made here/),
  ).toBeVisible();
  await page.getByRole('tab', { name: 'Curve' }).click();
  await place.getByRole('button', { name: 'Go on' }).click();
  const outcome = place.getByText(
    /test error fell from .* \(as found\) to .* \(finished\), on 417 images it never saw\./,
  );
  await expect(outcome).toBeVisible({ timeout: 90_000 });
  const said = (await outcome.first().textContent())!;
  const [before, now] = [...said.matchAll(/([\d.]+) %/g)].map(([, share]) => Number(share));
  expect(now).toBeLessThan(before!);
  // A search this short leaves much to learn.
  expect(now).toBeLessThan(20);

  await expect(versions(page).getByRole('radio', { name: 'Finished' })).toBeChecked();
  const network = selectedIn(page)!;
  const finished = await weightsOf(page);
  expect(finished.name).toContain('-finished');
  await test.step('its errors stand together, and the last is the one to quote', async () => {
    await button(page, 'All its errors').click();
    const errors = page.getByRole('region', { name: 'All its errors' });
    await expect(errors.getByRole('row', { name: /validation error/ })).toBeVisible();
    await expect(errors.getByRole('row', { name: /test error, as found/ })).toContainText(
      `${before!.toFixed(1)} %`,
    );
    const quoted = errors.getByRole('row', { name: /test error, finished/ });
    await expect(quoted).toContainText(`${now!.toFixed(1)} %`);
    await expect(quoted).toContainText('quote this');
    await expect(quoted).toContainText('417 test images');
    await expect(errors.getByText(/^Quote the test error, finished/)).toBeVisible();
  });
  await versions(page).getByText('As found').click();
  const found = await weightsOf(page);
  expect(found.name).not.toContain('-finished');
  expect(found.bytes.equals(finished.bytes)).toBe(false);

  const path = await test.step('a file carries it', async () => {
    const saved = await saveRun(page);
    const run = saved.run as unknown as { readonly finished: readonly { readonly testError: number }[] };
    expect(run.finished).toHaveLength(1);
    expect(100 * run.finished[0]!.testError).toBeCloseTo(now!, 0);
    return saved.path;
  });

  await test.step('a reload keeps it', async () => {
    await page.goto('about:blank');
    await open(page, 'dataset=digits');
    await button(page, 'Open it').first().click();
    await walkTo(page, network);
    await versions(page).getByText('Finished').click();
    await page.getByRole('tab', { name: 'Try it' }).click();
    await button(page, 'Give me one').click();
    await expect(page.getByText(/^#\d+, finished$/)).toBeVisible();
    await expect(page.getByText(/^#\d+, as found$/)).toBeVisible();
    await expect(page.getByText(/Both say the same|They disagree/)).toBeVisible();
    expect((await weightsOf(page)).bytes.equals(finished.bytes)).toBe(true);
  });

  await test.step('a file opens with what it says of it', async () => {
    await openRuns(page, path);
    await walkTo(page, network);
    await expect(versions(page)).toBeVisible();
  });
});

/** The selected network, as the address says it. */
const selectedOf = (url: URL) => new URLSearchParams(url.hash.slice(1)).get('select');
const selectedIn = (page: Page) => selectedOf(new URL(page.url()));

/** Walks the front, to one end and back, until `network` is selected. */
async function walkTo(page: Page, network: string): Promise<void> {
  const front = 10;
  for (let steps = 0; selectedIn(page) !== network; steps++) {
    if (steps > 3 * front) throw new Error(`#${network} is not on the front`);
    const before = selectedIn(page);
    await page.keyboard.press(steps % (2 * front) < front ? 'j' : 'k');
    // At the front's end there is nowhere to go.
    await page.waitForURL((url) => selectedOf(url) !== before, { timeout: 1000 }).catch(() => undefined);
  }
  await expect(versions(page)).toBeVisible();
}
