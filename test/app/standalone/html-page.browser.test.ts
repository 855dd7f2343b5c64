import { afterEach, expect, test } from 'vitest';
import { pictureOf } from '../../../src/app/network/pictures.ts';
import { pressKey, startPen, type Stroke } from '../../../src/app/network/pad.ts';
import { htmlPage } from '../../../src/app/standalone/html-page.ts';
import { buildArchitecture } from '../../../src/core/architecture/build.ts';
import { exportedHeads } from '../../../src/core/export/per-head.ts';
import type { ExportedNetwork } from '../../../src/core/export/portable.ts';
import { seeded } from '../../../src/core/random.ts';
import { catalog } from '../../../src/datasets/catalog.ts';
import { fittedPreparation, preparationOf } from '../../../src/datasets/preparation.ts';
import { preparePicture } from '../../../src/datasets/prepare-picture.ts';
import { penShareOf } from '../../../src/datasets/preprocess.ts';
import { randomWeights } from '../../support/architectures.ts';
import { referenceProbabilities } from '../../core/export/sample.ts';
import { sampleRun } from '../../support/sample-run.ts';

afterEach(() => document.body.replaceChildren());

const hostile = 'nine </script><b id="broken">&amp;';

/** A network for MNIST with a second head for emoji, in place of a network of a made-up run. */
function subject() {
  const graph = buildArchitecture({ height: 28, width: 28, channels: 1 });
  const blocks = graph.sepConv(graph.maxPool(graph.conv(graph.input, 6, 3)), 8, 3);
  graph.head(blocks, 10);
  graph.head(blocks, 10, 1);
  const architecture = graph.build();
  const { mean, deviation } = catalog.mnist;
  const whole: ExportedNetwork = {
    ...{ name: 'network 9', architecture, weights: randomWeights(architecture, 5), mean, deviation },
    classes: [...catalog.mnist.classes.slice(0, 9), hostile],
    preparation: preparationOf(catalog.mnist),
  };
  const second = {
    ...{ classes: catalog.emoji.classes, mean: [0.3], deviation: [0.25] },
    preparation: fittedPreparation(catalog.emoji, catalog.mnist),
  };
  const run = sampleRun();
  const view = {
    ...run,
    recipe: { ...run.recipe, dataset: 'mnist' as const, secondDataset: 'emoji' as const },
  };
  const member = view.networks.get(view.front.at(-1)!)!;
  const network = { ...member, architecture };
  return { whole, second, view, network };
}

/** The page in a frame, which has the page's own policy. */
async function opened(html: string) {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'width: 900px; height: 900px';
  frame.srcdoc = html;
  const loaded = new Promise((done) => frame.addEventListener('load', done));
  document.body.append(frame);
  await loaded;
  const { contentDocument, contentWindow } = frame;
  return { page: contentDocument!, frame: contentWindow as Window & typeof globalThis };
}

const keys = ['Enter', ...Array<string>(9).fill('ArrowDown'), ...Array<string>(6).fill('ArrowLeft'), 'Enter'];

/** The strokes that these keys draw on the site's pad. */
function strokesOf(pressed: readonly string[]): readonly Stroke[] {
  let [pen, strokes] = [startPen, [] as readonly Stroke[]];
  for (const key of pressed) ({ pen, strokes } = pressKey(key, false, pen, strokes)!);
  return strokes;
}

