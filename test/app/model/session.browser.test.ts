import { beforeEach, expect, test, vi } from 'vitest';
import type { SearchOptions } from '../../../src/workers/search-handle.ts';
import type { Recipe } from '../../../src/core/search/recipe.ts';
import type { SearchEvent } from '../../../src/core/search/events.ts';
import { parseRecipe } from '../../../src/core/search/recipe-parse.ts';
import { importOnnx } from '../../../src/app/model/import-onnx.ts';
import type { ImportedOnnx } from '../../../src/app/model/imported.ts';
import { openResult } from '../../../src/app/model/open-result.ts';
import { defaultPage } from '../../../src/app/model/address.ts';
import { isOf } from '../../../src/app/model/session-address.ts';
import { Session } from '../../../src/app/model/session.svelte.ts';
import { openStored } from '../../../src/app/model/stored-runs.ts';
import { wayBack } from '../../../src/app/model/way-back.ts';
import runFile from '../../fixtures/run-v3.json';

/** Searches without workers: what the session asked of them, and a way to let them say something. */
interface Started {
  readonly recipe: Recipe;
  readonly options: SearchOptions;
  readonly asked: string[];
  alive: boolean;
}
const started = vi.hoisted(() => [] as Started[]);
vi.mock('../../../src/workers/start-search.ts', () => ({
  startSearch: (recipe: Recipe, options: SearchOptions) => {
    const search: Started = { recipe, options, asked: [], alive: true };
    started.push(search);
    return {
      play: () => search.asked.push('play'),
      pause: () => search.asked.push('pause'),
      step: (unit: string) => search.asked.push(`step ${unit}`),
      stop: () => Promise.resolve(),
      lendDevices: () => {},
      weights: () => Promise.resolve(null),
      dispose: () => (search.alive = false),
    };
  },
}));

const events = runFile.events as unknown as readonly SearchEvent[];
const recipeOf = (seed: number): Recipe => parseRecipe(`dataset=digits&seed=${seed}`).recipe;
const alive = () => started.filter((search) => search.alive);
const recording = (session: Session) => session.show({ kind: 'recording', events, name: '' });
const offered = (session: Session) => session.run.notices.list.map(({ key }) => key);

beforeEach(() => {
  started.length = 0;
});

/** A run of one's own that has trained something and goes on. */
async function searching(id = 'a', seed = 3) {
  const session = new Session(recipeOf(seed));
  session.play();
  const search = started.at(-1)!;
  search.options.onRun?.(id);
  search.options.onEvents(0, events.slice(0, -1));
  await expect.poll(() => session.run.log.count).toBe(events.length - 1);
  return { session, search };
}

for (const [how, begin] of [
  ['played', (session: Session) => session.toggle()],
  ['stepped', (session: Session) => session.step('generation')],
] as const)
  test(`a search ${how} on the first page takes the place of the one left for it, which is offered back`, async () => {
    const { session, search } = await searching();
    session.goHome();
    expect([session.home, session.left?.runId]).toEqual([true, 'a']);
    begin(session);
    expect([session.home, session.left]).toEqual([false, null]);
    expect(search.alive).toBe(false);
    expect(alive()).toHaveLength(1);
    expect(offered(session)).toContain('aside');

    const second = session.run;
    session.goHome();
    expect(session.left).toBe(second);
    expect(alive()).toHaveLength(1);
    session.comeBack();
    expect(session.run).toBe(second);
    second.notices.list.find(({ key }) => key === 'aside')!.action!.run();
    expect(session.run.runId).toBe('a');
    expect(alive().map(({ options }) => options.resume)).toEqual(['a']);
  });

test('a search that begins on the first page before the recording is there leaves it', () => {
  const session = new Session(recipeOf(3));
  session.home = true;
  session.toggle();
  expect([session.home, session.run.live]).toEqual([false, true]);
});

test('a run lives on behind the first page, however often that is opened, until another one is played', async () => {
  const { session, search } = await searching();
  const left = session.run;
  session.goHome();
  recording(session);
  session.goHome();
  expect(session.left).toBe(left);

  // As Back does to a run before it: laid out, not played.
  session.change(recipeOf(4));
  expect([session.home, session.left === left, search.alive]).toEqual([false, true, true]);
  expect(alive()).toEqual([search]);
  session.goHome();
  expect(session.left).toBe(left);
  session.change(recipeOf(4));
  session.play();
  expect([session.left, search.alive]).toEqual([null, false]);
  expect(alive().map(({ recipe }) => recipe.seed)).toEqual([4]);
  expect(offered(session)).toContain('aside');
});

