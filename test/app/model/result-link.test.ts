import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packed, packedResult, readResult, unpacked } from '../../../src/app/model/result-link.ts';
import { LogFold, viewOf } from '../../../src/core/run-file/fold.ts';
import { driveNetworks } from '../../support/network-search.ts';
import { runFacts } from '../../support/run-files.ts';

const facts = { name: '', note: 'by hand', date: '2026-11-28T00:00:00.000Z', device: runFacts.device };
const { events } = driveNetworks({ generations: 4, proposals: 8 });
const before = viewOf(events)!;

test('a link carries a run: its numbers, its counts, its note, and what was selected', async () => {
  const selected = before.front.at(-1)!;
  const text = await packedResult(events, { ...facts, selected });
  expect(text.ok && text.value).toMatch(/^[\w-]+$/);
  const read = await readResult(text.ok ? text.value : '');
  if (!read.ok) throw new Error(read.reason);
  const { told, ...linked } = read.value;
  expect(linked).toMatchObject({ name: '', note: 'by hand', date: facts.date, device: runFacts.device });
  expect(linked).toMatchObject({
    selected,
    scope: 'all',
    kept: before.trainedCount,
    of: before.trainedCount,
  });
  expect(linked.dataset.id).toBe('fashion');
  const after = new LogFold(undefined, told).at(linked.events, linked.events.length)!;
  expect(after.front).toEqual(before.front);
  expect([after.trainedCount, after.proposedCount]).toEqual([before.trainedCount, before.proposedCount]);
});

test('what does not fit whole has at least every front, and says so; what does not fit at all is refused', async () => {
  const all = await packedResult(events, facts);
  const limit = all.ok ? all.value.length - 1 : 0;
  const text = await packedResult(events, facts, limit);
  if (!text.ok) throw new Error(`${text.reason} characters`);
  expect(text.value.length).toBeLessThanOrEqual(limit);
  const read = await readResult(text.value);
  if (!read.ok) throw new Error(read.reason);
  expect(read.value.scope).not.toBe('all');
  expect(read.value.kept).toBeLessThan(read.value.of);
  expect(read.value.of).toBe(before.trainedCount);
  const { events: shown, told } = read.value;
  expect(new LogFold(undefined, told).at(shown, shown.length)!.front).toEqual(before.front);
  const none = await packedResult(events, facts, 100);
  expect(none.ok ? 0 : none.reason).toBeGreaterThan(100);
});

test('a link without a version is still read, and says that its numbers are others', async () => {
  const text = readFileSync('test/fixtures/result-link-v1.txt', 'utf8').trim();
  const read = await readResult(text);
  if (!read.ok) throw new Error(read.reason);
  expect(read.value).toMatchObject({ scope: 'renumbered', kept: 12, of: 16, selected: 2 });
  const { events: shown, told } = read.value;
  const view = new LogFold(undefined, told).at(shown, shown.length)!;
  // What it does not say is not counted.
  expect([view.trainedCount, view.proposedCount]).toEqual([16, 0]);
  expect(view.finished).toBe('budget');
});

test('a damaged link is refused, one of a newer page by name', async () => {
  const text = await packedResult(events, facts);
  const good = text.ok ? text.value : '';
  expect(await readResult(good.slice(0, -20))).toEqual({ ok: false, reason: 'damaged' });
  expect(await readResult('nonsense')).toEqual({ ok: false, reason: 'damaged' });
  const json = JSON.parse((await unpacked(good))!) as Record<string, unknown>;
  const changed = async (values: object) => readResult(await packed(JSON.stringify({ ...json, ...values })));
  expect((await changed({})).ok).toBe(true);
  expect(await changed({ v: 3 })).toEqual({ ok: false, reason: 'newer' });
  expect(await changed({ digest: [] })).toEqual({ ok: false, reason: 'damaged' });
  expect(await changed({ date: 7 })).toEqual({ ok: false, reason: 'damaged' });
  expect(await changed({ device: { backend: 'fast' } })).toEqual({ ok: false, reason: 'damaged' });
  // A network that is not there was not selected.
  expect(await changed({ selected: 999 })).toMatchObject({ ok: true, value: { selected: null } });
});

test('a run without a front has no result yet', async () => {
  expect(await packedResult(events.slice(0, 3), facts)).toEqual({ ok: false, reason: 0 });
});
