/**
 * The script that an export carries: `node predict.mjs picture.png ...` prints a network's answer to each picture.
 * Bundled to text by scripts/programs.ts; `carried` stands before it in the file.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import type { RgbaImage } from '../../datasets/raster.ts';
import { answering } from './answering.ts';
import { filled, type CarriedScript } from './carried.ts';
import { decodePng, isPng, onWhite } from './png.ts';

declare const carried: CarriedScript;

const { networks, words } = carried;
const heads = networks.map(answering);

/** One class of an answer. */
interface Share {
  readonly name: string;
  readonly probability: number;
}

/** What each network says of a picture, its classes in order; null for a blank picture. */
export function answersOf(picture: RgbaImage): readonly (readonly Share[])[] | null {
  const answers: (readonly Share[])[] = [];
  for (const [head, answer] of heads.entries()) {
    const said = answer.about(picture);
    if (!said.ok) return null;
    const { classes } = networks[head]!;
    answers.push(
      Array.from(said.value.probabilities, (probability, c) => ({
        name: classes[c] ?? String(c),
        probability,
      })),
    );
  }
  return answers;
}

interface Sharp {
  rotate(): Sharp;
  ensureAlpha(): Sharp;
  raw(): Sharp;
  toBuffer(options: { resolveWithObject: true }): Promise<{
    data: Uint8Array;
    info: { width: number; height: number };
  }>;
}

/** A picture that is no PNG, where the package sharp is installed; null where it is not. */
async function readWithSharp(file: string): Promise<RgbaImage | null> {
  const name = 'sharp';
  try {
    const { default: sharp } = (await import(name)) as { default: (file: string) => Sharp };
    const { data, info } = await sharp(file)
      .rotate()
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch {
    return null;
  }
}

/** The pixels of a picture file on white; a sentence where there are none to be had. */
export async function readPicture(file: string): Promise<RgbaImage | string> {
  if (!existsSync(file)) return filled(words.missing, { file });
  const bytes = readFileSync(file);
  if (isPng(bytes)) {
    const picture = decodePng(bytes, inflateSync);
    return typeof picture === 'string' ? filled(words[picture], { file }) : onWhite(picture);
  }
  const picture = await readWithSharp(file);
  return picture ? onWhite(picture) : filled(words.convert, { file });
}

const width = 28;
const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(7);
const bar = (share: number) => '█'.repeat(Math.round(width * share)).padEnd(width, '·');

/** Prints the answers to the files that the command names. */
async function main(files: readonly string[]): Promise<void> {
  if (files.length === 0) {
    console.error(words.usage);
    process.exitCode = 1;
  }
  for (const file of files) {
    const picture = await readPicture(file);
    const answers = typeof picture === 'string' ? null : answersOf(picture);
    if (!answers) {
      console.error(typeof picture === 'string' ? picture : filled(words.blank, { file }));
      process.exitCode = 1;
      continue;
    }
    answers.forEach((shares, head) => {
      const top = shares.reduce((a, b) => (b.probability > a.probability ? b : a));
      const longest = Math.max(...shares.map(({ name }) => name.length));
      console.log(`${file}${answers.length > 1 ? `, ${networks[head]!.name}` : ''}: ${top.name}`);
      for (const { name, probability } of shares)
        console.log(`  ${name.padEnd(longest)}  ${bar(probability)} ${percent(probability)}`);
    });
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url)))
  await main(process.argv.slice(2));
