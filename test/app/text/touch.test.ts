import { expect, test } from 'vitest';
import { lessonTasks } from '../../../src/app/text/en/lesson-tasks.ts';
import { network } from '../../../src/app/text/en/network.ts';
import { forPointer } from '../../../src/app/text/touch.ts';

test('what is asked of a mouse is asked of a finger in its own word', () => {
  const asked = [network.empty.lead, JSON.stringify(lessonTasks)];
  for (const words of asked) {
    expect(forPointer(words, false)).toBe(words);
    expect(forPointer(words, true)).not.toMatch(/\bclick/i);
  }
  expect(forPointer(network.empty.lead, true)).toMatch(/^Tap a dot/);
});
