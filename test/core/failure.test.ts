import { describe, expect, it } from 'vitest';
import { describeFailure, describeKept } from '../../src/app/text/en/failures.ts';
import { readFailure, writeFailure, type Failure } from '../../src/core/failure.ts';

const logged: readonly Failure[] = [
  { code: 'diverged' },
  { code: 'device-lost', detail: 'driver: reset' },
  { code: 'self-test', difference: 0.25 },
  { code: 'trainer-died', cause: { code: 'gpu-error', detail: 'too: large' } },
  { code: 'plan-refused', cause: { code: 'no-webgpu' } },
];

describe('a failure in a log', () => {
  it.each(logged)('is read back as it was written: $code', (failure) => {
    expect(readFailure(writeFailure(failure))).toEqual(failure);
    expect(describeKept(writeFailure(failure))).toBe(describeFailure(failure));
  });

  it.each(['its trainer stopped 3 times: terminated', 'device lost: x', '', 'extinct: who knows'])(
    'stays the sentence that an older file has: %s',
    (text) => {
      expect(readFailure(text)).toBeNull();
      expect(describeKept(text)).toBe(text);
    },
  );
});
