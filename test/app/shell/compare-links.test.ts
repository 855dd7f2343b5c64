import { expect, it } from 'vitest';
import { viewOf } from '../../../src/core/run-file/fold.ts';
import { frontLink } from '../../../src/app/model/front-link.ts';
import { nameOf } from '../../../src/app/model/run-name.ts';
import { linksIn, readLink } from '../../../src/app/shell/compare-links.ts';
import { driveNetworks } from '../../support/network-search.ts';

const site = 'https://example.org/lemonade/';
const view = viewOf(driveNetworks({ generations: 2, proposals: 8, accepted: 3, seed: 1 }).events)!;

it('finds links among the words of a chat, whom they are from, and lines without one', () => {
  const text = 'Ada: http://a.b/#x=1\r\n  mine\t#compare=1&front=y\nthanks\n\n[10:05] 小明：#x=2 or #x=3';
  const { links, others } = linksIn(text);
  expect(links.map(({ link, from }) => [link, from])).toEqual([
    ['http://a.b/#x=1', 'Ada'],
    ['#compare=1&front=y', ''],
    ['#x=2', '小明'],
    ['#x=3', ''],
  ]);
  expect(links[1]!.line).toBe('mine\t#compare=1&front=y');
  expect(others).toEqual(['thanks']);
});

it('reads a front from a link that is short enough for a code', async () => {
  const link = site + (await frontLink(view, 'Ada 一班'));
  expect(link.length).toBeLessThan(1200);
  const read = await readLink(link);
  expect(read).toMatchObject({ ok: true, value: { name: 'Ada 一班', origin: 'front' } });
});

it('names nobody where the name of a front is the one that the page made', async () => {
  for (const made of [nameOf('', view.recipe), ''])
    expect(await readLink(site + (await frontLink(view, made)))).toMatchObject({ value: { name: '' } });
});

it('says why a link adds nothing', async () => {
  const link = site + (await frontLink(view, 'Ada'));
  for (const [text, reason] of [
    ['https://example.org/', 'none'],
    [`${site}#dataset=digits&seed=3`, 'recipe'],
    [`${site}#compare=1&front=`, 'recipe'],
    [link.slice(0, -30), 'damaged'],
    [`${site}#result=AAAA`, 'damaged'],
    [`${site}#result=${'A'.repeat(30_000)}`, 'damaged'],
  ] as const)
    expect(await readLink(text)).toEqual({ ok: false, reason });
});
