import { describe, expect, it } from 'vitest';
import { calloutPlace } from '../../../../src/app/charts/geometry/callout.ts';
import { plotDomain, wholeDomain } from '../../../../src/app/charts/geometry/domain.ts';
import { overlaps } from '../../../../src/app/charts/geometry/labels.ts';
import { stairRects } from '../../../../src/app/charts/geometry/stairs.ts';
import { frontLabels } from '../../../../src/app/charts/geometry/trade-off-labels.ts';
import { walkFront } from '../../../../src/app/charts/geometry/trade-off-words.ts';
import {
  isSqueezed,
  hasLane,
  lineageArc,
  tradeOffLayout,
  tradeOffModel,
} from '../../../../src/app/charts/geometry/trade-off.ts';
import type { RunView } from '../../../../src/core/run-file/view.ts';
import { sampleRun } from '../../../support/sample-run.ts';

/** `run` with a tiny network of error `error` on its front. */
function withWorst(run: RunView, id = 9999, error = 0.9): RunView {
  const parameters = 801 + (id % 7);
  const like = [...run.networks.values()].find(({ onFront }) => onFront)!;
  const worst = { ...like, id, objectives: { ...like.objectives, error, parameters } };
  return { ...run, networks: new Map(run.networks).set(id, worst), front: [...run.front, id] };
}

const layout = tradeOffLayout(624, 434, { lane: true, density: true, compact: false, names: true });

it.each([240, 318, 342, 389, 390, 434, 700])('gives the plot most of %d px', (height) => {
  const density = !isSqueezed(height);
  for (const lane of [true, density]) {
    const { box } = tradeOffLayout(624, height, { lane, density, compact: false, names: true });
    expect((box.bottom - box.top) / height).toBeGreaterThan(height < 300 ? 0.5 : 0.59);
  }
});

describe('tradeOffLayout', () => {
  it('is the layout of the design at 624 x 434', () => {
    expect(layout.box).toEqual({ left: 40, right: 570, top: 28, bottom: 306 });
    expect([layout.laneBottom, layout.axisBottom]).toEqual([334, 400]);
  });
});

describe('tradeOffModel', () => {
  it('has the run’s front as its front when the run has these two objectives', () => {
    const view = sampleRun();
    const model = tradeOffModel(view, 'parameters', 'error', layout);
    expect(model.front.map((p) => p.id).sort((a, b) => a - b)).toEqual([...view.front].sort((a, b) => a - b));
    expect(model.hidden).toEqual([]);
    expect(model.training.length).toBe(3);
  });

  it('draws every network once, and those on the front through a hidden objective apart', () => {
    const view = sampleRun({ objectives: ['error', 'parameters', 'multiplyAdds', 'inferenceSeconds'] });
    const model = tradeOffModel(view, 'inferenceSeconds', 'error', layout);
    const drawn = [...model.front, ...model.hidden, ...model.cloud, ...model.training].map((p) => p.id);
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(model.hidden.length).toBeGreaterThan(0);
    for (const p of [...model.front, ...model.hidden]) expect(view.front).toContain(p.id);
    for (const p of model.cloud) expect(view.front).not.toContain(p.id);
  });

  it('draws what its generation has not weighed yet as neither on the front nor dominated', () => {
    const run = sampleRun();
    const open = [...run.networks.values()].filter(
      ({ status, generation }) => status === 'evaluated' && !run.generations[generation]?.outcome,
    );
    expect(open.length).toBeGreaterThan(0);
    const networks = new Map(run.networks);
    for (const network of open) networks.set(network.id, { ...network, onFront: false });
    const view = { ...run, networks };
    const model = tradeOffModel(view, 'parameters', 'error', layout);
    expect(model.justTrained.map(({ id }) => id)).toEqual(open.map(({ id }) => id));
    const weighed = [...model.front, ...model.hidden, ...model.cloud].map(({ id }) => id);
    for (const { id } of open) expect(weighed).not.toContain(id);
  });

  it('finds the front in view that comparing every pair finds, on any two objectives', () => {
    const keys = ['error', 'parameters', 'multiplyAdds', 'inferenceSeconds'] as const;
    const view = sampleRun({ objectives: keys, generations: 30 });
    const evaluated = [...view.networks.values()].filter(({ status }) => status === 'evaluated');
    for (const x of keys)
      for (const y of keys) {
        if (x === y) continue;
        const beaten = (a: (typeof evaluated)[number]) =>
          evaluated.some(({ objectives: b }) => {
            const [dx, dy] = [b[x]! - a.objectives[x]!, b[y]! - a.objectives[y]!];
            return dx <= 0 && dy <= 0 && (dx < 0 || dy < 0);
          });
        const values = evaluated
          .filter((network) => !beaten(network))
          .map(({ objectives }) => `${objectives[x]} ${objectives[y]}`);
        const front = tradeOffModel(view, x, y, layout).front.map(({ id }) => {
          const { objectives } = view.networks.get(id)!;
          return `${objectives[x]} ${objectives[y]}`;
        });
        expect(front.sort()).toEqual([...new Set(values)].sort());
      }
  });

  it('keeps smaller networks left and more accurate ones below', () => {
    const { front } = tradeOffModel(sampleRun(), 'parameters', 'error', layout);
    for (let i = 1; i < front.length; i++) {
      expect(front[i]!.x).toBeGreaterThanOrEqual(front[i - 1]!.x);
      expect(front[i]!.y).toBeGreaterThan(front[i - 1]!.y);
    }
  });
});

