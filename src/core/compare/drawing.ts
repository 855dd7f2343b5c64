/** Colours of a drawing: the page maps them to its theme, a file to fixed values. Eight groups. */
export type Tone = 'ink' | 'muted' | 'hair' | `group${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7}`;

export type Item =
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly stroke?: Tone;
      readonly fill?: Tone;
      readonly width?: number;
      readonly dash?: string;
      readonly opacity?: number;
    }
  | {
      readonly kind: 'dot';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill: Tone;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly tone: Tone;
      readonly anchor?: 'start' | 'middle' | 'end';
      readonly strong?: boolean;
    };

/** A figure as data: drawn by the page and written to files from the same items. Sizes in pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly items: readonly Item[];
}

/** Tone and dash of group `index`: neither colour nor line alone tells groups apart. */
export function groupLook(index: number): { readonly tone: Tone; readonly dash: string } {
  const dashes = ['', '', '6 3', '', '2 3', '8 3 2 3', '', '4 4'];
  return { tone: `group${(index % 8) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7}`, dash: dashes[index % 8]! };
}

const colours: Readonly<Record<Tone, string>> = {
  ink: '#1c1b18',
  muted: '#6b6860',
  hair: '#e4e1d8',
  group0: '#1c1b18',
  group1: '#d55e00',
  group2: '#0072b2',
  group3: '#009e73',
  group4: '#b3558c',
  group5: '#2f93d6',
  group6: '#a06a00',
  group7: '#6b6860',
};

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);

function element(item: Item): string {
  switch (item.kind) {
    case 'path': {
      const { d, stroke, fill, width = 1.5, dash, opacity } = item;
      const line = stroke ? ` stroke="${colours[stroke]}" stroke-width="${width}"` : '';
      const dashes = dash ? ` stroke-dasharray="${dash}"` : '';
      const faint = opacity === undefined ? '' : ` opacity="${opacity}"`;
      return `<path d="${d}" fill="${fill ? colours[fill] : 'none'}"${line}${dashes}${faint}/>`;
    }
    case 'dot':
      return `<circle cx="${item.x}" cy="${item.y}" r="${item.radius}" fill="${colours[item.fill]}"/>`;
    case 'text': {
      const weight = item.strong ? ' font-weight="600"' : '';
      return `<text x="${item.x}" y="${item.y}" fill="${colours[item.tone]}" text-anchor="${item.anchor ?? 'start'}"${weight}>${escape(item.text)}</text>`;
    }
  }
}

/** The drawing as an SVG file on white, light colours. */
export function svgText({ width, height, title, items }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Inter, system-ui, sans-serif" font-size="11" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...items.map(element),
    '</svg>\n',
  ].join('\n');
}
