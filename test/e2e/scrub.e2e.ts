import { expect, test } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { makeRunFile } from '../../src/core/run-file/serialise.ts';
import { driveNetworks } from '../support/network-search.ts';
import { runFacts } from '../support/run-files.ts';
import { longestTasks, mainThreadTasks } from './main-thread.ts';
import { button } from './page.ts';

const moves = 120;

test('a run of 4,000 networks is scrubbed with little work a move', async ({ page, browser }, info) => {
  const { events } = driveNetworks({ generations: 530, proposals: 14, accepted: 8, maxParameters: 1e7 });
  const path = info.outputPath('long.json');
  await writeFile(path, JSON.stringify(makeRunFile(events, runFacts)));
  await page.goto('./');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    button(page, 'Open run').first().click(),
  ]);
  await chooser.setFiles(path);
  const slider = page.getByRole('slider', { name: 'Generation shown' });
  await expect(slider).toHaveAttribute('aria-valuemax', '530', { timeout: 60_000 });
  await page.waitForTimeout(3000);
  const box = (await slider.boundingBox())!;
  const y = box.y + box.height / 2;
  const at = (share: number) => box.x + box.width * share;
  await page.mouse.move(at(0.95), y);
  await page.mouse.down();
  const tasks = await mainThreadTasks(browser, page, async () => {
    for (let move = 0; move < moves; move++) {
      await page.mouse.move(at(0.95 - (0.7 * move) / moves), y);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  });
  await page.mouse.up();
  const drawing = tasks.map(({ processor }) => processor).filter((time) => time > 2);
  const perMove = tasks.reduce((sum, { processor }) => sum + processor, 0) / moves;
  const late = drawing.filter((time) => time > 1000 / 60).length;
  console.log(
    `scrubbing 4,000 networks, processor time of the page: ${perMove.toFixed(1)} ms a move; longest tasks, \
of the clock's: ${longestTasks(tasks)}; longer than a frame: ${late}`,
  );
  expect(Number(await slider.getAttribute('aria-valuenow'))).toBeLessThan(200);
  // The goal is one frame of 60 a second; the limit is what this cost before, and leaves room for a busy machine.
  expect(perMove).toBeLessThan(50);
});
