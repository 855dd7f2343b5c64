import { Zip, ZipPassThrough } from 'fflate';
import { decodeFile } from '../datasets/decode.ts';
import type { OwnFacts } from '../datasets/own/own-set.ts';
import { setFiles } from '../datasets/own/set-archive.ts';
import type { OwnSetStore } from '../storage/own-sets.ts';

/** The earliest date that a ZIP can hold, for sets that do not say when they were kept. */
const packedAt = Date.UTC(1980, 0, 2);

/** A kept set as a ZIP that opens as the same set; null where its images are gone. */
export async function packSet(facts: OwnFacts, store: OwnSetStore): Promise<Blob | null> {
  const read = async (part: 'train' | 'test') => {
    const file = facts.files.find((one) => one.part === part)!;
    const bytes = await store.file(file.path);
    if (!bytes.ok || !bytes.value) return null;
    const rows = await decodeFile(bytes.value.slice().buffer, file.images, facts);
    return rows.ok ? rows.value : null;
  };
  const [train, test] = [await read('train'), await read('test')];
  if (!train || !test) return null;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((_, piece) => pieces.push(piece as Uint8Array<ArrayBuffer>));
  for (const [path, bytes] of setFiles(facts, { train, test })) {
    // PNGs are packed already.
    const file = new ZipPassThrough(path);
    file.mtime = new Date(facts.kept ?? 0).getTime() || packedAt;
    zip.add(file);
    file.push(bytes, true);
  }
  zip.end();
  return new Blob(pieces, { type: 'application/zip' });
}
