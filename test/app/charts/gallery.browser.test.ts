import { mount, tick, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import Gallery from '../../../src/app/charts/gallery/Gallery.svelte';
import '../../../src/app/ui/base.css';
import { serialiseDrawing } from '../../support/serialise-svg.ts';
import { standaloneSvg } from '../../support/standalone-svg.ts';

let mounted: Record<string, unknown> | null = null;

async function show(only: string): Promise<HTMLElement> {
  document.body.style.width = '1440px';
  const target = document.body.appendChild(document.createElement('div'));
  mounted = mount(Gallery, { target, props: { only, vector: true } });
  // Charts measure their width after the first layout.
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
  await tick();
  return target;
}

afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

const sections = [
  'trade-off',
  'trade-off-sift',
  'trade-off-finished',
  'trade-off-hidden',
  'trade-off-phone',
  'trade-off-callout',
  'trade-off-empty',
  'timeline',
  'hypervolume',
  'tree',
  'tree-finished',
  'tree-size',
  'loop',
  'curve',
  'confusion',
  'parallel',
];

describe('the gallery on synthetic data', () => {
  for (const section of sections)
    it(`draws ${section} as before`, async () => {
      const target = await show(section);
      const charts = [...target.querySelectorAll<HTMLElement>('.chart')];
      expect(charts.length).toBeGreaterThan(0);
      for (const [index, chart] of charts.entries()) {
        const file = `./__snapshots__/${section}${charts.length > 1 ? `-${index + 1}` : ''}.svg`;
        await expect(standaloneSvg(chart)).toMatchFileSnapshot(file);
      }
    });

  it('draws buttons, tabs and marks as before', async () => {
    const target = await show('controls');
    await expect(serialiseDrawing(target.querySelector('.body')!)).toMatchFileSnapshot(
      './__snapshots__/controls.txt',
    );
  });

  it('has a role and a sentence on every chart', async () => {
    const target = await show('');
    const charts = [...target.querySelectorAll('.chart')];
    expect(charts.length).toBeGreaterThan(20);
    for (const chart of charts) {
      const named = chart.matches('[role]') ? chart : chart.querySelector('[role]');
      expect(named?.getAttribute('role')).toBeTruthy();
      expect(named?.getAttribute('aria-label') ?? '').not.toBe('');
    }
  });

  it('draws no number that is not one', async () => {
    const target = await show('');
    expect(target.innerHTML).not.toMatch(/NaN|Infinity|undefined/);
  });
});
