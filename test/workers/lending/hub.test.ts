import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchEvent } from '../../../src/core/search/events.ts';
import { searchWithDevices, type Behaviour } from '../../support/fake-devices.ts';
import { networkSetting } from '../../support/network-search.ts';

const setting = networkSetting({ seed: 5, generations: 3, accepted: 4, averaging: 8 });

/** What must not depend on who trained: everything but clocks, order and names. */
const essence = (events: readonly SearchEvent[]) => ({
  competed: events.filter(({ type }) => type === 'competed'),
  settled: events
    .filter((event) => event.type === 'evaluated' || event.type === 'failed')
    .map(({ seconds: _, ...event }) => {
      const { device: __, ...rest } = event as typeof event & { device?: string };
      return rest;
    })
    .sort((a, b) => a.network - b.network),
});
/** Bit for bit; vitest's own comparison of long arrays takes seconds. */
const same = (a: Float32Array | null, b: Float32Array | null) =>
  a === null || b === null
    ? a === b
    : Buffer.compare(new Uint8Array(a.buffer), new Uint8Array(b.buffer)) === 0;
const alone = searchWithDevices(setting, []);

const behaviours: readonly Behaviour[] = [
  ...([
    'good',
    'twice',
    'leaves',
    'freezes',
    'lies',
    'gives-up',
    'wrong-shape',
    'slow',
    'breaks',
    'switches',
  ] as const),
];

describe('a search that devices lend to', () => {
  it('has something to compare', async () => {
    const { state, events } = await alone;
    expect(state.front.length).toBeGreaterThanOrEqual(3);
    expect(events.filter(({ type }) => type === 'evaluated').length).toBeGreaterThan(10);
    expect(events.filter(({ type }) => type === 'failed').length).toBeGreaterThan(0);
  });

  it.each(behaviours)('ends at the same front where a device %s', async (behaviour) => {
    const { ended, events, kept } = await searchWithDevices(setting, [behaviour]);
    expect(ended.ok).toBe(true);
    expect(essence(events)).toEqual(essence((await alone).events));
    for (const [network, weights] of (await alone).kept)
      for (const which of ['evaluated', 'raw'] as const)
        expect(same(kept.get(network)![which], weights[which])).toBe(true);
  });

  it('ends at the same front whatever devices come', async () => {
    const expected = essence((await alone).events);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...behaviours), { minLength: 1, maxLength: 6 }),
        async (devices) => {
          const { events } = await searchWithDevices(setting, devices, { milliseconds: 1 });
          expect(essence(events)).toEqual(expected);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('lets devices train and says in the log who did', async () => {
    const { events, report, trainedHere } = await searchWithDevices(setting, ['good', 'good']);
    const by = events.flatMap((event) => (event.type === 'evaluated' && event.device ? [event.device] : []));
    expect(new Set(by)).toEqual(new Set(['good 1', 'good 2']));
    expect(by.length).toBe(report.children.all - report.children.own);
    expect(trainedHere.length).toBeLessThan(events.filter(({ type }) => type === 'evaluated').length);
  });

  it('names who left, froze or lied, and whose networks are trained elsewhere', async () => {
    const { report, devices } = await searchWithDevices(
      setting,
      ['leaves', 'freezes', 'lies', 'wrong-shape'],
      { milliseconds: 3 },
    );
    const of = (kind: string) => report.events.filter((event) => event.kind === kind);
    expect(of('left').map(({ name }) => name)).toEqual(['leaves 1']);
    expect(of('silent').map(({ name }) => name)).toEqual(['freezes 2']);
    expect(of('left')[0]!.networks).toHaveLength(1);
    expect(of('silent')[0]!.networks).toHaveLength(1);
    expect(of('lied').map(({ name, lie }) => [name, lie!.claimed])).toEqual([['lies 3', 0]]);
    expect(of('lied')[0]!.lie!.measured).toBeGreaterThan(0.1);
    expect(of('nonsense').map(({ name }) => name)).toEqual(['wrong-shape 4']);
    expect(devices.map(({ refused }) => refused)).toEqual([null, null, 'lied', 'nonsense']);
  });

  it('says which way each device is reached, and that a direct line broke', async () => {
    const { report } = await searchWithDevices(setting, ['good', 'switches'], { milliseconds: 3 });
    const of = (name: string) => report.events.filter((event) => event.name === name).map(({ kind }) => kind);
    expect(of('good 1')).toEqual(['joined']);
    expect(of('switches 2')).toEqual(['joined', 'relayed']);
    expect(report.devices.map(({ way }) => way)).toEqual(['relay', 'relay']);
  });

  it('measures the first results of a device always, of later ones the best and some by chance', async () => {
    const long = networkSetting({ seed: 5, generations: 8, accepted: 6 });
    const often = await searchWithDevices(long, ['good'], { chance: () => 0 });
    const rarely = await searchWithDevices(long, ['good'], { chance: () => 0.99 });
    const checked = ({ report }: typeof often) => report.devices[0]!.checked;
    expect(checked(often)).toBe(often.report.devices[0]!.trained);
    expect(checked(often)).toBeGreaterThan(2);
    expect(checked(rarely)).toBeGreaterThanOrEqual(2);
    expect(checked(rarely)).toBeLessThan(rarely.report.devices[0]!.trained);
  });
});
