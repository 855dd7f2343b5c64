import { expect, it } from 'vitest';
import { catalog } from '../../src/datasets/catalog.ts';
import { loadTest } from '../../src/datasets/load.ts';

it('fetches, verifies and decodes a served file in a browser', async () => {
  const progress: number[] = [];
  const result = await loadTest('digits', '/data', { onProgress: (loaded) => progress.push(loaded) });
  expect(result.ok && result.value.count).toBe(catalog.digits.testCount);
  expect(progress.at(-1)).toBe(catalog.digits.files.at(-1)!.bytes);
});

it('names the missing file', async () => {
  const result = await loadTest('digits', '/no-such-folder/');
  expect(result).toMatchObject({ ok: false, reason: { code: 'file-missing', path: 'digits-test.bin' } });
});
