import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeRunFileError } from '../../../src/app/text/en/run-file-errors.ts';
import { parseRunFile, type RunFileError } from '../../../src/core/run-file/parse.ts';
import type { RunTransfer } from '../../../src/core/run-file/after-search.ts';
import { runVersion, type RunFile } from '../../../src/core/run-file/schema.ts';
import { makeRunFile, serialiseRunFile, thinProgress } from '../../../src/core/run-file/serialise.ts';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { parseRecipe } from '../../../src/core/search/recipe-parse.ts';
import type { SearchEvent } from '../../../src/core/search/events.ts';
import { layoutOf } from '../../../src/core/architecture/weights.ts';
import { runSchemaText } from '../../../scripts/run-schema-text.ts';
import { cellStartingNetworks } from '../../../src/core/morphisms/cells.ts';
import { spaces } from '../../../src/core/search/spaces.ts';
import { driveSearch } from '../../support/drive-search.ts';
import { driveNetworks, networkSetting } from '../../support/network-search.ts';
import { runFacts, sampleRunFile } from '../../support/run-files.ts';

const { file, weights, testErrors } = sampleRunFile();
const text = serialiseRunFile(file);

/** The file's JSON with the value at a dotted path replaced; undefined removes it. */
function altered(path: string, value: unknown): string {
  const json = JSON.parse(text) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop()!;
  let at = json;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(json);
}

function errorOf(source: string): RunFileError {
  const parsed = parseRunFile(source);
  if (parsed.ok) throw new Error('it was opened');
  expect(describeRunFileError(parsed.reason)).toMatch(/^This .+\.$/);
  return parsed.reason;
}

const indexOf = (type: SearchEvent['type'], after = 0) =>
  file.events.findIndex((event, index) => index >= after && event.type === type);

describe('a run file', () => {
  it('is read back as it was written, weights included', () => {
    const parsed = parseRunFile(text);
    expect(parsed).toEqual({ ok: true, value: { file, weights, testErrors, finishedWeights: new Map() } });
  });

  it('folds to the same run as the log it was made of', () => {
    const { events } = driveNetworks({ generations: 3, proposals: 10 });
    const [now, then] = [viewOf(file.events)!, viewOf(events)!];
    expect([...now.networks]).toEqual([...then.networks]);
    expect(now.generations).toEqual(then.generations);
  });

  it.each([1, 2, 3])(
    'is still read from the fixture of version %i, brought to the present one',
    (version) => {
      const source = readFileSync(`test/fixtures/run-v${version}.json`, 'utf8');
      expect((JSON.parse(source) as RunFile).version).toBe(version);
      const parsed = parseRunFile(source);
      expect(parsed).toMatchObject({ ok: true, value: { file: { version: runVersion } } });
      expect(parsed.ok && parsed.value.testErrors.size).toBe(version < 2 ? 0 : 2);
    },
  );

  it('keeps transferred cells, and only of networks that have a cell', () => {
    const shape = { height: 28, width: 28, channels: 1 };
    const { events } = driveSearch({
      ...networkSetting({ space: 'cell', generations: 1, accepted: 2 }),
      problem: spaces.cell.problem,
      seeds: cellStartingNetworks(shape, 10).map((architecture) => ({ architecture, origin: 'trivial' })),
    });
    const transfer: RunTransfer = {
      ...{ from: 5, dataset: 'mnist', stages: 3, cellsPerStage: 4, width: 16 },
      ...{ parameters: 12_345, multiplyAdds: 678_901, images: 4000, error: 0.125 },
    };
    const transfers = [transfer, { ...transfer, cellsPerStage: 2, testError: 0.25 }];
    const written = makeRunFile(events, { ...runFacts, transfers });
    const parsed = parseRunFile(serialiseRunFile(written));
    expect(parsed.ok && parsed.value.file.transfers).toEqual(transfers);
    for (const [log, from] of [
      [events, 99],
      [driveNetworks({ generations: 1 }).events, 1],
    ] as const) {
      const bad = makeRunFile(log, { ...runFacts, transfers: [{ ...transfer, from }] });
      expect(errorOf(serialiseRunFile(bad))).toMatchObject({ problems: [{ path: 'transfers.0.from' }] });
    }
  });

  it('is small: thousands of networks compress to some hundred bytes each', () => {
    const { events, state } = driveNetworks({ generations: 60, accepted: 8 });
    const json = serialiseRunFile(makeRunFile(events, runFacts));
    const packed = gzipSync(json).length;
    console.log(
      `${state.networks.length} networks: ${(json.length / 1e3).toFixed(0)} kB, gzip ${(packed / 1e3).toFixed(0)} kB`,
    );
    expect(packed / state.networks.length).toBeLessThan(400);
  });

  it('refuses an architecture beside weights that is not the one of the log', () => {
    const { events, state } = driveNetworks({ generations: 1 });
    const { id, architecture } = state.networks[0]!;
    const weights = new Map([[id, new Float32Array(layoutOf(architecture).length)]]);
    const file = makeRunFile(events, { ...runFacts, weights });
    expect(parseRunFile(serialiseRunFile(file)).ok).toBe(true);
    const other = { ...file.weights![0]!, architecture: state.networks[1]!.architecture };
    expect(errorOf(serialiseRunFile({ ...file, weights: [other] }))).toMatchObject({
      problems: [{ path: 'weights.0.architecture', code: 'log-differs', network: id }],
    });
    const { architecture: _, ...older } = file.weights![0]!;
    expect(parseRunFile(serialiseRunFile({ ...file, weights: [older] })).ok).toBe(true);
  });

  it('has the JSON Schema that is published', async () => {
    expect(readFileSync('public/run.schema.json', 'utf8')).toBe(await runSchemaText());
  });

  it('drops what JSON cannot hold and keeps the failure', () => {
    const { events } = driveNetworks({ generations: 1 });
    const accepted = events.findIndex(({ type }) => type === 'accepted');
    const { network } = events[accepted] as SearchEvent & { network: number };
    const log: SearchEvent[] = [
      ...events.slice(0, accepted + 1),
      { type: 'progress', network, point: { images: 10, loss: NaN }, seconds: 1 },
      { type: 'failed', network, reason: 'diverged', seconds: 1.00049 },
    ];
    const parsed = parseRunFile(serialiseRunFile(makeRunFile(log, runFacts)));
    expect(parsed.ok && parsed.value.file.events.at(-1)).toEqual({
      type: 'failed',
      network,
      reason: 'diverged',
      seconds: 1,
    });
  });

  it('thins learning curves evenly and keeps their ends', () => {
    const progress = (network: number, images: number): SearchEvent => ({
      type: 'progress',
      network,
      point: { images, loss: 1 },
      seconds: 0,
    });
    const log = Array.from({ length: 100 }, (_, i) => progress((i % 2) + 1, i + 1));
    const kept = thinProgress(log, 5).map((event) => (event.type === 'progress' ? event.point.images : 0));
    expect(kept).toHaveLength(10);
    expect(kept.slice(-2)).toEqual([99, 100]);
    expect(thinProgress(log, 80)).toEqual(log);
  });
});

