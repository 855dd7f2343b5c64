import { expect, test } from 'vitest';
import { holdSets, isSetHeld } from '../../src/storage/set-lock.ts';

test('a set that a search learns from is held, as long as it does, whoever else holds it', async () => {
  const id = 'own-0123abcd';
  expect(await isSetHeld(id)).toBe(false);
  const [first, second] = [holdSets([id]), holdSets([id, 'own-99999999'])];
  await expect.poll(() => isSetHeld(id)).toBe(true);
  first();
  await expect.poll(() => isSetHeld('own-99999999')).toBe(true);
  expect(await isSetHeld(id)).toBe(true);
  second();
  await expect.poll(() => isSetHeld(id)).toBe(false);
});
