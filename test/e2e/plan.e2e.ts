import { expect, test } from '@playwright/test';
import { listen, saveRun, untilFinished, type SavedRun } from './page.ts';

/** Small enough for an emulated GPU. */
const recipe =
  'dataset=digits&seed=2&generations=1&proposals=6&accepted=2&imagesPerChild=160&imagesPerSeed=160&imagesFinal=320&imagesDistilled=32&batch=16&workers=1&autoplay=1';

/** The two trainers round differently, which may move some validation images (280) over a class boundary. */
const tolerance = 5 / 280;

interface PlanRun extends SavedRun {
  readonly device: { readonly backend: { readonly kind: string; readonly trainer: string } };
}

type Point = Readonly<Record<string, number>>;

function front(run: SavedRun): readonly Point[] {
  const last = run.events.filter((event) => event.type === 'competed').at(-1);
  return (last?.front ?? []).map((id) => run.networks.find((network) => network.id === id)!.objectives);
}

/** True where `point` is at least as good as `other`, up to the tolerance in what training measures. */
const covers = (point: Point, other: Point): boolean =>
  Object.entries(other).every(([key, value]) => point[key]! <= value + (key === 'error' ? tolerance : 0));

test('networks compiled for WebGPU and for WebAssembly find the same front', async ({ page }) => {
  test.setTimeout(180_000);
  await listen(page);
  const runs: PlanRun[] = [];
  for (const backend of ['webgpu', 'wasm']) {
    await page.goto('about:blank');
    await page.goto(`./#${recipe}&backend=${backend}`);
    await untilFinished(page, 150_000);
    runs.push((await saveRun(page)).run as PlanRun);
  }
  const [plan, other] = runs as [PlanRun, PlanRun];
  expect(plan.device.backend).toMatchObject({ kind: 'webgpu', trainer: 'plan' });
  expect(other.device.backend).toMatchObject({ kind: 'wasm', trainer: 'plan' });
  expect(plan.networks).toHaveLength(other.networks.length);
  for (const [i, { objectives }] of plan.networks.entries()) {
    const { error: own, ...exact } = objectives;
    const { error, ...expected } = other.networks[i]!.objectives;
    expect(exact).toEqual(expected);
    expect(Math.abs(own! - error!)).toBeLessThanOrEqual(tolerance);
  }
  const fronts = [front(plan), front(other)] as const;
  expect(fronts[0].length).toBeGreaterThan(1);
  for (const point of fronts[0]) expect(fronts[1].some((other) => covers(other, point))).toBe(true);
  for (const point of fronts[1]) expect(fronts[0].some((other) => covers(other, point))).toBe(true);
});
