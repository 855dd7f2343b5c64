import { decodeFloats } from '../core/run-file/base64.ts';
import { layoutOf, type Weights } from '../core/architecture/weights.ts';
import type { Architecture } from '../core/architecture/types.ts';
import { validate } from '../core/architecture/validate.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { shapeClasses } from './shape-facts.ts';
import { makeShapes } from './shapes.ts';
import type { ImageSet, SearchData } from './types.ts';

/** The bench's toy networks: `plain` (2 and 3 filters), `deep` (plain, deepened and trained on), `six` (6 and 3 filters). */
export type ToyName = 'plain' | 'deep' | 'six';
export const toyNames: readonly ToyName[] = ['plain', 'deep', 'six'];

/** One network small enough that each of its weights can be read on the screen. */
export interface Toy {
  readonly architecture: Architecture;
  readonly weights: Weights;
  /** Training images it has seen, its parent's included. */
  readonly images: number;
}

interface ToyEntry {
  readonly architecture: Architecture;
  readonly weights: string;
  readonly images: number;
}

/** public/toys.json, written by scripts/toy-networks.ts. */
export interface ToyFile {
  readonly seed: number;
  readonly networks: Readonly<Record<ToyName, ToyEntry>>;
  /** The architecture of `plain`, trained with tanh in place of every ReLU. */
  readonly tanh: ToyEntry;
}

/** The classes of the toy set, in label order. */
export const toyClasses = ['ring', 'cross', 'triangle'] as const;

export const toySide = 12;
export const toyCheckImages = 256;
export const toyTrainImages = 1536;

function only(part: 'train' | 'test', count: number): ImageSet {
  const wanted = toyClasses.map((name) => shapeClasses.indexOf(name));
  const each = Math.ceil(count / wanted.length);
  const rows = makeShapes({
    part,
    count: each * shapeClasses.length,
    size: toySide,
    difficulty: 'medium',
    seed: 'toy',
  });
  const size = toySide * toySide;
  const images = new Uint8Array(count * size);
  const labels = new Uint8Array(count);
  let at = 0;
  for (let i = 0; i < rows.count && at < count; i++) {
    const label = wanted.indexOf(rows.labels[i]!);
    if (label < 0) continue;
    images.set(rows.images.subarray(i * size, (i + 1) * size), at * size);
    labels[at++] = label;
  }
  const shape = { height: toySide, width: toySide, channels: 1, classes: wanted.length };
  return { ...shape, count, images, labels, mean: [0.3], deviation: [0.27] };
}

/**
 * The toys' images: three classes of the synthetic shapes at 12 x 12 pixels, 1,536 to train on and 256 to check with
 * (`validation`), round-robin over the classes. Drawn from a fixed seed; no file.
 */
export const makeToyData = (): SearchData => ({
  train: only('train', toyTrainImages),
  validation: only('test', toyCheckImages),
});

/** Reads a parsed toys.json. Fails with the network whose weights do not fit. */
export function readToys(file: ToyFile): Result<Readonly<Record<ToyName, Toy>>> {
  const toys: Partial<Record<ToyName, Toy>> = {};
  for (const name of toyNames) {
    const toy = readToy(name, file.networks[name]);
    if (!toy.ok) return toy;
    toys[name] = toy.value;
  }
  return ok(toys as Record<ToyName, Toy>);
}

/** The toy of a parsed toys.json that is to be answered with tanh in place of ReLU. */
export const readTanhToy = (file: ToyFile): Result<Toy> => readToy('tanh', file.tanh);

/** The toys come with the site: a name is enough to look for what is wrong. */
function readToy(name: string, entry: ToyEntry): Result<Toy> {
  const invalid = fail({
    code: 'file-undecodable',
    path: `toys.json#${name}`,
    problem: 'invalid-network',
  } as const);
  const architecture = validate(entry.architecture);
  if (!architecture.ok) return invalid;
  const weights = decodeFloats(entry.weights, layoutOf(architecture.value).length);
  if (!weights.ok) return invalid;
  return ok({ architecture: architecture.value, weights: weights.value, images: entry.images });
}
