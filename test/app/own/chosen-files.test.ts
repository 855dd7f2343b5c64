import { expect, it } from 'vitest';
import { canPickFolders, chosenFiles, takenFiles } from '../../../src/app/own/chosen-files.ts';

const browser = (userAgent: string, maxTouchPoints = 0) => ({ userAgent, maxTouchPoints }) as Navigator;

it.each([
  [
    'Chrome on Windows',
    browser('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36'),
    true,
  ],
  ['a Windows laptop with a touch screen', browser('Mozilla/5.0 (Windows NT 10.0) Chrome/140.0', 10), true],
  [
    'Safari on a Mac',
    browser('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1'),
    true,
  ],
  ['an iPad, which says it is a Mac', browser('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)', 5), false],
  ['an iPhone', browser('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)', 5), false],
  [
    'Firefox on Android',
    browser('Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 5),
    false,
  ],
  [
    'Chrome on Android',
    browser('Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile', 5),
    true,
  ],
])('%s offers folders: %s', (_, navigator, offers) => expect(canPickFolders(navigator)).toBe(offers));

it('keeps the way of a file in its folder, and the order of pictures that were taken', () => {
  const file = new File(['x'], 'a.png');
  expect(chosenFiles([file]).map(({ path }) => path)).toEqual(['a.png']);
  Object.defineProperty(file, 'webkitRelativePath', { value: 'pets/cats/a.png' });
  expect(chosenFiles([file]).map(({ path }) => path)).toEqual(['pets/cats/a.png']);
  const paths = takenFiles(
    Array.from({ length: 12 }, () => file),
    'jpg',
    5,
  ).map(({ path }) => path);
  expect(paths).toEqual([...paths].sort());
  expect(new Set(paths).size).toBe(12);
});
