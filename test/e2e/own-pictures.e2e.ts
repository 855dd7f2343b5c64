import { expect, test, type Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { mkdir, writeFile } from 'node:fs/promises';
import { shapeClasses } from '../../src/datasets/shape-facts.ts';
import { makeShapes } from '../../src/datasets/shapes.ts';
import { button, listen, open, openRuns, saveRun, tinyRecipe, untilFinished } from './page.ts';

test.beforeEach(({ page }) => listen(page));

const side = 32;

/** A picture as an uncompressed BMP file, 24 bits a pixel, bottom row first. */
function bmp(pixels: Uint8Array): Buffer {
  const out = Buffer.alloc(54 + pixels.length);
  out.write('BM');
  out.writeUInt32LE(out.length, 2);
  out.writeUInt32LE(54, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(side, 18);
  out.writeInt32LE(side, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(24, 28);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let c = 0; c < 3; c++)
        out[54 + ((side - 1 - y) * side + x) * 3 + (2 - c)] = pixels[(y * side + x) * 3 + c]!;
  return out;
}

/** A folder with one folder per class, as a visitor has it on disk. */
async function pictureFolder(root: string, perClass: number): Promise<string> {
  const shapes = makeShapes({
    part: 'train',
    count: 10 * perClass,
    size: side,
    colour: true,
    difficulty: 'easy',
  });
  const kept = ['disc', 'bar', 'cross'];
  for (const name of kept) await mkdir(`${root}/${name}`, { recursive: true });
  const bytes = side * side * 3;
  for (let i = 0; i < shapes.count; i++) {
    const name = shapeClasses[shapes.labels[i]!]!;
    if (kept.includes(name))
      await writeFile(`${root}/${name}/${i}.bmp`, bmp(shapes.images.subarray(i * bytes, (i + 1) * bytes)));
  }
  return root;
}

async function chooseFolder(page: Page, folder: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    button(page, 'Choose a folder').click(),
  ]);
  await chooser.setFiles(folder);
}

test('a folder of own pictures is searched, kept over a reload, and its run opens where they are not', async ({
  page,
  browser,
}, info) => {
  const folder = await pictureFolder(info.outputPath('my shapes'), 40);
  await writeFile(`${folder}/disc/broken.png`, 'no picture');
  await open(page, tinyRecipe);
  await page.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'Your own pictures…' });
  await chooseFolder(page, folder);
  await expect(page.getByText('broken.png could not be read as a picture and is left out.')).toBeVisible();
  await expect(
    page.getByText(/^99 pictures to learn from .* 21 kept for one test .* 3 classes\.$/),
  ).toBeVisible();
  await page.getByLabel('Size', { exact: true }).selectOption({ label: '16×16 pixels' });
  await expect(button(page, 'Search on these pictures')).toBeEnabled();
  await button(page, 'Search on these pictures').click();
  await expect(page.getByRole('combobox', { name: 'Data set' }).locator('option:checked')).toHaveText(
    'my shapes',
  );
  await expect(page).toHaveURL(/dataset=own-[0-9a-f]{8}/);
  const address = page.url().split('#')[1]!;
  const dataset = /own-[0-9a-f]{8}/.exec(address)![0];

  const recipe = `${tinyRecipe.replace('dataset=digits', `dataset=${dataset}`)}&autoplay=1`;
  await page.goto('about:blank');
  await open(page, recipe);
  await untilFinished(page);
  const { run, path } = await saveRun(page);
  const errors = run.networks.map(({ objectives }) => objectives['error']!);
  expect(Math.min(...errors)).toBeLessThan(0.5);
  expect(JSON.parse(JSON.stringify(run))).toMatchObject({
    dataset: {
      id: dataset,
      title: 'my shapes',
      classes: ['bar', 'cross', 'disc'],
      trainCount: 99,
      testCount: 21,
    },
  });

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(new URL(`./#${recipe.replace('&autoplay=1', '')}`, page.url()).href);
  await expect(elsewhere.getByText(/the pictures it names are not in this browser/)).toBeVisible();
  await openRuns(elsewhere, path);
  await expect(elsewhere.getByRole('textbox', { name: 'Name of the run' })).toHaveValue('my shapes, seed 3');
  await button(elsewhere, 'Settings').first().click();
  await elsewhere.getByText('About this data set').click();
  await expect(elsewhere.getByText('bar, cross, disc')).toBeVisible();
  await elsewhere.close();
});

test('from the first page a search on own pictures keeps its settings, and says on how few images its errors rest', async ({
  page,
}, info) => {
  const folder = await pictureFolder(info.outputPath('few shapes'), 12);
  const broken = info.outputPath('broken.png');
  await writeFile(broken, 'no picture');
  await page.goto('./');
  const door = page.getByRole('button', { name: /^Your own pictures/ });
  await door.scrollIntoViewIfNeeded();
  await door.click();
  const top = async () => (await page.getByRole('dialog').boundingBox())!.y;
  expect(await top()).toBe(Math.max(0, 48 - (await page.evaluate(() => scrollY))));
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    button(page, 'Choose files').click(),
  ]);
  await chooser.setFiles(broken);
  await expect(page.getByText('broken.png could not be read as a picture and is left out.')).toBeVisible();
  await chooseFolder(page, folder);
  await expect(page.getByText(/^30 pictures to learn from .* 6 kept for one test/)).toBeVisible();
  await expect(page.getByText(/broken\.png/)).toHaveCount(0);
  await button(page, 'Search on these pictures').click();
  await expect(button(page, 'Pause')).toBeVisible();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await button(page, 'Settings').first().click();
  const most = page.getByLabel('Most parameters');
  await most.fill('5000');
  await most.press('Tab');
  await expect(page).toHaveURL(/dataset=own-[0-9a-f]{8}.*maxParameters=5000/);
  await expect(most).toHaveValue('5000');
  await expect(page.getByText(/^Recording of a real run/)).toHaveCount(0);
  await page.getByRole('button', { name: /^32\.0 kB flash/ }).click();
  await expect(most).not.toHaveValue('5000');
  const dataset = /own-[0-9a-f]{8}/.exec(page.url())![0];

  await page.goto('about:blank');
  await open(page, `${tinyRecipe.replace('dataset=digits', `dataset=${dataset}`)}&autoplay=1`);
  await untilFinished(page);
  const card = page.getByRole('region', { name: 'Run finished' });
  await expect(card.getByText(/^Counted on only 6 validation images/)).toBeVisible();
  await button(page, 'Test on 6 images never seen').click();
  await expect(card.getByText(/On 6 images that it never saw: #\d+ [\d.]+\s%/)).toBeVisible();
});

