import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { onnxRuntimeWeb, tensorFlowJs, writeCase } from '../../scripts/exports/consumers.ts';
import { exportCases, fewCases } from '../../scripts/exports/networks.ts';
import { predictedPhotos } from '../../scripts/exports/photos.ts';

/** A small part of `npm run check:exports`, without what a machine may lack. */
const root = mkdtempSync(`${tmpdir()}/lemonade-exports-`);
const cases = fewCases().map((one) => writeCase(one, root));

test('there are at least 40 networks to check, of every shipped set, under names of their own', () => {
  const all = exportCases();
  expect(all.length).toBeGreaterThanOrEqual(40);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const kind of ['add', 'concat', 'sepConv', 'conv', 'maxPool'])
    expect(all.some(({ network }) => network.architecture.nodes.some((node) => node.kind === kind))).toBe(
      true,
    );
});

test.each([onnxRuntimeWeb, tensorFlowJs])(
  '%o reads some of every kind and answers as the network does',
  async (consumer) => {
    const { differences, problems, notRun } = await consumer(cases);
    expect(notRun).toBeUndefined();
    expect([...problems]).toEqual([]);
    expect(differences.size).toBe(cases.length);
    expect(Math.max(...differences.values())).toBeLessThan(1e-5);
  },
);

test('predict.py of a bundle answers on photos as the page does', async (context) => {
  const photos = await predictedPhotos('mnist', 12, root);
  if ('reason' in photos) return context.skip(photos.reason);
  expect(photos.asked).toBe(12);
  expect(photos.same).toBe(12);
  expect(photos.difference).toBeLessThan(1e-5);
});
