import { expect, test, type Page } from '@playwright/test';
import {
  button,
  generations,
  listen,
  longRecipe,
  open,
  settled,
  tinyRecipe,
  untilFinished,
  untilGeneration,
} from './page.ts';

/** What Chinese writes with Latin letters too: names, formulas, keys, units. */
const latin = new RegExp(
  `^(${[
    ...[
      'LEMONADE',
      'Playground',
      'MNIST',
      'Fashion-MNIST',
      'Quick',
      'Draw',
      'Emoji',
      'HTML',
      'kB',
      'English',
      'WebGPU',
      'WebRTC',
      'WASM',
      'Safari',
      'Net2Wider',
      'int8',
      'ONNX',
      'C99',
      'TFLite',
      'LiteRT',
      'Lite',
      'NASH',
      'DPP-Net',
      'LSTM',
      'Kendall',
      'Guo',
      'Dong',
    ],
    ...[
      'NSGA-II',
      'VGG',
      'MobileNetV2',
      'BN',
      'KL',
      'KDE',
      'cheap',
      'ReLU',
      'tanh',
      'L1',
      'WebAssembly',
      'e-\\d+',
      'sigmoid',
      'pc',
      'ac',
      'softmax',
      'logit',
      'logits',
      'SVD',
      'He',
      'float32',
      'wasm',
    ],
    ...[
      'Ctrl',
      'Shift',
      'Alt',
      'Delete',
      'Home',
      'End',
      'Escape',
      'Esc',
      'PNG',
      'SVG',
      'CSV',
      'Excel',
      'JSON',
      'IGD',
      'hypervolume',
      'MB',
      'GB',
      'Scott',
      'CIFAR-10',
      'CIFAR',
      'ZIP',
      'IDX',
      'NPZ',
      'train',
      'test',
    ],
    // Papers and their authors, in the article and on the bench.
    ...[
      'Elsken',
      'Metzen',
      'Hutter',
      'Real',
      'Deb',
      'Simonyan',
      'Zisserman',
      'Sandler',
      'Lamarck',
      'GPU',
      'IEEE',
      'ICLR',
      'ICML',
      'EMO',
      'arXiv',
    ],
    '\\w',
    '\\d+[a-zA-Z]',
  ].join('|')})$`,
);

/** Words with Latin letters among what is shown or read out, papers and code left out. */
const englishIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const shown = (element: Element) => element.getClientRects().length > 0;
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      if (shown(element) && !element.closest('script, style, code, pre, math, .recipe, [lang="en"]'))
        texts.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      if (shown(element))
        for (const name of ['aria-label', 'title', 'placeholder'])
          texts.push(element.getAttribute(name) ?? '');
    return [...new Set(texts.join('\n').match(/[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]/g) ?? [])];
  });

async function expectChinese(page: Page): Promise<void> {
  await settled(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  expect((await englishIn(page)).filter((word) => !latin.test(word))).toEqual([]);
  expect(await page.locator('body').innerText()).toMatch(/\p{Script=Han}{4}/u);
}

test.describe('in Chinese, as the browser asks for it,', () => {
  test.use({ locale: 'zh-CN' });

  test('no English is left in any place of the page', async ({ page }) => {
    for (const hash of [
      ...['', 'lesson=1', 'lesson=front', 'bench=widen&beat=2', 'bench=prune&beat=4'],
      ...['sampling=1', 'compose=1', 'compare=1'],
    ])
      await test.step(`#${hash}`, async () => {
        await page.goto(`./#${hash}`);
        await expect(page.getByRole('heading').first()).toBeVisible();
        await expectChinese(page);
      });
  });

  test('a whole search, its network, settings, share and help are Chinese', async ({ page }) => {
    await listen(page);
    await page.goto(`./#${tinyRecipe}&autoplay=1`);
    await untilFinished(page);
    await expectChinese(page);
    for (const name of ['设置', '分享', '帮助']) {
      await button(page, name).first().click();
      await expect(page.getByRole('dialog').or(page.getByRole('complementary')).first()).toBeVisible();
      await expectChinese(page);
      await page.keyboard.press('Escape');
    }
    for (const [key, name] of [
      ['h', '柠檬面积'],
      ['t', '表格'],
      ['l', '日志'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole('radio', { name, exact: true })).toBeChecked();
      await expectChinese(page);
    }
  });

  test('what cannot be read is said in Chinese', async ({ page }) => {
    await page.goto('./#dataset=mnist&batch=0&nonsense=1');
    await expect(page.getByText('网址里有没看懂的地方')).toBeVisible();
  });
});

test('the address chooses the language, and the next page of the tab keeps it', async ({ page }) => {
  await page.goto('./?lang=zh');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('就在这个标签页里');
  await page.goto('./#lesson=1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('课程');
  await page.goto('./#lesson=1&lang=en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lessons');
});

test('the switch in the header changes every word, a search goes on, and the choice is kept', async ({
  page,
}) => {
  await listen(page);
  await open(page, longRecipe);
  await button(page, 'Play').click();
  await untilGeneration(page, 1);
  await page.getByLabel('Language').selectOption('zh');
  await expect(button(page, '暂停')).toBeVisible();
  const before = await generations(page);
  await untilGeneration(page, before + 1);
  await expectChinese(page);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await page.getByLabel('语言').selectOption('en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(button(page, 'Settings')).toBeVisible();
});
