import { describe, expect, test } from 'vitest';
import { LogFold, viewOf } from '../../../src/core/run-file/fold.ts';
import { logOfDigest, withOwnNumbers, type DigestLog } from '../../../src/core/run-file/digest-log.ts';
import { parseRunFile } from '../../../src/core/run-file/parse.ts';
import { digestOf, digestScopes, type DigestScope } from '../../../src/core/run-file/run-digest.ts';
import { makeRunFile, serialiseRunFile } from '../../../src/core/run-file/serialise.ts';
import { lineageOf, type RunView } from '../../../src/core/run-file/view.ts';
import type { SearchEvent } from '../../../src/core/search/events.ts';
import { driveNetworks } from '../../support/network-search.ts';
import { runFacts } from '../../support/run-files.ts';

/** What goes through a link is JSON. */
const sent = (events: readonly SearchEvent[], scope: DigestScope): DigestLog =>
  logOfDigest(JSON.parse(JSON.stringify(digestOf(events, scope))))!;

const received = (log: DigestLog, cursor?: number): RunView => {
  const events = withOwnNumbers(log);
  return new LogFold(undefined, log.told).at(events, cursor ?? events.length)!;
};

const long = { generations: 8, proposals: 12 } as const;

describe.each(['lemonade', 'random', 'nsga2'] as const)('a digest of %s', (strategy) => {
  const { events } = driveNetworks({ ...long, strategy });
  const before = viewOf(events)!;

  test.each(digestScopes)('has the numbers, counts and front of its run: %s', (scope) => {
    const log = sent(events, scope);
    const after = received(log);
    expect(after.front).toEqual(before.front);
    expect(after.trainedCount).toBe(before.trainedCount);
    expect(after.proposedCount).toBe(before.proposedCount);
    expect(after.imagesSeen).toBe(before.imagesSeen);
    expect(after.seconds).toBeCloseTo(before.seconds, 1);
    expect(after.finished).toBe(before.finished);
    expect(after.recipe).toEqual(before.recipe);
    expect(after.bounds).toEqual(before.bounds);
    expect(after.hypervolume).toBeCloseTo(before.hypervolume, 6);
    for (const [id, network] of after.networks) {
      const { parent, architecture, generation, objectives, onFront, ownImages, inheritedImages } =
        before.networks.get(id)!;
      expect(network).toMatchObject({ parent, architecture, generation, objectives, onFront });
      expect(network).toMatchObject({ ownImages, inheritedImages });
    }
    for (const id of before.front)
      expect(lineageOf(after, id).map((one) => one.id)).toEqual(lineageOf(before, id).map((one) => one.id));
  });

  test('stands for a log that a file takes', () => {
    for (const scope of digestScopes) {
      const opened = parseRunFile(serialiseRunFile(makeRunFile(sent(events, scope).events, runFacts)));
      expect(opened.ok ? '' : JSON.stringify(opened.reason)).toBe('');
    }
  });

  test('tells each generation as it was, with or without what never was on a front', () => {
    const ends = events.flatMap((event, index) => (event.type === 'competed' ? [index + 1] : []));
    const fold = new LogFold();
    for (const scope of ['all', 'fronts'] as const) {
      const log = sent(events, scope);
      const competed = log.events.flatMap((event, index) => (event.type === 'competed' ? [index + 1] : []));
      competed.forEach((cursor, generation) => {
        const [was, is] = [fold.at(events, ends[generation]!)!, received(log, cursor)];
        expect(is.front).toEqual(was.front);
        expect(is.hypervolume).toBe(was.hypervolume);
        expect([is.trainedCount, is.proposedCount]).toEqual([was.trainedCount, was.proposedCount]);
      });
    }
  });
});

test('a narrower digest has fewer networks, and its earlier hypervolumes are still those of the run', () => {
  const { events } = driveNetworks(long);
  const [all, fronts, last] = digestScopes.map((scope) => received(sent(events, scope)));
  expect(all!.networks.size).toBe(viewOf(events)!.trainedCount);
  expect(fronts!.networks.size).toBeLessThan(all!.networks.size);
  expect(last!.networks.size).toBeLessThan(fronts!.networks.size);
  // Numbers are missing, and nobody stumbles over them.
  expect([...last!.networks.keys()]).toEqual([...last!.networks.values()].map(({ id }) => id));
  expect(Math.max(...last!.networks.keys())).toBeGreaterThan(last!.networks.size);
  const curve = (view: RunView) => view.generations.map(({ outcome }) => outcome!.hypervolume.toFixed(5));
  expect(curve(last!)).toEqual(curve(viewOf(events)!));
});

test('of a search that goes on the last whole generation is told', () => {
  const { events } = driveNetworks(long);
  const middle = events.findLastIndex((event) => event.type === 'evaluated');
  const end = events.slice(0, middle).findLastIndex((event) => event.type === 'competed');
  const after = received(sent(events.slice(0, middle), 'all'));
  const was = viewOf(events.slice(0, end + 1))!;
  expect(after.finished).toBeNull();
  expect(after.generation).toBe(was.generation);
  expect([after.trainedCount, after.proposedCount]).toEqual([was.trainedCount, was.proposedCount]);
  expect(after.front).toEqual(was.front);
  expect(digestOf(events.slice(0, 3), 'all')).toBeNull();
});

test('of a search that was stopped what has not competed is told too', () => {
  const { events } = driveNetworks(long);
  const middle = events.findLastIndex((event) => event.type === 'evaluated');
  const { seconds } = events[middle]!;
  const stopped: readonly SearchEvent[] = [
    ...events.slice(0, middle + 1),
    { type: 'finished', reason: 'stopped', seconds },
  ];
  const [was, after] = [viewOf(stopped)!, received(sent(stopped, 'all'))];
  expect(after.finished).toBe('stopped');
  expect(after.front).toEqual(was.front);
  expect([after.trainedCount, after.proposedCount]).toEqual([was.trainedCount, was.proposedCount]);
  expect(after.generations.at(-1)!.outcome).toBeNull();
});

type Json = any; // eslint-disable-line @typescript-eslint/no-explicit-any
const damages: readonly (readonly [what: string, damage: (digest: Json) => void])[] = [
  ['another version', (digest) => (digest.v = 3)],
  ['no generation', (digest) => (digest.g = [])],
  ['a recipe that is none', (digest) => (digest.r = 'dataset=nonsense')],
  ['bounds of other objectives', (digest) => digest.b.pop()],
  ['numbers out of order', (digest) => (digest.g[0].n[1][0] = 1)],
  ['a parent that is not there', (digest) => (digest.g[1].n[0][1] = 999)],
  [
    'a morphism that does not apply',
    (digest) => (digest.g[1].n[0][2] = [{ operator: 'remove', target: 'no' }]),
  ],
  ['an architecture that is none', (digest) => (digest.g[0].n[0][2] = { nodes: 7 })],
  ['fewer trained than there are', (digest) => (digest.g[0].t[1] = 1)],
  ['counts that fall', (digest) => (digest.g[2].t[2] = 0)],
  ['an error that is no number', (digest) => (digest.g[0].n[0][3] = { error: 'small' })],
  ['a generation in the middle that never competed', (digest) => (digest.g[1].o = 1)],
  ['something more', (digest) => (digest.more = 1)],
];

test.each(damages)('damaged, it is none: %s', (_, damage) => {
  const digest = JSON.parse(JSON.stringify(digestOf(driveNetworks(long).events, 'all')));
  expect(logOfDigest(digest)).not.toBeNull();
  damage(digest);
  expect(logOfDigest(digest)).toBeNull();
});
