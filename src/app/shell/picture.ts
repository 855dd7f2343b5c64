import interFile from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { saveBlob } from '../model/files.ts';
import type { StripTab } from '../model/address.ts';

export interface Picture {
  readonly key: 'tradeOff' | 'hypervolume' | 'tree';
  readonly selector: string;
}

/** Charts that are on the screen now. */
export function pictures(tab: StripTab): readonly Picture[] {
  return [
    { key: 'tradeOff', selector: '#trade-off .chart' },
    ...(tab === 'tree' ? [{ key: 'tree', selector: '#strip .chart' } as const] : []),
    ...(tab === 'hypervolume' ? [{ key: 'hypervolume', selector: '#strip .chart' } as const] : []),
  ];
}

/** Of an element's style what its copy needs; those of strokes, fills and text where there is any. */
function stylesOf(element: Element, style: CSSStyleDeclaration): readonly string[] {
  const strokes = ['width', 'dasharray', 'opacity', 'linejoin', 'linecap'].map((name) => `stroke-${name}`);
  const isText = element.closest('text') !== null || element.querySelector('text') !== null;
  return [
    ...['fill', ...(style.fill === 'none' ? [] : ['fill-opacity', 'fill-rule'])],
    ...['stroke', ...(style.stroke === 'none' ? [] : strokes)],
    ...(isText ? ['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'] : []),
    ...['paint-order', 'opacity', 'visibility', 'display'],
  ];
}

/** What an element has anyway, and what is never inherited from one that has another: left out. */
const plain: Readonly<Record<string, string>> = { opacity: '1', display: 'inline', 'paint-order': 'normal' };

const asDataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('the font could not be read'));
    reader.readAsDataURL(blob);
  });

/** The page's font as a style sheet with the font in it (64 kB), so that a picture reads the same elsewhere. */
export async function fontStyle(): Promise<string> {
  const font = await (await fetch(interFile)).blob();
  const url = await asDataUrl(new Blob([font], { type: 'font/woff2' }));
  return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(${url}) format('woff2')}text{font-variant-numeric:tabular-nums}`;
}

/** px of ground round a saved chart; below it a line for what it shows. */
export const margin = 16;
const captionHeight = 20;

/** Size of the picture of a chart, px. */
export function pictureSize(chart: HTMLElement): { readonly width: number; readonly height: number } {
  const { width, height } = chart.getBoundingClientRect();
  return { width: Math.ceil(width) + 2 * margin, height: Math.ceil(height) + 2 * margin + captionHeight };
}

/**
 * A chart as a picture that needs no style sheet of the page: computed styles written in, canvas layers as images,
 * `style` (see fontStyle) as its own, `caption` below it.
 */
export function svgOf(chart: HTMLElement, style: string, caption: string): string {
  const box = chart.getBoundingClientRect();
  const space = 'http://www.w3.org/2000/svg';
  const out = document.createElementNS(space, 'svg');
  out.setAttribute('xmlns', space);
  const { width, height } = pictureSize(chart);
  out.setAttribute('width', String(width));
  out.setAttribute('height', String(height));
  out.setAttribute('viewBox', `${-margin} ${-margin} ${width} ${height}`);
  const ground = document.createElementNS(space, 'rect');
  place(ground, -margin, -margin, width, height);
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor);
  const sheet = document.createElementNS(space, 'style');
  sheet.textContent = style;
  out.append(sheet, ground);
  for (const layer of chart.querySelectorAll<SVGSVGElement | HTMLCanvasElement>('svg, canvas')) {
    if (layer.parentElement?.closest('svg, button')) continue;
    const at = layer.getBoundingClientRect();
    const [x, y] = [at.left - box.left, at.top - box.top];
    if (layer instanceof HTMLCanvasElement) {
      const image = document.createElementNS(space, 'image');
      image.setAttribute('href', layer.toDataURL());
      place(image, x, y, at.width, at.height);
      out.append(image);
    } else {
      const copy = layer.cloneNode(true) as SVGSVGElement;
      writeStyles(layer, copy);
      place(copy, x, y, at.width, at.height);
      copy.setAttribute('overflow', 'visible');
      out.append(copy);
    }
  }
  const line = document.createElementNS(space, 'text');
  place(line, 0, height - 2 * margin);
  writeStyles(chart, line);
  line.setAttribute('font-size', '11px');
  line.setAttribute('fill', getComputedStyle(chart).color);
  line.textContent = caption;
  out.append(line);
  return new XMLSerializer().serializeToString(out);
}

function place(element: Element, x: number, y: number, width?: number, height?: number): void {
  for (const [name, value] of Object.entries({ x, y, width, height }))
    if (value !== undefined) element.setAttribute(name, String(value));
}

function writeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of stylesOf(to, style)) {
    const value = style.getPropertyValue(name);
    if (value && value !== plain[name]) to.setAttribute(name, value);
  }
  to.removeAttribute('class');
  [...from.children].forEach((child, index) => {
    const twin = to.children[index];
    if (twin) writeStyles(child, twin);
  });
}

async function pngOf(svg: string, width: number, height: number): Promise<Blob | null> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Saves what is drawn now; twice the screen's size as PNG. */
export async function savePicture(picture: Picture, kind: 'svg' | 'png', caption: string): Promise<void> {
  const chart = document.querySelector<HTMLElement>(picture.selector);
  if (!chart) return;
  const svg = svgOf(chart, await fontStyle(), caption);
  const name = `lemonade-${picture.key}.${kind}`;
  if (kind === 'svg') return saveBlob(new Blob([svg], { type: 'image/svg+xml' }), name);
  const { width, height } = pictureSize(chart);
  const png = await pngOf(svg, width, height);
  if (png) saveBlob(png, name);
}
