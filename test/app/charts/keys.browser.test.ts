import { mount, tick, unmount, type Component } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FamilyTree from '../../../src/app/charts/FamilyTree.svelte';
import HypervolumeTimeline from '../../../src/app/charts/HypervolumeTimeline.svelte';
import ParallelCoordinates from '../../../src/app/charts/ParallelCoordinates.svelte';
import TradeOff from '../../../src/app/charts/TradeOff.svelte';
import { timelinePoints } from '../../../src/app/charts/geometry/timeline.ts';
import '../../../src/app/ui/base.css';
import { sampleRun } from '../../support/sample-run.ts';

let mounted: Record<string, unknown> | null = null;

async function show<P extends Record<string, unknown>>(
  component: Component<P>,
  props: P,
): Promise<HTMLElement> {
  const target = document.body.appendChild(document.createElement('div'));
  target.style.width = '800px';
  mounted = mount(component, { target, props });
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  await tick();
  return target.querySelector<HTMLElement>('.chart')!;
}

const press = async (chart: HTMLElement, key: string) => {
  chart.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await tick();
};

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

const view = sampleRun();
const bySize = view.front.toSorted(
  (a, b) => view.networks.get(a)!.objectives.parameters! - view.networks.get(b)!.objectives.parameters!,
);

describe('trade-off', () => {
  it('is one tab stop; arrows walk the front by size, Enter selects and it is said aloud', async () => {
    const onselect = vi.fn();
    const onhover = vi.fn();
    const chart = await show(TradeOff, { view, x: 'parameters', y: 'error', onselect, onhover });
    expect(chart.tabIndex).toBe(0);
    expect(chart.querySelectorAll('[tabindex="0"], button')).toHaveLength(0);
    chart.focus();
    await press(chart, 'Home');
    await press(chart, 'ArrowRight');
    await press(chart, 'ArrowRight');
    expect(onhover.mock.calls.map(([id]: unknown[]) => id)).toEqual(bySize.slice(0, 3));
    expect(chart.querySelector('[aria-live]')!.textContent).toContain(`3 of ${bySize.length} on the front`);
    await press(chart, 'Enter');
    expect(onselect).toHaveBeenCalledWith(bySize[2]);
  });

  it('shows that equal marks lie on each other, and goes through them by Enter', async () => {
    const [top] = bySize;
    const under = [...view.networks.values()].find(
      ({ onFront, status }) => !onFront && status === 'evaluated',
    )!;
    const twin = { ...under, objectives: view.networks.get(top!)!.objectives };
    const doubled = { ...view, networks: new Map([...view.networks, [twin.id, twin]]) };
    const onselect = vi.fn();
    const walkTo = async (selected: number | null) => {
      const chart = await show(TradeOff, { view: doubled, x: 'parameters', y: 'error', selected, onselect });
      chart.focus();
      await press(chart, 'Home');
      expect(chart.textContent).toContain('×2');
      await press(chart, 'Enter');
      await unmount(mounted!);
    };
    for (const selected of [null, top!, twin.id]) await walkTo(selected);
    mounted = null;
    expect(onselect.mock.calls.map(([id]: unknown[]) => id)).toEqual([top, twin.id, top]);
  });

  it('selects the nearest mark within 24 px of a click, and nothing far from all', async () => {
    const onselect = vi.fn();
    const chart = await show(TradeOff, { view, x: 'parameters', y: 'error', onselect });
    const mark = chart.querySelector<SVGCircleElement>('circle.mark-front')!;
    const area = chart.getBoundingClientRect();
    const at = (dx: number, dy: number) =>
      chart.dispatchEvent(
        new MouseEvent('click', {
          clientX: area.left + Number(mark.getAttribute('cx')) + dx,
          clientY: area.top + Number(mark.getAttribute('cy')) + dy,
          bubbles: true,
        }),
      );
    at(-14, 6);
    expect(onselect).toHaveBeenCalledExactlyOnceWith(bySize[0]);
    chart.dispatchEvent(
      new MouseEvent('click', { clientX: area.left + 60, clientY: area.top + 300, bubbles: true }),
    );
    expect(onselect).toHaveBeenCalledOnce();
  });

  it('puts the dominated networks on a canvas', async () => {
    const chart = await show(TradeOff, { view, x: 'parameters', y: 'error' });
    const canvas = chart.querySelector('canvas')!;
    const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
    expect(pixels.some((value) => value > 0)).toBe(true);
  });
});

describe('timeline', () => {
  it('is a slider: arrows move a generation, Home and End its ends', async () => {
    const onscrub = vi.fn();
    const chart = await show(HypervolumeTimeline, {
      points: timelinePoints(view),
      total: 30,
      cursor: 7,
      onscrub,
    });
    expect(chart.getAttribute('role')).toBe('slider');
    expect(chart.getAttribute('aria-valuenow')).toBe('7');
    expect(chart.getAttribute('aria-valuetext')).toMatch(/^generation 7: 0\.\d{3}$/);
    for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End']) await press(chart, key);
    expect(onscrub.mock.calls.map(([g]: unknown[]) => g)).toEqual([8, 6, 0, 11]);
  });
});

describe('family tree', () => {
  it('walks from a network to its parent', async () => {
    const onhover = vi.fn();
    const child = view.front.find((id) => view.networks.get(id)!.parent !== null)!;
    const chart = await show(FamilyTree, { view, selected: child, onhover });
    await press(chart, 'ArrowLeft');
    expect(onhover).toHaveBeenLastCalledWith(view.networks.get(child)!.parent);
  });

  it('draws 4,000 networks with few elements, so that a frame is enough', async () => {
    const big = sampleRun({ generations: 200, accepted: 20, proposals: 30, training: 0 });
    expect(big.networks.size).toBeGreaterThan(3900);
    const start = performance.now();
    const chart = await show(FamilyTree, { view: big });
    const elements = chart.querySelectorAll('*').length;
    console.log(`${elements} elements, ${(performance.now() - start).toFixed(0)} ms with three frames`);
    expect(elements).toBeGreaterThan(20);
    expect(elements).toBeLessThan(1000);
  });
});

describe('parallel coordinates', () => {
  it('filters by keyboard and keeps the smaller values', async () => {
    const onbrush = vi.fn();
    const chart = await show(ParallelCoordinates, { view, axes: ['error', 'parameters'], onbrush });
    const [brush] = chart.querySelectorAll<HTMLElement>('[role=slider]');
    await press(brush!, 'PageDown');
    const [{ error }] = onbrush.mock.calls[0] as [{ error: [number, number] }];
    expect(error[0]).toBe(0);
    expect(error[1]).toBeGreaterThan(0.1);
    expect(error[1]).toBeLessThan(0.35);
  });

  it('moves an axis with Alt and an arrow', async () => {
    const onorder = vi.fn();
    const chart = await show(ParallelCoordinates, { view, axes: ['error', 'parameters'], onorder });
    const name = chart.querySelector<HTMLElement>('button')!;
    name.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', altKey: true, bubbles: true }));
    expect(onorder).toHaveBeenCalledWith(['parameters', 'error']);
  });
});
