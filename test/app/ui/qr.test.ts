import { expect, it } from 'vitest';
import { decodeQR } from 'qr/decode.js';
import { longestLink, qrOf } from '../../../src/app/ui/qr.ts';
import { drawnCode } from '../../support/drawn-code.ts';

it.each([20, 300, 301, longestLink])('a link of %i characters is read again', (length) => {
  const link = 'https://example.org/#result='.padEnd(length, 'aZ09-_').slice(0, length);
  const code = qrOf(link);
  expect(code.side).toBeLessThanOrEqual(117 + 2 * 4);
  expect(decodeQR(drawnCode(code))).toBe(link);
});
