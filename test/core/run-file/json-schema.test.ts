import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { makeRunFile, serialiseRunFile } from '../../../src/core/run-file/serialise.ts';
import { driveNetworks } from '../../support/network-search.ts';
import { runFacts } from '../../support/run-files.ts';
import { randomWeights } from '../../support/architectures.ts';

const schema = JSON.parse(readFileSync('public/run.schema.json', 'utf8')) as object;
const check = new Ajv({ strict: true, allErrors: true }).compile(schema);
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

describe('the published JSON Schema', () => {
  const { events, state } = driveNetworks({ generations: 4 });
  const weights = new Map(
    state.networks.slice(0, 2).map(({ id, architecture }) => [id, randomWeights(architecture, id)]),
  );
  const file = () =>
    JSON.parse(serialiseRunFile(makeRunFile(events, { ...runFacts, weights }))) as Record<string, unknown>;

  it('compiles in the strictest mode of ajv and takes what is written', () => {
    check(file());
    expect(check.errors).toBeNull();
    expect(check(read('public/recordings/first-visit-whole.json'))).toBe(true);
  });

  it.each([
    ['an unknown key', (run: Record<string, unknown>) => (run['extra'] = 1)],
    [
      'an unknown key of an event',
      (run: Record<string, unknown>) => Object.assign((run['events'] as object[])[1]!, { x: 1 }),
    ],
    [
      'a date that is none',
      (run: Record<string, unknown>) => (run['author'] = { note: '', date: 'yesterday' }),
    ],
    ['another version', (run: Record<string, unknown>) => (run['version'] = 2)],
    ['no events', (run: Record<string, unknown>) => (run['events'] = [])],
    [
      'an id of 0',
      (run: Record<string, unknown>) => Object.assign((run['networks'] as object[])[0]!, { id: 0 }),
    ],
  ])('refuses %s', (_, spoil) => {
    const run = file();
    spoil(run);
    expect(check(run)).toBe(false);
  });

  it('refuses an input node that reads another', () => {
    const run = file();
    const seeded = (
      run['events'] as { type: string; architecture?: { nodes: { inputs: string[] }[] } }[]
    ).find(({ type }) => type === 'seeded')!;
    seeded.architecture!.nodes[0]!.inputs = ['1'];
    expect(check(run)).toBe(false);
  });
});