test('a page of two heads answers a drawing by each, keeps names as names, and may fetch nothing', async () => {
  const { whole, second, view, network } = subject();
  const heads = exportedHeads(whole, second);
  const facts = catalog.mnist;
  const { page, frame } = await opened(
    htmlPage(heads, { view, network, facts, images: null, testError: 0.0321 }),
  );
  expect(page.getElementById('broken')).toBeNull();
  expect(page.querySelectorAll('.line .name')[9]!.textContent).toBe(hostile);
  expect(page.querySelector('.card')!.textContent).toContain('3.2 %');
  expect(page.querySelectorAll('.strip > li').length).toBeGreaterThan(1);
  expect(page.documentElement.innerHTML).not.toContain('svelte-');

  const pad = page.getElementById('pad')!;
  for (const key of keys)
    pad.dispatchEvent(new frame.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

  const picture = pictureOf(strokesOf(keys), penShareOf('mnist'));
  if (!picture.ok) throw new Error('no picture');
  for (const [task, head] of heads.entries()) {
    const seen = preparePicture(picture.value, head.preparation!);
    if (!seen.ok) throw new Error('blank');
    const told = task === 0 ? whole : { ...whole, ...second };
    const [expected] = referenceProbabilities(told, Float32Array.from(seen.value), task);
    const lines = [...page.querySelectorAll<HTMLElement>(`#head-${task} .line`)];
    const shares = lines.map(({ dataset }) => Number(dataset['probability']));
    expect(shares).toHaveLength(10);
    shares.forEach((share, c) => expect(Math.abs(share - expected![c]!)).toBeLessThan(2e-6));
    const first = shares.indexOf(Math.max(...shares));
    expect(page.querySelector(`#head-${task} .top`)!.textContent).toBe(
      lines[first]!.querySelector('.name')!.textContent,
    );
  }
  expect(page.getElementById('said')!.textContent).toMatch(/% sure.*% sure/);

  await expect(frame.fetch(location.href)).rejects.toThrow();
  page.getElementById('clear')!.click();
  expect(page.querySelectorAll('.first')).toHaveLength(0);
  expect(page.getElementById('said')!.textContent).toBe('');
});

test('a set that nobody draws has a place for pictures; a file is answered, another is refused in words', async () => {
  const { whole, view, network } = subject();
  const [head] = exportedHeads(whole, null);
  const preparation = preparationOf(catalog.fashion);
  const random = seeded('samples');
  const images = {
    images: Uint8Array.from({ length: 4 * 784 }, () => random.integer(256)),
    labels: Uint8Array.of(3, 1, 3, 0),
  };
  const { page, frame } = await opened(
    htmlPage([{ ...head!, preparation, classes: catalog.fashion.classes }], {
      view,
      network,
      facts: catalog.fashion,
      images,
    }),
  );
  expect(page.getElementById('pad')).toBeNull();
  expect(page.querySelector('.empty')!.textContent).toMatch(/Drop a picture/);

  const offered = [...page.querySelectorAll<HTMLElement>('.sample')];
  expect(offered).toHaveLength(3);
  offered[1]!.click();
  const [expected] = referenceProbabilities(head!, Float32Array.from(images.images.subarray(784, 1568)));
  page.querySelectorAll<HTMLElement>('.line').forEach(({ dataset }, c) => {
    expect(Math.abs(Number(dataset['probability']) - expected![c]!)).toBeLessThan(2e-6);
  });
  expect(page.getElementById('truth')!.textContent).toBe('The right answer is trousers');
  expect(page.querySelector('footer')!.textContent).toContain('Zalando');

  const give = (file: File) => {
    const files = new frame.DataTransfer();
    files.items.add(file);
    frame.dispatchEvent(
      new frame.DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }),
    );
  };
  give(new frame.File(['no picture'], 'a.png', { type: 'image/png' }));
  await expect.poll(() => page.getElementById('problem')!.textContent).toMatch(/not a picture/);

  const canvas = new OffscreenCanvas(90, 60);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 90, 60);
  context.fillStyle = '#246';
  context.fillRect(30, 10, 25, 40);
  give(new frame.File([await canvas.convertToBlob()], 'b.png', { type: 'image/png' }));
  await expect.poll(() => page.getElementById('stage')!.dataset['shows']).toBe('picture');
  expect(page.getElementById('problem')!.textContent).toBe('');
  expect(page.querySelectorAll('.told .first')).toHaveLength(1);
});
