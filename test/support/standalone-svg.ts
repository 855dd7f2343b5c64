import { svgOf } from '../../src/app/shell/picture.ts';

/** Whole px: the last digits depend on fonts and on the browser's arithmetic. Small numbers are opacities and strokes. */
const rounded = (text: string): string =>
  text.replace(/-?\d+\.\d+/g, (number) => {
    const value = Number(number);
    return String(Math.abs(value) < 3 ? Number(value.toFixed(2)) : Math.round(value));
  });

/** A chart as an SVG file that any viewer opens, as the page itself saves it, one element a line; below it its sentence. */
export function standaloneSvg(chart: HTMLElement): string {
  const named = chart.matches('[aria-label]') ? chart : chart.querySelector('[aria-label]');
  const svg = svgOf(chart, '', named?.getAttribute('aria-label') ?? '');
  const plain = svg
    .replace(/ (aria-[\w-]+|tabindex|role|style)="[^"]*"/g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replaceAll('><', '>\n<');
  return `${rounded(plain)}\n`;
}
