import { describe, expect, it } from 'vitest';
import { LogFold, viewOf } from '../../../src/core/run-file/fold.ts';
import type { RunView } from '../../../src/core/run-file/view.ts';
import type { ObjectiveValues } from '../../../src/core/search/objectives.ts';
import { resumable } from '../../../src/core/search/fold.ts';
import { driveNetworks } from '../../support/network-search.ts';

/** Everything a view says, as plain data. */
const plain = (view: RunView | null) => view && { ...view, networks: [...view.networks] };

describe('LogFold', () => {
  const { events, state } = driveNetworks({ generations: 5, proposals: 12 });

  it('says at every cursor, in any order, what a fold from nothing says', () => {
    const fold = new LogFold();
    const cursors = [...events.keys(), events.length];
    const shuffled = cursors.map((cursor) => (cursor * 37) % (events.length + 1));
    for (const cursor of [...cursors, ...shuffled, ...cursors.reverse()]) {
      const seen = plain(fold.at(events, cursor));
      expect(seen, `cursor ${cursor}`).toEqual(plain(viewOf(events.slice(0, cursor))));
    }
  });

  it('says the same while the log grows', () => {
    const fold = new LogFold();
    const growing: typeof events = [];
    for (const event of events) {
      growing.push(event);
      const view = fold.at(growing, growing.length);
      expect(view!.seconds).toBe(event.seconds);
    }
    expect(plain(fold.at(growing, growing.length))).toEqual(plain(viewOf(events)));
  });

  it('keeps an earlier view as it was when later cursors are asked for', () => {
    const fold = new LogFold();
    const middle = Math.floor(events.length / 2);
    const view = fold.at(events, middle);
    const before = structuredClone(plain(view));
    for (let cursor = middle; cursor <= events.length; cursor++) fold.at(events, cursor);
    expect(plain(view)).toEqual(before);
  });

  it('ends where the search itself ended', () => {
    const view = viewOf(events)!;
    expect(view.phase).toBe('finished');
    expect(view.front).toEqual(state.front);
    expect(view.hypervolume).toBe(state.hypervolume);
    expect(view.trainedCount).toBe(state.networks.length);
    for (const record of state.networks) {
      const network = view.networks.get(record.id)!;
      expect(network.architecture).toEqual(record.architecture);
      expect(network.objectives).toEqual(record.objectives);
      expect(network.onFront).toBe(state.front.includes(record.id));
      expect(network.inheritedImages).toBe(record.inheritedImages);
    }
    expect(view.imagesSeen).toBe(state.networks.reduce((sum, record) => sum + record.ownImages, 0));
  });

  it('has on the front whatever was evaluated and is not dominated, child by child, as competing then says', () => {
    const fold = new LogFold();
    let lowest = 0;
    for (const [cursor, event] of events.entries()) {
      if (event.type === 'evaluated') {
        const view = fold.at(events, cursor + 1)!;
        const known = [...view.networks.values()].filter(({ status }) => status === 'evaluated');
        const beats = (a: ObjectiveValues, b: ObjectiveValues) =>
          a.error! <= b.error! &&
          a.parameters! <= b.parameters! &&
          (a.error! < b.error! || a.parameters! < b.parameters!);
        const front = known.filter((one) => !known.some((other) => beats(other.objectives, one.objectives)));
        expect(view.front).toEqual(front.map(({ id }) => id));
        expect(known.filter(({ onFront }) => onFront)).toEqual(front);
        expect(view.hypervolume).toBeGreaterThanOrEqual(lowest);
        lowest = view.hypervolume;
      } else if (event.type === 'competed') {
        const before = fold.at(events, cursor)!;
        expect([before.front, before.hypervolume]).toEqual([event.front, event.hypervolume]);
      }
    }
    expect(lowest).toBeGreaterThan(0);
  });

  it('goes through the phases in order', () => {
    const fold = new LogFold();
    const phases = events.map((_, index) => fold.at(events, index + 1)!.phase);
    const changes = phases.filter((phase, index) => phase !== phases[index - 1]);
    const generation = ['propose', 'sift', 'train', 'compete'];
    const expected = [
      'seeding',
      'compete',
      ...Array.from({ length: 5 }, () => generation).flat(),
      'finished',
    ];
    expect(changes).toEqual(expected);
  });

  it('starts a curve again when its child is trained again', () => {
    const accepted = events.findIndex(({ type }) => type === 'accepted');
    const { network } = events[accepted] as { network: number } & (typeof events)[number];
    const progress = (images: number) =>
      ({ type: 'progress', network, point: { images, loss: 1 }, seconds: 0 }) as const;
    const log = [...events.slice(0, accepted + 1), progress(100), progress(200), progress(100)];
    expect(
      viewOf(log)!
        .networks.get(network)!
        .curve.map(({ images }) => images),
    ).toEqual([100]);
  });

  it('scrubs 4,000 networks within a frame', () => {
    const long = driveNetworks({ generations: 530, proposals: 14, accepted: 8, maxParameters: 1e7 });
    const fold = new LogFold();
    const opening = performance.now();
    fold.at(long.events, long.events.length);
    const opened = performance.now() - opening;
    const times: number[] = [];
    for (let step = 0; step < 400; step++) {
      const cursor = 1 + ((step * 7919) % long.events.length);
      const start = performance.now();
      const view = fold.at(long.events, cursor)!;
      let touched = 0;
      for (const network of view.networks.values()) if (network.onFront) touched++;
      times.push(performance.now() - start);
      expect(touched).toBe(view.front.length);
    }
    times.sort((a, b) => a - b);
    const [median, high] = [times[200]!, times[396]!];
    const { networks } = fold.at(long.events, long.events.length)!;
    console.log(
      `${networks.size} networks, ${long.events.length} events: index ${opened.toFixed(0)} ms, ` +
        `view and walk median ${median.toFixed(2)} ms, 99th percentile ${high.toFixed(2)} ms`,
    );
    expect(networks.size).toBeGreaterThan(3900);
    expect(median).toBeLessThan(16);
  });

  it('is the same after a cut at the last finished generation', () => {
    const cut = resumable(events.slice(0, -9));
    const last = cut.at(-1)!;
    expect(last.type).toBe('competed');
    expect(viewOf(cut)!.phase).toBe('compete');
  });
});
