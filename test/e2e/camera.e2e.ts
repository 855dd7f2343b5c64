import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { button, listen, open, tinyRecipe, untilFinished } from './page.ts';

const film = '.cache/film.y4m';

/** A film of 4 s, 64 x 48 pixels, ten pictures a second: a bright bar that walks over a slope. */
function makeFilm(): void {
  const [width, height, frames] = [64, 48, 40];
  const pieces: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < frames; frame++) {
    const luma = Buffer.alloc(width * height);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        luma[y * width + x] = Math.abs(x - ((frame * 3) % width)) < 5 ? 235 : 20 + y + x;
    pieces.push(Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128));
  }
  mkdirSync('.cache', { recursive: true });
  writeFileSync(film, Buffer.concat(pieces));
}

const fake = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...fake] }),
});

test.beforeAll(makeFilm);
test.beforeEach(({ page }) => listen(page));

async function openCamera(page: Page, name: string): Promise<void> {
  await open(page, tinyRecipe);
  await page.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'Your own pictures…' });
  await page.getByText('One class at a time').click();
  await page.getByRole('combobox', { name: 'Name of the class', exact: true }).fill(name);
  await button(page, 'Camera').click();
}

/** Draws a line on the pad, from corner to corner and a little different each time. */
async function draw(page: Page, i: number): Promise<void> {
  const box = (await page.getByRole('application', { name: 'Drawing pad' }).boundingBox())!;
  await page.mouse.move(box.x + 20 + 5 * i, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 60 + 9 * i, { steps: 4 });
  await page.mouse.up();
}

test('classes are recorded and drawn, learned, tried live, and grow by a wrong answer', async ({ page }) => {
  await openCamera(page, 'bars');
  const hold = button(page, 'Hold to record bars');
  await expect(hold).toBeEnabled();
  await hold.hover();
  await page.mouse.down();
  await expect(page.getByText(/^(9|\d\d) pictures$/)).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole('textbox', { name: 'Name of the class bars' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Name of the class', exact: true }).fill('lines');
  await button(page, 'Draw').click();
  for (let i = 0; i < 6; i++) {
    await draw(page, i);
    await button(page, 'Add to lines').click();
    await expect(page.getByText(i === 0 ? '1 drawing' : `${i + 1} drawings`, { exact: true })).toBeVisible();
  }
  await expect(page.getByText(/ kept for one test at the end, 2 classes\.$/)).toBeVisible();
  await page.getByLabel('Size', { exact: true }).selectOption({ label: '8×8 pixels' });
  await page.getByLabel('Name', { exact: true }).fill('film');
  await expect(button(page, 'Search on these pictures')).toBeEnabled();
  await button(page, 'Search on these pictures').click();
  await expect(page).toHaveURL(/dataset=own-[0-9a-f]{8}/);
  const dataset = /own-[0-9a-f]{8}/.exec(page.url())![0];
  // The camera's light goes out with the drawer.
  await expect(page.locator('video')).toHaveCount(0);

  await page.goto('about:blank');
  await open(page, `${tinyRecipe.replace('dataset=digits', `dataset=${dataset}`)}&autoplay=1`);
  await untilFinished(page);
  await button(page, 'Try it').first().click();
  await page.getByRole('group', { name: 'Try it' }).getByRole('button', { name: 'Camera' }).click();
  await expect(page.getByText(/% sure/).first()).toBeVisible();
  await expect(page.getByText(/^[1-9][\d.]* a second/)).toBeVisible();
  await page.getByLabel('It really was').selectOption({ label: 'lines' });
  await expect(page.getByText(/: [01] of 1 right\./).first()).toBeVisible();
  await button(page, 'Add it to lines').click();
  await button(page, 'Keep a version with this picture').click();
  await expect(page.getByText('film · 2 is now among your own pictures')).toBeVisible();
  await page.getByRole('combobox', { name: 'Data set' }).selectOption({ label: 'Your own pictures…' });
  await expect(page.getByRole('dialog').getByText('film · 2', { exact: true })).toBeVisible();
});

test('a camera that is unplugged says so, and can be tried again', async ({ page }) => {
  await openCamera(page, 'bars');
  await expect(button(page, 'Hold to record bars')).toBeEnabled();
  await page.evaluate(() => {
    const stream = document.querySelector('video')!.srcObject as MediaStream;
    stream.getTracks()[0]!.dispatchEvent(new Event('ended'));
  });
  await expect(page.getByText('The camera was unplugged or taken away.')).toBeVisible();
  await button(page, 'Try again').click();
  await expect(button(page, 'Hold to record bars')).toBeEnabled();
});

for (const [name, flags, sentence] of [
  [
    'not allowed says what to do',
    ['--use-fake-device-for-media-stream', '--deny-permission-prompts'],
    'The camera was not allowed.',
  ],
  [
    'missing is said to be so',
    ['--use-fake-device-for-media-stream=device-count=0', '--use-fake-ui-for-media-stream'],
    'No camera was found.',
  ],
] as const)
  test(`a camera that is ${name}`, async ({ playwright, launchOptions, baseURL }) => {
    const args = [...(launchOptions.args ?? []).filter((flag) => !fake.includes(flag)), ...flags];
    const browser = await playwright.chromium.launch({ ...launchOptions, args });
    const page = await browser.newPage({ baseURL: baseURL! });
    await openCamera(page, 'bars');
    await expect(page.getByText(sentence)).toBeVisible();
    await browser.close();
  });
