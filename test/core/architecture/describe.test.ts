import fc from 'fast-check';
import { describe as suite, expect, test } from 'vitest';
import { describe, parseDescription } from '../../../src/core/architecture/describe.ts';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import { architectures } from '../../support/architectures.ts';

suite('description', () => {
  test('reads like this', () => {
    const [first] = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10);
    expect(describe(first!)).toBe(
      'input:28x28x1 > 1:conv3x4 > pool1:pool > 2:sep3x8 > pool2:pool > 3:sep3x8 > head:head10',
    );
  });

  test('parses back to the same architecture', () => {
    fc.assert(
      fc.property(architectures(), (architecture) => {
        expect(parseDescription(describe(architecture))).toEqual({ ok: true, value: architecture });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['', /not a node/],
    ['input:8x8x1 > 1:lstm4 > head:head3', /"1:lstm4" is not a node/],
    ['input:8x8x1 > 1:conv3x4', /nothing uses/],
    ['input:8x8x1 > 1:conv2x4 > head:head3', /kernelSize/],
    ['input:8x8x1 > 1:conv3x4(x) > head:head3', /node 1: its input x/],
    ['input:8x8x1 > 1:conv > head:head3', /nodes\.1/],
  ])('says what is wrong with "%s"', (text, problem) => {
    const result = parseDescription(text);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.reason).toMatch(problem);
  });
});
