import { expect, it } from 'vitest';
import { deviceRam } from '../../../../src/core/export/int8/device-memory.ts';
import { deviceSize } from '../../../../src/core/export/int8/targets.ts';
import type { SearchEvent } from '../../../../src/core/search/events.ts';
import type { SearchState } from '../../../../src/core/search/state.ts';
import { driveNetworks } from '../../../support/network-search.ts';
import { everyKind } from '../sample.ts';
import { quantised, sampleNetworks } from './sample.ts';

it('is known before a network has weights, and never less than with them', () => {
  const all = sampleNetworks(60).map((network) => ({
    before: deviceRam(network.architecture),
    after: deviceSize(quantised(network).int8).ramBytes,
  }));
  for (const { before, after } of all) expect(before).toBeGreaterThanOrEqual(after);
  const exact = all.filter(({ before, after }) => before === after).length;
  expect(exact / all.length).toBeGreaterThan(0.9);
});

it('of two heads is that of the larger', () => {
  expect(deviceRam(everyKind(2))).toBe(deviceRam(everyKind(1)));
});

it('limits what a search trains, starting networks apart', () => {
  const refused = (events: readonly SearchEvent[]) =>
    events
      .filter((event) => event.type === 'proposed' && event.verdict === 'rejected')
      .map((event) => event.reason);
  const free = driveNetworks({ generations: 6 });
  expect(refused(free.events)).not.toContain('too-much-device-memory');
  const children = ({ networks }: SearchState) =>
    networks.flatMap(({ parent, architecture }) => (parent === null ? [] : [deviceRam(architecture)]));
  const sizes = children(free.state).toSorted((a, b) => a - b);
  const limit = sizes[sizes.length >> 1]!;
  const { events, state } = driveNetworks({ generations: 6, maxDeviceBytes: limit });
  expect(refused(events)).toContain('too-much-device-memory');
  expect(children(state).length).toBeGreaterThan(3);
  for (const bytes of children(state)) expect(bytes).toBeLessThanOrEqual(limit);
});
