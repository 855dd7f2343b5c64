import { describe, expect, it } from 'vitest';
import { walkFront } from '../../../../src/app/charts/geometry/trade-off-words.ts';
import {
  hasLane,
  lineageArc,
  tradeOffLayout,
  tradeOffModel,
} from '../../../../src/app/charts/geometry/trade-off.ts';
import { sampleRun } from '../../../support/sample-run.ts';

const layout = tradeOffLayout(624, 434, { lane: true, density: true, compact: false, names: true });

describe('tradeOffLayout', () => {
  it('is the layout of the design at 624 x 434', () => {
    expect(layout.box).toEqual({ left: 40, right: 580, top: 28, bottom: 306 });
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
  const front = [3, 8, 5].map((id, i) => ({ id, x: i, y: i, role: 'front' as const }));
  it('walks by size and stops at the ends', () => {
    expect(walkFront(front, null, 'ArrowRight')).toBe(3);
    expect(walkFront(front, 3, 'ArrowRight')).toBe(8);
    expect(walkFront(front, 5, 'ArrowRight')).toBe(5);
    expect(walkFront(front, null, 'ArrowLeft')).toBe(5);
    expect(walkFront(front, 8, 'Home')).toBe(3);
    expect(walkFront(front, 8, 'End')).toBe(5);
    expect(walkFront(front, 8, 'x')).toBeNull();
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
