import { afterEach, expect, test } from 'vitest';
import { fontStyle, margin, pictureSize, svgOf } from '../../../src/app/shell/picture.ts';
import '../../../src/app/ui/base.css';

afterEach(() => document.body.replaceChildren());

const text = 'Wam 1,204 parameters 13.0 %';
const [width, height] = [400, 60];

function chart(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'chart';
  element.style.width = `${width}px`;
  element.innerHTML = `<svg width="${width}" height="${height}"><text x="10" y="40" style="font-size:24px">${text}</text></svg>`;
  document.body.append(element);
  return element;
}

/** Where the ink of a picture ends, px from the left. */
async function inkEnd(svg: string): Promise<number> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = new OffscreenCanvas(width + 2 * margin, height + 2 * margin);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  let end = 0;
  for (let x = 0; x < canvas.width; x++)
    for (let y = 0; y < canvas.height; y++) if (data[4 * (y * canvas.width + x)]! < 128) end = x;
  return end;
}

test('a saved chart is set in the page’s font wherever it is opened', async () => {
  await document.fonts.load("24px 'Inter Variable'");
  const element = chart();
  const drawn = element.querySelector('text')!.getBoundingClientRect();
  const end = margin + drawn.right - element.getBoundingClientRect().left;
  const style = await fontStyle();
  expect(Math.abs((await inkEnd(svgOf(element, style, ''))) - end)).toBeLessThan(6);
  // Without it a picture has the reader's own font, which is of another width.
  expect(Math.abs((await inkEnd(svgOf(element, '', ''))) - end)).toBeGreaterThan(6);
  expect(style.length).toBeLessThan(70_000);
});

test('a saved chart has ground round it and says below what it shows', async () => {
  const element = chart();
  const svg = new DOMParser().parseFromString(svgOf(element, '', 'MNIST, seed 7'), 'image/svg+xml');
  const { width: wide, height: high } = pictureSize(element);
  expect(wide).toBe(width + 2 * margin);
  expect(svg.documentElement.getAttribute('viewBox')).toBe(`${-margin} ${-margin} ${wide} ${high}`);
  const caption = svg.documentElement.lastElementChild!;
  expect(caption.textContent).toBe('MNIST, seed 7');
  expect(Number(caption.getAttribute('y'))).toBeGreaterThan(element.getBoundingClientRect().height);
});

test('a saved chart keeps what fills its shapes: holes stay holes', () => {
  const element = chart();
  element.innerHTML = `<svg width="${width}" height="${height}"><path d="M0 0H40V40H0ZM10 10H30V30H10Z" style="fill-rule:evenodd;fill:rgb(1, 2, 3)" /></svg>`;
  const svg = new DOMParser().parseFromString(svgOf(element, '', ''), 'image/svg+xml');
  const path = svg.querySelector('path')!;
  expect(path.getAttribute('fill-rule')).toBe('evenodd');
  expect(path.getAttribute('fill')).toBe('rgb(1, 2, 3)');
  expect(path.hasAttribute('stroke-width')).toBe(false);
});
