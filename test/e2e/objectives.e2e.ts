import { expect, test, type Page } from '@playwright/test';
import { button, frontOf, listen, open, saveRun, untilFinished } from './page.ts';

const tiny =
  'dataset=digits&seed=3&generations=2&proposals=8&accepted=2&imagesPerChild=320&imagesPerSeed=320&imagesFinal=640&imagesDistilled=64&backend=wasm&workers=1';

test.beforeEach(({ page }) => listen(page));

async function frontAfter(page: Page, settings: string) {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  await open(page, `${tiny}&${settings}&autoplay=1`);
  await untilFinished(page);
  const { run } = await saveRun(page);
  expect(problems).toEqual([]);
  return { run, front: frontOf(run) as readonly Readonly<Record<string, number>>[] };
}

test('a second head on the same body learns a second data set, whose images are fitted', async ({ page }) => {
  const { front } = await frontAfter(page, 'secondDataset=mnist&objectives=error,secondError,parameters');
  expect(front.length).toBeGreaterThan(0);
  for (const network of front) {
    expect(network['error']).toBeLessThan(0.95);
    expect(network['secondError']).toBeGreaterThan(0);
    expect(network['secondError']).toBeLessThan(0.95);
  }
});

test('five objectives at once, inference time measured on this device', async ({ page }) => {
  const keys = ['error', 'parameters', 'multiplyAdds', 'activationBytes', 'inferenceSeconds'];
  const { run, front } = await frontAfter(page, `objectives=${keys.join(',')}`);
  expect(front.length).toBeGreaterThan(0);
  for (const network of front) for (const key of keys) expect(network[key], key).toBeGreaterThan(0);
  const volumes = run.events.flatMap((event) => event.hypervolume ?? []);
  // The starting networks, two generations, and one that trains the front on.
  expect(volumes.length).toBe(4);
  volumes.reduce((before, now) => (expect(now).toBeGreaterThanOrEqual(before), now));
});

test('space II searches a cell', async ({ page }) => {
  const { run, front } = await frontAfter(page, 'space=cell');
  expect(run.networks.filter(({ generation }) => generation <= 2)).toHaveLength(4 + 2 * 2);
  expect(front.length).toBeGreaterThan(0);
});

test('searches queued side by side are compared, with every difference put against the spread', async ({
  page,
}) => {
  await open(page, tiny);
  await page.evaluate(() => (location.hash = 'compare=1'));
  await expect(page.getByRole('heading', { name: 'Compare searches' })).toBeVisible();
  await page.getByRole('spinbutton', { name: 'Seeds' }).fill('2');
  await page.getByRole('spinbutton', { name: 'Generations' }).fill('1');
  await button(page, 'Run the queue').click();
  await expect(page.getByText('4 finished.')).toBeVisible({ timeout: 90_000 });
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('LEMONADE');
  await expect(rows.nth(2)).toContainText('Random search');
  await expect(page.getByText(/(more than|within) the spread over seeds/)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Curves as CSV').click(),
  ]);
  const { readFile } = await import('node:fs/promises');
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n');
  const byRun = new Map<string, string[]>();
  for (const line of lines.slice(1)) {
    const run = line.split(',').slice(0, 2).join(' ');
    byRun.set(run, [...(byRun.get(run) ?? []), line]);
  }
  expect([...byRun.keys()].sort()).toEqual([
    ...['LEMONADE 3', 'LEMONADE 4', 'Random search 3', 'Random search 4'],
  ]);
  for (const own of byRun.values()) {
    // Starting networks; how many are trained beside them is the search's own choice.
    expect(own.length).toBeGreaterThan(3);
    const images = own.map((line) => Number(line.split(',')[2]));
    expect(images).toEqual([...images].sort((a, b) => a - b));
  }
});

test('hand-made families are queued beside searches, and trained on as many images as a front member', async ({
  page,
}) => {
  await open(page, tiny);
  await page.evaluate(() => (location.hash = 'compare=1'));
  await page.getByRole('spinbutton', { name: 'Seeds' }).fill('1');
  await page.getByRole('spinbutton', { name: 'Generations' }).fill('1');
  await page.getByRole('checkbox', { name: 'Random search' }).uncheck();
  await page.getByRole('checkbox', { name: 'MobileNetV2-like family' }).check();
  await button(page, 'Run the queue').click();
  await expect(page.getByText('2 finished.')).toBeVisible({ timeout: 90_000 });
  await expect(page.getByRole('table').getByRole('row').nth(2)).toContainText('MobileNetV2-like family');
});

test('hand-made networks are trained beside a finished run and drawn on its plot', async ({ page }) => {
  await open(page, `${tiny}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Train them too').click();
  await expect(page.getByText(/^(Each|\d+) of the 10 /)).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('#trade-off .legend')).toContainText('VGG-like, by hand');
  await expect(page.locator('#trade-off .legend')).toContainText('MobileNetV2-like, by hand');
});

test('a found cell is drawn alone and stacked, and trained on another data set, tested once', async ({
  page,
}) => {
  await open(page, `${tiny}&space=cell&select=5&autoplay=1`);
  await untilFinished(page);
  // The card stands over the network that the link selects.
  await button(page, 'Close the card').click();
  const pane = page.locator('#network');
  await expect(pane.getByRole('heading', { name: '#5' })).toBeVisible();
  await expect(pane.getByText(/It stands 6 times in the network/)).toBeVisible();
  await pane.getByLabel('What is drawn').selectOption('whole');
  await pane.getByRole('button', { name: 'Transfer this cell' }).click();
  await pane.getByLabel('Data set').selectOption('shapes');
  await pane.getByLabel('Stages').fill('9');
  await expect(pane.getByText(/cannot be halved 8 times/).last()).toBeVisible();
  await pane.getByLabel('Stages').fill('2');
  await pane.getByLabel('Cells per stage').fill('1');
  await pane.getByLabel('Images to train on').fill('160');
  await pane.getByRole('button', { name: 'Train it on 160 images' }).click();
  await expect(pane.getByText(/% validation error/)).toBeVisible({ timeout: 60_000 });
  await pane.getByRole('button', { name: 'Test it, once' }).click();
  await expect(pane.getByText(/error on the official test images/)).toBeVisible({ timeout: 60_000 });
  const { run } = await saveRun(page);
  expect((run as unknown as { transfers: unknown[] }).transfers).toMatchObject([
    { from: 5, dataset: 'shapes', stages: 2, cellsPerStage: 1, images: 160 },
  ]);
});