test('a ZIP with parts is opened, its classes named anew, given on as the same set, and deleted with its run', async ({
  page,
  browser,
}, info) => {
  const shapes = makeShapes({ part: 'train', count: 300, size: side, colour: true, difficulty: 'easy' });
  const bytes = side * side * 3;
  const files = Object.fromEntries(
    Array.from({ length: shapes.count }, (_, i) => {
      const part = i % 10 === 9 ? 'test' : i % 10 === 8 ? 'val' : 'train';
      const name = shapeClasses[shapes.labels[i]! % 3]!;
      return [`mine/${part}/${name}/${i}.bmp`, bmp(shapes.images.subarray(i * bytes, (i + 1) * bytes))];
    }),
  );
  const zip = info.outputPath('mine.zip');
  await writeFile(zip, zipSync({ ...files, '__MACOSX/mine/x.png': new Uint8Array(3) }, { level: 0 }));
  await open(page, tinyRecipe);
  await page.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'Your own pictures…' });
  const chooseFiles = async (on: Page, path: string) => {
    const [chooser] = await Promise.all([on.waitForEvent('filechooser'), button(on, 'Choose files').click()]);
    await chooser.setFiles(path);
  };
  await chooseFiles(page, zip);
  await expect(
    page.getByText('Divided as it came: 240 to learn from, 30 to validate, 30 to test.'),
  ).toBeVisible();
  const names = page.getByRole('textbox', { name: /^Name of the class / });
  await expect(names).toHaveCount(3);
  const [first, second] = [await names.nth(0).inputValue(), await names.nth(1).inputValue()];
  await names.nth(0).fill('Zebras');
  await names.nth(0).press('Enter');
  await button(page, `Leave out ${second}`).click();
  await expect(page.getByText(/ kept for one test at the end, 2 classes\.$/)).toBeVisible();
  await button(page, `Take ${second} back`).click();
  await page.getByLabel('Size', { exact: true }).selectOption({ label: '16×16 pixels' });
  await expect(page.getByText(/ kept for one test at the end, 3 classes\.$/)).toBeVisible();
  await expect(button(page, 'Search on these pictures')).toBeEnabled();
  await button(page, 'Search on these pictures').click();
  await expect(page).toHaveURL(/dataset=own-[0-9a-f]{8}/);
  const dataset = /own-[0-9a-f]{8}/.exec(page.url())![0];
  await button(page, 'Settings').first().click();
  await page.getByText('About this data set').click();
  await expect(page.getByText(/Zebras/).first()).toBeVisible();
  await expect(page.getByText(first, { exact: true })).toHaveCount(0);

  await page.goto('about:blank');
  await open(page, `${tinyRecipe.replace('dataset=digits', `dataset=${dataset}`)}&autoplay=1`);
  await untilFinished(page);
  await page.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'Your own pictures…' });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save the pictures of mine as a ZIP/ }).click(),
  ]);
  const given = info.outputPath('given.zip');
  await download.saveAs(given);

  const elsewhere = await (await browser.newContext()).newPage();
  await elsewhere.goto(new URL(`./#${tinyRecipe}`, page.url()).href);
  await elsewhere.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'Your own pictures…' });
  await chooseFiles(elsewhere, given);
  await expect(button(elsewhere, 'Search on these pictures')).toBeEnabled();
  await button(elsewhere, 'Search on these pictures').click();
  await expect(elsewhere).toHaveURL(new RegExp(dataset));
  await elsewhere.close();

  await button(page, 'Delete mine').click();
  await expect(page.getByText(/Delete mine from this browser\? /)).toContainText('learned from it');
  await page.getByRole('button', { name: /^Delete with its/ }).click();
  await expect(page.getByRole('heading', { name: 'In this browser' })).toHaveCount(0);
});

test('a folder that makes no data set says what is missing', async ({ page }, info) => {
  const folder = await pictureFolder(info.outputPath('few'), 4);
  await open(page, tinyRecipe);
  await page.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'Your own pictures…' });
  await chooseFolder(page, folder);
  await expect(page.getByRole('alert')).toHaveText(
    'The class "bar" has 4 different pictures; at least 5 are needed.',
  );
  await button(page, 'Start over').click();
  await mkdir(info.outputPath('empty'), { recursive: true });
  await writeFile(info.outputPath('empty/notes.txt'), '');
  await chooseFolder(page, info.outputPath('empty'));
  await expect(page.getByRole('alert')).toContainText('Each class needs a folder of its own');
});
