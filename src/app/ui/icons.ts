/** 16 px box, stroke 1.5, round caps; `fill` where the shape is solid. */
export interface IconShape {
  readonly d: string;
  readonly circles?: readonly (readonly [cx: number, cy: number, r: number])[];
  readonly fill?: string;
  readonly width?: number;
}

export const icons = {
  chevronDown: { d: 'M4 6l4 4 4-4' },
  chevronUp: { d: 'M4 10l4-4 4 4' },
  check: { d: 'M3 8.5l3.2 3L13 4.5' },
  cross: { d: 'M4 4l8 8M12 4l-8 8' },
  maximise: { d: 'M9.5 2.5h4v4M6.5 13.5h-4v-4M13 3L9.5 6.5M3 13l3.5-3.5' },
  minimise: { d: 'M13.5 6.5h-4v-4M2.5 9.5h4v4M9.8 6.2L13 3M6.2 9.8L3 13' },
  lessons: {
    d: 'M8 4.5C6.5 3.2 4.5 3 2.5 3v9c2 0 4 .2 5.5 1.5C9.5 12.2 11.5 12 13.5 12V3c-2 0-4 .2-5.5 1.5zM8 4.5v9',
  },
  help: { d: 'M6 6.2a2 2 0 1 1 2.8 1.9c-.6.3-.8.7-.8 1.4M8 12v.1' },
  pause: { d: 'M5.5 3.5v9M10.5 3.5v9', width: 2.5 },
  play: { d: '', fill: 'M5 3v10l8-5z' },
  theme: { d: '', circles: [[8, 8, 5]], fill: 'M8 3v10a5 5 0 0 0 0-10z' },
  save: { d: 'M8 2.5V10M5 7.5l3 2.7 3-2.7M3 12.5h10' },
  devices: { d: 'M2.5 3.5h11v7h-11zM6 13.5h4M8 10.5v3' },
  share: { d: 'M8 10V2.5M5 5l3-2.7L11 5M3 9v4h10V9' },
  open: { d: 'M2.5 12.5v-9h4l1.5 2h5.5v7z' },
  step: { d: 'M4 3.5v9L10 8zM12 3.5v9' },
  back: { d: 'M12 3.5v9L6 8zM4 3.5v9' },
  reset: { d: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5V5.5h3' },
  settings: {
    d: 'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6',
    circles: [
      [10, 5, 1.5],
      [6, 11, 1.5],
    ],
  },
  compare: { d: 'M2.5 3.5h4.5v9H2.5zM9 3.5h4.5v9H9z' },
  menu: { d: 'M3 5h10M3 11h10' },
  warning: { d: 'M8 3L14 13H2z' },
  pencil: { d: 'M3 13l.7-2.9L10.8 3l2.2 2.2-7.1 7.1z' },
  download: { d: 'M8 2.5V10M5 7.5l3 2.7 3-2.7M3 12.5h10' },
  arrowRight: { d: 'M3 8h10M9 4l4 4-4 4' },
  arrowLeft: { d: 'M13 8H3M7 4L3 8l4 4' },
  arrowDown: { d: 'M8 3v10M4 9l4 4 4-4' },
  arrowUp: { d: 'M8 13V3M4 7l4-4 4 4' },
  copy: { d: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3' },
  print: { d: 'M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z' },
  note: { d: 'M3 2.5h10v8l-3 3H3zM10 13.5v-3h3' },
} as const satisfies Record<string, IconShape>;

export type IconName = keyof typeof icons;
