import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { button, listen, open, saveRun, tinyRecipe, untilFinished } from './page.ts';

test.beforeEach(({ page }) => listen(page));

test('a run gives its networks and generations as CSV, and a network a bundle that is ready to use', async ({
  page,
}) => {
  await open(page, `${tinyRecipe}&autoplay=1`);
  await untilFinished(page);
  const { run } = await saveRun(page);
  const downloaded = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };

  await button(page, 'Share').first().click();
  const networks = await downloaded('Networks as CSV');
  expect(networks.name).toMatch(/^lemonade-.*-networks\.csv$/);
  const lines = networks.bytes.toString('utf8').trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^id,parent,.*test_error_share.*,architecture$/);
  expect(lines).toHaveLength(1 + run.networks.length);
  await page.getByLabel('For Excel (begins with a byte order mark)').check();
  const generations = await downloaded('Generations as CSV');
  expect([...generations.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(generations.bytes.toString('utf8')).toContain('generation,proposed,trained');
  await page.keyboard.press('Escape');

  await page.keyboard.press('j');
  await page.getByRole('tab', { name: 'Export' }).click();
  const bundle = await downloaded('Ready to use');
  const [, id] = /^lemonade-(\d+)-bundle\.zip$/.exec(bundle.name)!;
  const files = unzipSync(bundle.bytes);
  expect(Object.keys(files)).toEqual(
    expect.arrayContaining(['network.onnx', 'config.json', 'labels.txt', 'predict.py', 'README.md']),
  );
  const card = strFromU8(files['README.md']!);
  expect(card).toContain(`Network ${id}:`);
  expect(card).toContain('#dataset=');
});
