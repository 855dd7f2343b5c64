import { expect, it } from 'vitest';
import { durationRange } from '../../../src/app/text/format.ts';

it.each([
  [1, '1–2 s'],
  [5, '4–8 s'],
  [60, '45–90 s'],
  [120, '2–3 min'],
  [60 * 30, '23–45 min'],
  [6000, '1.3–2.5 h'],
])('an estimate of %d seconds is said as %s', (seconds, said) => {
  expect(durationRange(seconds)).toBe(said);
});
