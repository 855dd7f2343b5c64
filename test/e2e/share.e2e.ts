import { expect, test } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { button, listen, open, openRuns, saveRun, tinyRecipe, untilFinished } from './page.ts';

test.beforeEach(({ page }) => listen(page));

test('a link carries the result to a browser that never saw it: its numbers, its counts, its outcome first', async ({
  page,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`./#${tinyRecipe}&autoplay=1&select=2&lang=zh`);
  await untilFinished(page);
  const { run } = await saveRun(page, '保存这次搜索');
  const front = run.events.findLast(({ type }) => type === 'competed')!.front!;
  const count = (type: string) => run.events.filter((event) => event.type === type).length;
  const [trained, proposed] = [count('evaluated'), count('proposed')];
  await button(page, '分享').first().click();
  await button(page, '复制带结果的链接').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  console.log(`a link with a result: ${link.length} characters`);
  expect(link.length).toBeLessThan(8500);

  // Whoever opens it reads another language.
  const elsewhere = await (await browser.newContext({ serviceWorkers: 'block', locale: 'en-GB' })).newPage();
  await elsewhere.goto(link);
  const card = elsewhere.getByRole('region', { name: 'Run finished' });
  await expect(card.getByText('Result from a link')).toBeVisible();
  await expect(
    elsewhere.getByText(`From a link: all ${trained} networks that were trained, without their weights.`),
  ).toBeVisible();
  await expect(card.getByText(new RegExp(`${trained} networks were trained in`))).toBeVisible();
  await expect(elsewhere.getByRole('textbox', { name: 'Name of the run' })).toHaveValue(
    'Small digits 8×8, seed 3',
  );
  await button(elsewhere, 'Close this message').click();
  await expect(elsewhere.locator('.facts')).toContainText(
    new RegExp(`${trained}\\s*trained,?\\s*${proposed}\\s*proposed`),
  );
  // Nothing of the loop, and nothing that needs weights.
  await expect(elsewhere.getByRole('region', { name: 'The loop' })).toHaveCount(0);
  await expect(card.getByRole('button', { name: 'Try it' })).toHaveCount(0);
  await expect(button(elsewhere, 'Save run')).toBeDisabled();
  await elsewhere.locator('#strip').getByText('Table', { exact: true }).click();
  await expect(elsewhere.locator('table .id').first()).toBeVisible();
  const ids = await elsewhere.locator('table .id').allTextContents();
  expect(ids.map((id) => Number(id.replace('#', ''))).sort((a, b) => a - b)).toEqual(
    [...front].sort((a, b) => a - b),
  );
  // What the sender had selected is marked, and a click away.
  await card.getByRole('button', { name: /^Selected by the sender: #2/ }).click();
  await expect(elsewhere.getByRole('heading', { level: 2, name: '#2', exact: true })).toBeVisible();
  await elsewhere.getByRole('tab', { name: 'Try it' }).click();
  await expect(elsewhere.getByText(/^A link brings no weights/)).toBeVisible();
  await expect(elsewhere.getByRole('button', { name: 'A hard one' })).toHaveCount(0);

  // It outlives a reload, and answers a selection in its address: marked beside the outcome.
  expect(new URL(elsewhere.url()).hash).toContain('&result=');
  await elsewhere.goto('about:blank');
  await elsewhere.goto(`${link}&select=1`);
  await expect(card.getByRole('button', { name: /^Selected by the sender: #1,?/ })).toBeVisible();
  await elsewhere.goto('about:blank');
  await elsewhere.goto(link.slice(0, -40));
  await expect(elsewhere.getByText(/^The result in this link is incomplete/)).toBeVisible();
  await elsewhere.goto('about:blank');
  await elsewhere.goto(link);
  await card.getByRole('button', { name: 'Run it here' }).click();
  await expect(button(elsewhere, 'Pause')).toBeVisible();
  // The result is not lost by it.
  await button(elsewhere, 'Bring it back').click();
  await expect(card.getByText('Result from a link')).toBeVisible();
  await elsewhere.context().close();
});

test('a link that is opened slowly says so, and never shows a page without the run', async ({
  page,
  browser,
}) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await button(page, 'Share').first().click();
  await button(page, 'Copy the link with the result').click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const elsewhere = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await elsewhere.route(/open-result/, async (route) => {
    await held;
    await route.continue();
  });
  await elsewhere.goto(link, { waitUntil: 'commit' });
  await expect(elsewhere.getByText('Opening the result of this link…')).toBeVisible();
  await expect(button(elsewhere, 'Run')).toHaveCount(0);
  release();
  await expect(elsewhere.getByText('Result from a link')).toBeVisible();
  await expect(elsewhere.getByText('Opening the result of this link…')).toHaveCount(0);
  await elsewhere.context().close();
});

test('two runs opened at once are laid over each other and merged', async ({ page }, info) => {
  const files: string[] = [];
  for (const seed of [3, 4]) {
    await page.goto('about:blank');
    await open(page, `${tinyRecipe.replace('seed=3', `seed=${seed}`)}&autoplay=1`);
    await untilFinished(page);
    const { run } = await saveRun(page);
    const path = info.outputPath(`run-${seed}.json`);
    await writeFile(path, JSON.stringify(run));
    files.push(path);
  }
  await page.goto('about:blank');
  await page.goto('./');
  await openRuns(page, files);
  await button(page, 'Share').first().click();
  await expect(page.getByText(/2 runs are laid over each other/).first()).toBeVisible();
  await expect(page.getByText(/Together \d+ networks are on the front of 2 runs/).first()).toBeVisible();
});

test('an opened run is checked claim by claim, and a changed number is found', async ({ page }, info) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { run } = await saveRun(page);
  const last = run.events.filter((event) => event.type === 'competed').at(-1)!;
  const lie = {
    ...run,
    events: run.events.map((event) =>
      event === last ? { ...event, hypervolume: event.hypervolume! + 0.01 } : event,
    ),
  };
  for (const [name, file, fails] of [
    ['true', run, 0],
    ['lie', lie, 1],
  ] as const) {
    const path = info.outputPath(`${name}.json`);
    await writeFile(path, JSON.stringify(file));
    await page.goto('about:blank');
    await page.goto('./');
    await openRuns(page, path);
    await button(page, 'Share').first().click();
    await button(page, 'Check it now').click();
    await expect(page.getByText('holds', { exact: true })).toHaveCount(5 - fails);
    await expect(page.getByText('does not hold', { exact: true })).toHaveCount(fails);
  }
  await expect(
    page.getByText(/The lemon area \(hypervolume\) is that of the front.*the file says/),
  ).toBeVisible();
});

test('what was tested after the search outlives a reload, and stands in the comparison', async ({ page }) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Test on unseen images, once').click();
  const tested = page.getByText(/test error, as found.*(\d+) of the front’s \1 are tested/s);
  await expect(tested.first()).toBeVisible({ timeout: 30_000 });
  const { testErrors: before } = (await saveRun(page)).run;
  expect(before!.length).toBeGreaterThan(0);

  await page.goto('about:blank');
  await open(page, 'dataset=digits');
  await button(page, 'Share').first().click();
  await page
    .getByRole('dialog')
    .getByText('Small digits 8×8, seed 3')
    .locator('xpath=ancestor::div[1]')
    .getByRole('button', { name: 'Open' })
    .click();
  await expect(tested.first()).toBeVisible();
  expect((await saveRun(page)).run.testErrors).toEqual(before);
  await page.evaluate(() => (location.hash = 'compare=1'));
  await expect(page.getByRole('columnheader', { name: 'Test error' })).toBeVisible();
  await expect(page.getByRole('cell', { name: / %$/ }).nth(1)).toBeVisible();
});

test('what is sound of a damaged file is offered, and a finished run is there again after a reload', async ({
  page,
}, info) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { run } = await saveRun(page);
  const ends = run.events.flatMap((event, index) => (event.type === 'competed' ? [index] : []));
  const events = run.events.map((event, index) => (index === ends[1]! + 1 ? { type: 'nonsense' } : event));
  const path = info.outputPath('damaged.json');
  await writeFile(path, JSON.stringify({ ...run, events }));
  await page.reload();
  await button(page, 'Open it').click();
  await expect(page.getByRole('slider', { name: 'Generation shown' })).toHaveAttribute('aria-valuemax', '4');
  await openRuns(page, path);
  await expect(
    page.getByText('damaged.json is damaged. It can be read up to the end of generation 1.'),
  ).toBeVisible();
  await button(page, 'Open what is readable').click();
  await expect(page.getByRole('slider', { name: 'Generation shown' })).toHaveAttribute('aria-valuemax', '1');
});
