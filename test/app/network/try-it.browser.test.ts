import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import Graph from '../../../src/app/network/Graph.svelte';
import TryIt from '../../../src/app/network/TryIt.svelte';
import { trivialNetworks } from '../../../src/core/architecture/starting-networks.ts';
import { diffArchitectures, diffRows } from '../../../src/core/morphisms/diff.ts';
import { ok } from '../../../src/core/result.ts';
import { catalog } from '../../../src/datasets/catalog.ts';
import '../../../src/app/ui/base.css';

let mounted: Record<string, unknown> | null = null;
afterEach(async () => {
  if (mounted) await unmount(mounted);
  mounted = null;
  document.body.replaceChildren();
});

const settle = async () => {
  for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
  flushSync();
};
const press = async (target: Element, key: string) => {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await settle();
};

/** Answers 1 when the ink is tall, 0 when it is wide; notes what it was asked. */
function asking() {
  const asked: Uint8Array[] = [];
  const predict = (_: number, images: Uint8Array<ArrayBuffer>) => {
    asked.push(images);
    const probabilities = new Float32Array(10);
    const rows = new Set<number>();
    images.forEach((value, i) => value > 100 && rows.add(Math.floor(i / 28)));
    probabilities[rows.size > 14 ? 1 : 0] = 1;
    return Promise.resolve(ok({ logits: probabilities, probabilities }));
  };
  return { asked, predict };
}

function show() {
  const { asked, predict } = asking();
  const target = document.body.appendChild(document.createElement('div'));
  target.style.width = '500px';
  mounted = mount(TryIt, {
    target,
    props: {
      facts: catalog.mnist,
      contenders: [
        { id: 1, label: 'small' },
        { id: 2, label: 'big' },
      ],
      predict,
    },
  });
  return { target, asked, pad: target.querySelector('.pad')! };
}

test('a one, drawn with the keyboard alone, is answered by both networks', async () => {
  const { target, asked, pad } = show();
  await settle();
  for (let i = 0; i < 9; i++) await press(pad, 'ArrowUp');
  await press(pad, 'Enter');
  for (let i = 0; i < 18; i++) await press(pad, 'ArrowDown');
  const answers = [...target.querySelectorAll('.answer .sr')].map((node) => node.textContent);
  expect(answers).toHaveLength(2);
  for (const answer of answers) expect(answer).toMatch(/answers 1,/);
  expect(asked.at(-1)).toHaveLength(28 * 28);
  await press(pad, 'Delete');
  expect(target.querySelectorAll('.answer.idle')).toHaveLength(2);
});

test('a dropped picture is asked about as it is, and a file that is none is refused in a sentence', async () => {
  const { target, asked } = show();
  await settle();
  const canvas = new OffscreenCanvas(40, 40);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 40, 40);
  context.fillStyle = '#000';
  context.fillRect(18, 4, 4, 32);
  const drop = async (file: File) => {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const zone = target.querySelector('.try')!;
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    for (let i = 0; i < 10; i++) await settle();
  };
  await drop(new File([await canvas.convertToBlob()], 'one.png', { type: 'image/png' }));
  expect(asked).toHaveLength(2);
  expect(target.querySelector('.answer .sr')!.textContent).toMatch(/answers 1,/);
  await drop(new File(['no picture'], 'x.png', { type: 'image/png' }));
  expect(target.querySelector('.warn')!.textContent).toMatch(/not a picture/);
});

test('the graph is one tab stop, arrows walk its rows, every row says its numbers', async () => {
  const architecture = trivialNetworks({ height: 28, width: 28, channels: 1 }, 10)[3]!;
  const target = document.body.appendChild(document.createElement('div'));
  target.style.width = '400px';
  mounted = mount(Graph, {
    target,
    props: { rows: diffRows(diffArchitectures(architecture, architecture)), label: 'Layers' },
  });
  await settle();
  const rows = [...target.querySelectorAll<HTMLElement>('li button')];
  expect(rows).toHaveLength(architecture.nodes.length);
  expect(rows.filter((row) => row.tabIndex === 0)).toHaveLength(1);
  rows[0]!.focus();
  await press(rows[0]!, 'ArrowDown');
  expect(document.activeElement).toBe(rows[1]);
  expect(rows[1]!.tabIndex).toBe(0);
  expect(rows[1]!.getAttribute('aria-label')).toMatch(
    /block 1, conv 3×3, 16, output 28×28×16, [\d,]+ parameters/,
  );
  await press(document.activeElement!, 'End');
  expect(document.activeElement).toBe(rows.at(-1));
});