describe('opening a bad file', () => {
  it('refuses what is too large, not JSON, not a run, or newer', () => {
    expect(parseRunFile(text, { limit: 100 })).toMatchObject({ ok: false, reason: { kind: 'too-large' } });
    expect(errorOf('{"format":').kind).toBe('not-json');
    expect(errorOf('[1]').kind).toBe('not-a-run');
    expect(errorOf('null').kind).toBe('not-a-run');
    expect(errorOf('{"format":"tldraw"}').kind).toBe('not-a-run');
    expect(errorOf(altered('version', 99))).toEqual({
      kind: 'newer-version',
      version: 99,
      known: runVersion,
    });
  });

  const evaluated = indexOf('evaluated');
  const accepted = indexOf('accepted');
  const competed = indexOf('competed');
  const child = file.networks.findIndex(({ parent }) => parent !== null);
  const seed = indexOf('seeded');
  const candidate = file.events.findIndex(
    (event) => event.type === 'proposed' && event.verdict === 'candidate',
  );

  it.each<[what: string, path: string, value: unknown, blamed: string]>([
    ['version is text', 'version', '1', 'version'],
    ['a missing recipe', 'recipe', undefined, 'recipe'],
    ['an unknown data set', 'recipe.dataset', 'cifar', 'recipe.dataset'],
    ['another recipe than the log', 'recipe.seed', 99, 'recipe'],
    ['an empty batch', 'recipe.batch', 0, 'recipe.batch'],
    ['a rate of 0', 'recipe.rate', 0, 'recipe.rate'],
    ['more accepted than proposed', 'recipe.accepted', 999, 'recipe.accepted'],
    ['a recipe against itself', 'recipe.minParameters', 1_000_000_000, 'recipe'],
    ['other bounds than the log', 'hypervolume.bounds.0.high', 0.5, 'hypervolume.bounds'],
    ['an error above 1', `events.${evaluated}.objectives.error`, 7, `events.${evaluated}.objectives.error`],
    ['an infinite number', `events.${evaluated}.trainSeconds`, 1e301, `events.${evaluated}.trainSeconds`],
    ['an unknown kind of event', 'events.3.type', 'exploded', 'events.3.type'],
    ['an unknown parent', `events.${candidate}.parent`, 5000, `events.${candidate}.parent`],
    ['an acceptance of nothing', `events.${accepted}.proposal`, '99.1', `events.${accepted}`],
    ['two networks with one id', `events.${accepted}.network`, 1, `events.${accepted}`],
    ['a result of an unknown network', `events.${evaluated}.network`, 77, `events.${evaluated}.network`],
    ['an unknown member of the front', `events.${competed}.front.0`, 900, `events.${competed}.front`],
    [
      'an unsound architecture',
      `events.${seed}.architecture.nodes.1.inputs.0`,
      'nowhere',
      `events.${seed}.architecture`,
    ],
    [
      'an endless layer',
      `events.${seed}.architecture.nodes.1.filters`,
      1e9,
      `events.${seed}.architecture.nodes.1.filters`,
    ],
    [
      'a table that contradicts the log',
      `networks.${child}.objectives.error`,
      0.01,
      `networks.${child}.objectives`,
    ],
    ['another chain than the log', `networks.${child}.chain`, [], `networks.${child}.chain`],
    ['a network twice in the table', 'networks.1.id', 1, 'networks.1.id'],
    ['weights that do not fit', 'weights.0.float32', 'AAAA', 'weights.0.float32'],
    ['weights of nobody', 'weights.0.network', 888, 'weights.0.network'],
    ['a test error of nobody', 'testErrors.0.network', 777, 'testErrors.0.network'],
    ['a network tested twice', 'testErrors.1', file.testErrors![0], 'testErrors.1.network'],
    ['a test error above 1', 'testErrors.0.error', 1.5, 'testErrors.0.error'],
    ['a selection of nobody', 'selected', 4321, 'selected'],
  ])('names the place of %s', (_, path, value, blamed) => {
    const error = errorOf(altered(path, value));
    expect(error.kind === 'invalid' && error.problems.map((problem) => problem.path)).toContain(blamed);
  });

  it('refuses the recipe that the address refuses', () => {
    const text = JSON.parse(serialiseRunFile(file)) as RunFile;
    const values = { batch: 0, accepted: 500, proposals: 1 };
    const recipe = { ...text.recipe, ...values };
    const events = text.events.map((event) => (event.type === 'started' ? { ...event, recipe } : event));
    const refused = errorOf(JSON.stringify({ ...text, recipe, events }));
    const asAddress = parseRecipe(
      new URLSearchParams(Object.entries(values).map(([k, v]) => [k, `${v}`])).toString(),
    );
    expect(refused.kind === 'invalid' && refused.problems.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['recipe.batch', 'recipe.accepted']),
    );
    expect(new Set(asAddress.problems.map(({ key }) => key))).toEqual(new Set(['accepted', 'batch']));
  });

  it('names a chain that does not apply', () => {
    const event = file.events[accepted] as SearchEvent & { proposal: string };
    const index = file.events.findIndex((e) => e.type === 'proposed' && e.proposal === event.proposal);
    const error = errorOf(altered(`events.${index}.chain`, [{ operator: 'separate', block: 'nowhere' }]));
    expect(error).toMatchObject({ kind: 'invalid', problems: [{ path: `events.${accepted}` }] });
    expect(describeRunFileError(error)).toContain('does not apply');
  });

  it('lists the first problems of many', () => {
    const error = errorOf(
      altered(
        'events',
        Array.from({ length: 500 }, () => ({ type: 'nothing' })),
      ),
    );
    expect(error).toMatchObject({ kind: 'invalid', count: 500 });
    expect(error.kind === 'invalid' && error.problems).toHaveLength(20);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (source) => {
        parseRunFile(source);
      }),
    );
    fc.assert(
      fc.property(fc.json(), (source) => {
        const value = JSON.parse(source) as unknown;
        parseRunFile(source);
        parseRunFile(JSON.stringify({ ...(value as object), format: 'lemonade-run', version: runVersion }));
      }),
    );
  });

  it('never throws, whichever value of a good file is replaced, removed or cut', () => {
    const paths: string[] = [];
    const walk = (value: unknown, path: string) => {
      if (path) paths.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, entry] of Object.entries(value)) walk(entry, path ? `${path}.${key}` : key);
    };
    walk(JSON.parse(text) satisfies RunFile, '');
    const values = fc.oneof(
      fc.jsonValue(),
      fc.constant(undefined),
      fc.constantFrom(-1, 0, 2, 1e308, 'input', '__proto__', {}, [[]]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...paths), values, (path, value) => {
        const parsed = parseRunFile(altered(path, value));
        if (!parsed.ok) expect(describeRunFileError(parsed.reason)).toMatch(/\.$/);
      }),
      { numRuns: 300 },
    );
    for (let cut = 0; cut < text.length; cut += 997)
      expect(errorOf(text.slice(0, cut)).kind).toBe('not-json');
  });
});
