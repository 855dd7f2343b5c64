import { expect, it } from 'vitest';
import { durationRange } from '../../../src/app/text/format.ts';

it.each([
  [1, '1 s'],
  [5, '4–7 s'],
  [60, '50–80 s'],
  [120, '2–3 min'],
  [60 * 30, '24–39 min'],
  [6000, '1.3–2.2 h'],
])('an estimate of %d seconds is said as %s', (seconds, said) => {
  expect(durationRange(seconds)).toBe(said);
});
