import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { seeded } from '../../src/core/random.ts';
import { type Measured, writeSet } from './pack.ts';
import type { Row } from '../../src/datasets/encode.ts';
import { roundRobin } from '../../src/datasets/split.ts';
import { readSourceFile, unpackSource } from './sources.ts';

const path = 'usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz';
const sha256 = '46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a';
const trainPerClass = 138;

/**
 * The 1,797 digits of scikit-learn, 0..16 rescaled to 0..255. The file is in the order in which people wrote;
 * the first 138 of each class train and the rest (417) test, so that the test part is mostly other hands.
 */
export function prepareDigits(work: string, folder: string): Measured {
  const text = gunzipSync(readSourceFile(join(unpackSource('digits', work), path), sha256)).toString();
  const classes: Row[][] = [];
  for (const line of text.trim().split('\n')) {
    const values = line.split(',').map(Number);
    const label = values[64]!;
    (classes[label] ??= []).push({
      label,
      pixels: Uint8Array.from(values.slice(0, 64), (value) => Math.round((value * 255) / 16)),
    });
  }
  const mixed = (members: readonly Row[], part: string, label: number) =>
    seeded(`data/digits/${part}/${label}`).shuffle(members);
  const parts = {
    train: roundRobin(classes.map((rows, label) => mixed(rows.slice(0, trainPerClass), 'train', label))),
    test: roundRobin(classes.map((rows, label) => mixed(rows.slice(trainPerClass), 'test', label))),
  };
  return writeSet('digits', folder, { height: 8, width: 8, channels: 1 }, parts, [trainPerClass * 10]);
}
