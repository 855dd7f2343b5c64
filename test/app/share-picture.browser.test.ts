import { afterEach, expect, test } from 'vitest';
import { fontStyle, svgOf } from '../../src/app/share/picture.ts';
import '../../src/app/theme/base.css';

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
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  let end = 0;
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height; y++) if (data[4 * (y * width + x)]! < 128) end = x;
  return end;
}

test('a saved chart is set in the page’s font wherever it is opened', async () => {
  await document.fonts.load("24px 'Inter Variable'");
  const element = chart();
  const drawn = element.querySelector('text')!.getBoundingClientRect();
  const end = drawn.right - element.getBoundingClientRect().left;
  const style = await fontStyle();
  expect(Math.abs((await inkEnd(svgOf(element, style))) - end)).toBeLessThan(6);
  // Without it a picture has the reader's own font, which is of another width.
  expect(Math.abs((await inkEnd(svgOf(element, ''))) - end)).toBeGreaterThan(6);
  expect(style.length).toBeLessThan(70_000);
});
