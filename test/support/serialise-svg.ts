const kept = new Set([
  'class',
  'd',
  'x',
  'y',
  'x1',
  'x2',
  'y1',
  'y2',
  'cx',
  'cy',
  'r',
  'width',
  'height',
  'transform',
  'text-anchor',
  'role',
  'aria-label',
  'fill',
  'tabindex',
]);

const rounded = (text: string) =>
  text.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number)) || 0));

function line(element: Element, depth: number): string {
  const attributes = [...element.attributes]
    .filter(({ name }) => kept.has(name))
    .map(({ name, value }) => {
      const plain =
        name === 'class'
          ? value
              .split(/\s+/)
              .filter((part) => part && !part.startsWith('svelte-'))
              .join(' ')
          : rounded(value);
      return plain ? ` ${name}="${plain}"` : '';
    })
    .join('');
  const text = element.children.length === 0 ? (element.textContent ?? '').trim().replace(/\s+/g, ' ') : '';
  return `${' '.repeat(depth)}${element.tagName.toLowerCase()}${attributes}${text ? ` "${text}"` : ''}`;
}

/** The structure of a drawing as lines of text, numbers rounded to whole px: what a snapshot compares, never pixels. */
export function serialiseDrawing(root: Element, depth = 0): string {
  const own = line(root, depth);
  const below = [...root.children].map((child) => serialiseDrawing(child, depth + 1));
  return [own, ...below].join('\n');
}
