import { type Random, seeded } from '../core/random.ts';
import type { Rows } from './decode.ts';
import { shapeClasses, type ShapeClass } from './shape-facts.ts';

export type ShapesDifficulty = 'easy' | 'medium' | 'hard';

export interface ShapesOptions {
  readonly part: 'train' | 'test';
  readonly count: number;
  /** Height and width in pixels. */
  readonly size?: number;
  /** Three channels, random ink and paper colours, instead of one channel of light on dark. */
  readonly colour?: boolean;
  readonly difficulty?: ShapesDifficulty;
  /** Names the set; the default is the one described in the catalog. */
  readonly seed?: string;
}

type Inside = (x: number, y: number) => boolean;

/** Point tests within the unit disc; y grows downwards. */
const shapes: Readonly<Record<ShapeClass, Inside>> = {
  disc: (x, y) => x * x + y * y < 0.8,
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.7) < 0.2,
  'half disc': (x, y) => y > -0.35 && x * x + (y + 0.35) ** 2 < 0.95,
  crescent: (x, y) => x * x + y * y < 0.9 && (x - 0.45) ** 2 + y * y > 0.55,
  ellipse: (x, y) => x * x + (y / 0.45) ** 2 < 0.95,
  triangle: (x, y) => y < 0.5 && y > 1.732 * Math.abs(x) - 1,
  square: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.7,
  bar: (x, y) => Math.abs(x) < 0.95 && Math.abs(y) < 0.3,
  cross: (x, y) => Math.min(Math.abs(x), Math.abs(y)) < 0.24 && Math.max(Math.abs(x), Math.abs(y)) < 0.92,
  star: (x, y) => {
    // Five points: the edge from the tip at radius 0.98 to the notch at radius 0.42, folded onto one wedge.
    const fifth = (2 * Math.PI) / 5;
    const angle = Math.abs(((Math.atan2(x, -y) + 2 * Math.PI + fifth / 2) % fifth) - fifth / 2);
    const radius = Math.hypot(x, y);
    const [u, v] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    const [nu, nv] = [0.42 * Math.cos(fifth / 2), 0.42 * Math.sin(fifth / 2)];
    return (0.98 - u) * nv > v * (0.98 - nu);
  },
};

interface Level {
  /** Radius as a share of half the side, from and to. */
  readonly radius: readonly [number, number];
  /** Largest turn either way, radians. */
  readonly turn: number;
  /** Least difference of ink and paper, of 255. */
  readonly contrast: number;
  /** Standard deviation of the noise, of 255. */
  readonly noise: number;
  /** Stray strokes across the picture. */
  readonly strokes: number;
}

const levels: Readonly<Record<ShapesDifficulty, Level>> = {
  easy: { radius: [0.65, 0.9], turn: 0.15, contrast: 200, noise: 4, strokes: 0 },
  medium: { radius: [0.45, 0.9], turn: Math.PI, contrast: 110, noise: 18, strokes: 1 },
  hard: { radius: [0.35, 0.85], turn: Math.PI, contrast: 60, noise: 30, strokes: 3 },
};

const between = (random: Random, from: number, to: number) => from + (to - from) * random.next();

/** Ink and paper, one value per channel, apart by at least `contrast` in some channel; ink is lighter in grey. */
function pickColours(random: Random, channels: number, contrast: number): [number[], number[]] {
  const paper: number[] = [];
  const ink: number[] = [];
  for (let c = 0; c < channels; c++) {
    const gap = between(random, contrast, Math.min(255, contrast + 90));
    const dark = between(random, 0, 255 - gap);
    const isLightInk = channels === 1 || random.next() < 0.5;
    paper.push(isLightInk ? dark : dark + gap);
    ink.push(isLightInk ? dark + gap : dark);
  }
  return [ink, paper];
}

/** A straight stroke: how much of the pixel with this corner it covers, 0 to 1. */
function pickStroke(random: Random, size: number): (x: number, y: number) => number {
  const angle = between(random, 0, Math.PI);
  const offset = between(random, -0.45, 0.45) * size;
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  const half = size / 56;
  return (x, y) => {
    const distance = Math.abs((x + 0.5 - size / 2) * nx + (y + 0.5 - size / 2) * ny - offset);
    return Math.min(1, 2 * half, Math.max(0, half + 0.5 - distance));
  };
}

/** Share of a pixel's 3 x 3 sample points that are inside. */
function coverage(inside: Inside, x: number, y: number): number {
  let hits = 0;
  for (let s = 0; s < 9; s++) {
    if (inside(x + ((s % 3) + 0.5) / 3, y + (Math.floor(s / 3) + 0.5) / 3)) hits++;
  }
  return hits / 9;
}

function drawShape(inside: Inside, size: number, channels: number, level: Level, random: Random): Uint8Array {
  const radius = between(random, ...level.radius) * (size / 2);
  const slack = size / 2 - radius;
  const [cx, cy] = [size / 2 + between(random, -slack, slack), size / 2 + between(random, -slack, slack)];
  const turn = between(random, -level.turn, level.turn);
  const [cos, sin] = [Math.cos(turn) / radius, Math.sin(turn) / radius];
  const [ink, paper] = pickColours(random, channels, level.contrast);
  const placed: Inside = (x, y) => inside((x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin);
  const strokes = Array.from({ length: level.strokes }, () => pickStroke(random, size));
  const pixels = new Uint8Array(size * size * channels);
  for (let i = 0; i < size * size; i++) {
    const [x, y] = [i % size, Math.floor(i / size)];
    const stray = strokes.reduce((most, stroke) => Math.max(most, stroke(x, y)), 0);
    const isNear = Math.hypot(x + 0.5 - cx, y + 0.5 - cy) < radius + 1;
    const amount = Math.max(isNear ? coverage(placed, x, y) : 0, 0.6 * stray);
    for (let c = 0; c < channels; c++) {
      const value = paper[c]! + (ink[c]! - paper[c]!) * amount + level.noise * random.normal();
      pixels[i * channels + c] = 17 * Math.round(Math.min(255, Math.max(0, value)) / 17);
    }
  }
  return pixels;
}

/**
 * Draws `count` shapes of ten classes, round-robin over the classes; image i depends only on the options and i,
 * so that a prefix of a larger set is the smaller set. Synthetic: no outside data.
 */
export function makeShapes(options: ShapesOptions): Rows {
  const { part, count, size = 24, colour = false, difficulty = 'medium', seed = 'shapes' } = options;
  const channels = colour ? 3 : 1;
  const random = seeded(`${seed}/${part}`);
  const images = new Uint8Array(count * size * size * channels);
  const labels = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = i % shapeClasses.length;
    const inside = shapes[shapeClasses[labels[i]!]!]!;
    const pixels = drawShape(inside, size, channels, levels[difficulty], random.split(i));
    images.set(pixels, i * pixels.length);
  }
  return { count, images, labels, groups: new Uint8Array(0) };
}
