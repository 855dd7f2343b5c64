import { Zip, ZipPassThrough } from 'fflate';
import { decodeFile, type Rows } from '../datasets/decode.ts';
import type { Row } from '../datasets/encode.ts';
import { setOf, type OwnFacts } from '../datasets/own/own-set.ts';
import { plain } from '../datasets/preparation.ts';
import { setFiles } from '../datasets/own/set-archive.ts';
import type { OwnSetStore } from '../storage/own-sets.ts';

/** The earliest date that a ZIP can hold, for sets that do not say when they were kept. */
const packedAt = Date.UTC(1980, 0, 2);

/** The images of a kept set; null where they are gone. */
async function partsOf(
  facts: OwnFacts,
  store: OwnSetStore,
): Promise<{ readonly train: Rows; readonly test: Rows } | null> {
  const read = async (part: 'train' | 'test') => {
    const file = facts.files.find((one) => one.part === part)!;
    const bytes = await store.file(file.path);
    if (!bytes.ok || !bytes.value) return null;
    const rows = await decodeFile(bytes.value.slice().buffer, file.images, facts);
    return rows.ok ? rows.value : null;
  };
  const [train, test] = [await read('train'), await read('test')];
  return train && test ? { train, test } : null;
}

/** A kept set as a ZIP that opens as the same set; null where its images are gone. */
export async function packSet(facts: OwnFacts, store: OwnSetStore): Promise<Blob | null> {
  const parts = await partsOf(facts, store);
  if (!parts) return null;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((_, piece) => pieces.push(piece as Uint8Array<ArrayBuffer>));
  for (const [path, bytes] of setFiles(facts, parts)) {
    // PNGs are packed already.
    const file = new ZipPassThrough(path);
    file.mtime = new Date(facts.kept ?? 0).getTime() || packedAt;
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return new Blob(pieces, { type: 'application/zip' });
}

function rowsOf({ count, images, labels }: Rows): Row[] {
  const each = images.length / Math.max(1, count);
  return Array.from({ length: count }, (_, i) => ({
    label: labels[i]!,
    pixels: images.subarray(i * each, (i + 1) * each),
  }));
}

/** A kept set with `more` to learn from, kept as a set of its own under `title`; null where that cannot be. */
export async function extendSet(
  facts: OwnFacts,
  store: OwnSetStore,
  more: readonly Row[],
  title: string,
): Promise<OwnFacts | null> {
  const parts = await partsOf(facts, store);
  if (!parts) return null;
  const { classes, width: size, channels, preparation = plain, drawable, validationCount = 0 } = facts;
  const train = rowsOf(parts.train);
  const learning = train.slice(0, train.length - validationCount);
  const made = await setOf(
    {
      train: [...learning, ...more, ...train.slice(train.length - validationCount)],
      validating: validationCount,
      test: rowsOf(parts.test),
    },
    { title, classes, size, channels, preparation, drawable },
  );
  const extended = { ...made.facts, kept: new Date().toISOString(), version: (facts.version ?? 1) + 1 };
  const saved = await store.save({ facts: extended, files: made.files });
  return saved.ok ? extended : null;
}
