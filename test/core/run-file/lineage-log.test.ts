import { expect, test } from 'vitest';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { lineageLog } from '../../../src/core/run-file/lineage-log.ts';
import { parseRunFile } from '../../../src/core/run-file/parse.ts';
import { makeRunFile, serialiseRunFile } from '../../../src/core/run-file/serialise.ts';
import { lineageOf } from '../../../src/core/run-file/view.ts';
import { driveNetworks } from '../../support/network-search.ts';
import { runFacts } from '../../support/run-files.ts';

for (const strategy of ['lemonade', 'random', 'nsga2'] as const)
  test(`the front and its ancestors stay as they were, and the rest is gone: ${strategy}`, () => {
    const { events } = driveNetworks({ generations: 6, proposals: 12, strategy });
    const { events: small, numbers, evaluated } = lineageLog(events);
    const [before, after] = [viewOf(events)!, viewOf(small)!];
    expect(evaluated).toBe(before.trainedCount);
    expect(after.front).toEqual(before.front.map((id) => numbers.get(id)));
    expect(after.hypervolume).toBe(before.hypervolume);
    expect(after.finished).toBe(before.finished);
    for (const id of before.front) {
      const line = lineageOf(before, id);
      const kept = lineageOf(after, numbers.get(id)!);
      expect(kept.map(({ objectives }) => objectives)).toEqual(line.map(({ objectives }) => objectives));
      expect(kept.map(({ architecture }) => architecture)).toEqual(
        line.map(({ architecture }) => architecture),
      );
    }
    const text = serialiseRunFile(makeRunFile(small, runFacts));
    const opened = parseRunFile(text);
    expect(opened.ok ? '' : JSON.stringify(opened.reason)).toBe('');
    expect(text.length).toBeLessThan(serialiseRunFile(makeRunFile(events, runFacts)).length);
  });