test('a run that comes back has its own networks of ONNX files', async () => {
  const { session } = await searching();
  const imported = [{ key: 1, name: 'mine.onnx' }] as unknown as readonly ImportedOnnx[];
  session.run.sideRuns.imported = imported;
  session.goHome();
  expect(session.run.sideRuns.imported).toEqual([]);
  session.comeBack();
  expect(session.run.sideRuns.imported).toEqual(imported);
  // The same images in another search.
  session.change({ ...session.run.recipe, proposals: 7 });
  expect(session.run.sideRuns.imported).toEqual(imported);
});

test('an ONNX file that is dropped on the first page opens the run that it is held against', async () => {
  const session = new Session(recipeOf(3));
  session.home = true;
  const shown = recording(session);
  await importOnnx(session, []);
  expect([session.home, session.page.drawer, session.run === shown]).toEqual([false, 'onnx', true]);
});

test('another speed holds for the run behind the first page too', async () => {
  const { session, search } = await searching();
  session.setSpeed('watch');
  session.run.playback.to(0);
  session.run.playback.start();
  await expect.poll(() => search.asked.at(-1)).toBe('pause');
  session.goHome();
  session.setSpeed('fast');
  expect(search.asked.at(-1)).toBe('play');
  expect(session.left?.running).toBe(true);
});

test('this computer is measured again where a run goes on behind the first page', async () => {
  const { session, search } = await searching();
  session.goHome();
  recording(session);
  session.warm(recipeOf(9));
  expect(alive()).toEqual([search]);
  session.measureAgain();
  expect(alive()).toHaveLength(2);
});

test('what a lesson shows as a file is not the user’s own', async () => {
  const session = new Session(recipeOf(3));
  session.show({ kind: 'file', bundled: true, events, name: '' });
  expect(wayBack(session)).toBeNull();
  session.goHome();
  expect(session.left).toBeNull();
  const file = session.show({ kind: 'file', events, name: 'mine' });
  expect(session.home).toBe(false);
  session.goHome();
  expect(session.left).toBe(file);

  // Nor does it end the run that it is shown over.
  const { session: other, search } = await searching();
  const left = other.run;
  other.goHome();
  other.show({ kind: 'file', bundled: true, events, name: '' }, true);
  expect([other.left === left, search.alive]).toEqual([true, true]);
});

test('a stored run that is on the page, or behind the first one, is not opened a second time', async () => {
  const { session, search } = await searching();
  const { run } = session;
  const stored = { id: 'a', name: '', recipe: run.recipe, created: '', updated: '', finished: false };
  session.page.drawer = 'share';
  await openStored(session, stored);
  expect([session.run === run, search.alive, session.page.drawer]).toEqual([true, true, null]);
  session.goHome();
  session.page.drawer = 'share';
  await openStored(session, stored);
  expect([session.run === run, session.home, session.page.drawer]).toEqual([true, false, null]);
  expect(alive()).toEqual([search]);
});

test('the places of the lessons lead back to a run of one’s own, on the page or behind the first one', async () => {
  expect(wayBack(new Session(recipeOf(3)))).toBeNull();
  const { session } = await searching();
  session.run.selection.selected = 2;
  const here = wayBack(session);
  expect(here).toMatch(/^#dataset=digits&.*seed=3.*&select=2/);
  session.goHome();
  recording(session);
  expect(wayBack(session)).toBe(here);
});

test('a damaged result link lays out its search, and none does once another address is followed', async () => {
  const session = new Session(recipeOf(3));
  session.home = true;
  const shown = recording(session);
  const asked = { recipe: recipeOf(8), page: { ...defaultPage, tab: 'table' } } as const;
  await openResult(session, 'nonsense', asked, () => false);
  expect([session.home, session.run === shown, session.notice]).toEqual([true, true, null]);
  await openResult(session, 'nonsense', asked, () => true);
  expect([session.home, session.page.tab, session.notice?.key]).toEqual([false, 'table', 'result-link']);
  expect(isOf(session.run, { recipe: asked.recipe, params: new URLSearchParams() })).toBe(true);
  expect(session.run.kind).toBe('live');
});