describe('a tiny network with an error far above all others', () => {
  const view = withWorst(sampleRun());
  const model = tradeOffModel(view, 'parameters', 'error', layout);

  it('does not squeeze the plot, and stands at its upper edge with its value', () => {
    expect(model.domainY[1]).toBeLessThan(0.5);
    const mark = model.front[0]!;
    expect(mark).toMatchObject({ id: 9999, above: true, y: layout.box.top });
    expect(model.front.slice(1).every(({ above }) => !above)).toBe(true);
    const labels = frontLabels({
      view,
      x: 'parameters',
      y: 'error',
      model,
      layout,
      selected: null,
      parent: null,
      hot: null,
      names: undefined,
      ticksY: [],
      arc: null,
      ends: [],
      noted: null,
      callout: null,
      stacked: null,
    });
    expect(labels.map(({ text }) => text)).toContain('#9999, 90.0 %');
  });

  it('is inside where all values are shown side by side', () => {
    expect(wholeDomain(view, 'error')[1]).toBeGreaterThanOrEqual(0.9);
  });

  it('is no reason to cut off a front that falls evenly', () => {
    const even = [0.6, 0.5, 0.42, 0.36].reduce(
      (run, error, i) => withWorst(run, 9000 - i, error),
      sampleRun(),
    );
    for (const { id } of tradeOffModel(even, 'parameters', 'error', layout).front.filter(
      ({ above }) => above,
    ))
      expect(even.networks.get(id)!.objectives.error).toBeGreaterThan(0.5);
    const { front } = tradeOffModel(even, 'parameters', 'error', layout);
    expect(front.filter(({ above }) => above).length).toBeLessThanOrEqual(2);
  });

  it('is inside when it is not alone', () => {
    const several = [0.5, 0.6, 0.7, 0.8].reduce((run, error, i) => withWorst(run, 9000 - i, error), view);
    expect(plotDomain(several, 'error')[1]).toBeGreaterThanOrEqual(0.9);
  });
});

describe('calloutPlace', () => {
  const text = 'Each dot is a trained network. Click one.';
  const wide = tradeOffLayout(850, 440, { lane: false, density: false, compact: false, names: true });

  it('lies on no mark and no line of the front, in any generation, and points where it can', () => {
    let pointing = 0;
    for (const seed of [1, 2, 3, 4])
      for (let generations = 0; generations < 14; generations++) {
        const view = sampleRun({ seed, generations, training: 0 });
        const model = tradeOffModel(view, 'parameters', 'error', wide);
        const place = calloutPlace(model, wide.box, text, new Set());
        if (!place.at) continue;
        pointing++;
        for (const { x, y } of model.front)
          expect(overlaps(place, { x: x - 6, y: y - 6, width: 12, height: 12 })).toBe(false);
        for (const rect of stairRects(model.steps, wide.box)) expect(overlaps(place, rect)).toBe(false);
        expect(place.x).toBeGreaterThanOrEqual(wide.box.left);
        expect(place.y + place.height).toBeLessThan(wide.box.bottom);
      }
    expect(pointing).toBeGreaterThan(28);
  });

  it('points only at a mark that stays, and at nothing where none of these has room', () => {
    const view = sampleRun({ seed: 2 });
    const model = tradeOffModel(view, 'parameters', 'error', wide);
    const places = model.front.map(({ id }) => calloutPlace(model, wide.box, text, new Set([id])).at?.id);
    places.forEach((place, i) => expect([model.front[i]!.id, undefined]).toContain(place));
    expect(new Set(places).size).toBeGreaterThan(1);
    expect(calloutPlace(model, wide.box, text, new Set([-1])).at).toBeNull();
  });
});

describe('hasLane', () => {
  it('is there only where the vertical objective alone waits for training', () => {
    expect([
      hasLane('parameters', 'error'),
      hasLane('error', 'parameters'),
      hasLane('parameters', 'multiplyAdds'),
    ]).toEqual([true, false, false]);
  });
});

describe('walkFront', () => {
  const front = [3, 8, 5].map((id, i) => ({
    id,
    x: i,
    y: i,
    role: 'front' as const,
    above: false,
    useless: false,
  }));
  it('walks by size and stops at the ends', () => {
    expect(walkFront(front, null, 'ArrowRight')).toBe(3);
    expect(walkFront(front, 3, 'ArrowRight')).toBe(8);
    expect(walkFront(front, 5, 'ArrowRight')).toBe(5);
    expect(walkFront(front, null, 'ArrowLeft')).toBe(5);
    expect(walkFront(front, 8, 'Home')).toBe(3);
    expect(walkFront(front, 8, 'End')).toBe(5);
    expect(walkFront(front, 8, 'x')).toBeUndefined();
  });
});

describe('lineageArc', () => {
  it('has one place for each operator, in order from the parent', () => {
    const arc = lineageArc({ x: 100, y: 200 }, { x: 300, y: 220 }, 11, 3, 0);
    expect(arc.glyphs).toHaveLength(3);
    expect(arc.glyphs[0]!.x).toBeLessThan(arc.glyphs[2]!.x);
    expect(arc.path.startsWith('M100.0 200.0Q')).toBe(true);
  });
});
