import { describe, expect, it } from 'vitest';
import { parseRunFile } from '../../../src/core/run-file/parse.ts';
import { salvageRun } from '../../../src/core/run-file/salvage.ts';
import type { RunFile } from '../../../src/core/run-file/schema.ts';
import { serialiseRunFile } from '../../../src/core/run-file/serialise.ts';
import { sampleRunFile } from '../../support/run-files.ts';

const { file } = sampleRunFile();
const text = serialiseRunFile(file);
const ends = file.events.flatMap((event, index) => (event.type === 'competed' ? [index] : []));
const second = ends[1]!;

/** The text of the file with the event at `index` exchanged. */
const damaged = (index: number, event: unknown): string =>
  JSON.stringify({ ...file, events: file.events.map((old, i) => (i === index ? event : old)) });

function salvaged(source: string) {
  expect(parseRunFile(source).ok).toBe(false);
  const found = salvageRun(source);
  expect(found).not.toBeNull();
  return found!;
}

describe('what is sound of a damaged run', () => {
  it.each([
    ['an event that is none', { type: 'nonsense', seconds: 1 }],
    ['an event of a network that is not there', { type: 'failed', seconds: 1, network: 999, reason: '' }],
    ['null', null],
  ])('is the log up to the last whole generation before %s', (_, event) => {
    const { run, generation } = salvaged(damaged(second + 2, event));
    expect(generation).toBe(1);
    expect(run.file.events).toEqual(file.events.slice(0, second + 1));
    expect(run.file.name).toBe(file.name);
  });

  it('restates its tables: a file saved again opens', () => {
    const { run } = salvaged(damaged(second + 2, null));
    const again = parseRunFile(serialiseRunFile(run.file));
    expect(again).toMatchObject({ ok: true, value: { file: run.file } });
  });

  it('is the whole log where only a table beside it is wrong', () => {
    const networks = file.networks.map((network) => ({ ...network, onFront: !network.onFront }));
    const { run } = salvaged(JSON.stringify({ ...file, networks }));
    expect(run.file.networks).toEqual(file.networks);
  });

  it('is found in a text that breaks off', () => {
    const at = text.indexOf(JSON.stringify(file.events[second + 3]));
    const { run } = salvaged(text.slice(0, at + 20));
    expect(run.file.events).toEqual(file.events.slice(0, second + 1));
  });

  it.each([
    ['no generation is whole', damaged(ends[0]!, null)],
    ['the recipe is damaged too', damaged(0, null)],
    ['the data set is damaged', JSON.stringify({ ...file, dataset: 3, events: [] } as unknown as RunFile)],
    ['the file is newer', JSON.stringify({ ...file, version: 99 })],
    ['it is no run', '{"events":[]}'],
    ['it is no JSON', 'hello'],
    ['it is empty', ''],
  ])('is nothing where %s', (_, source) => {
    expect(salvageRun(source)).toBeNull();
  });
});
