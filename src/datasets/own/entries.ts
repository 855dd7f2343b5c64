import { addAll } from '../../core/add-all.ts';
import {
  BlobReader,
  BlobWriter,
  configure,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { unpackTar } from 'modern-tar';
import { isHidden } from './class-folders.ts';

// Read in the worker that already reads the pictures; the browser's own inflate does the work.
configure({ useWebWorkers: false });

/** A file wherever it lies: on the disk, in an archive, in an archive inside it. */
export interface Entry {
  /** Folders and name, archives counted as folders. */
  readonly path: string;
  /** Bytes, as far as they are known before it is read. */
  readonly size: number;
  /** Its bytes. Throws where an archive is damaged or locked with a password. */
  read(): Promise<Blob>;
}

/** Why a file gives no picture. */
export type UnreadReason =
  | 'heic'
  | 'tiff'
  | 'raw'
  | 'undecodable'
  | 'encrypted'
  | 'damaged'
  | 'too-large'
  | 'nested'
  | 'no-labels'
  | 'not-pixels';

export interface Unread {
  readonly path: string;
  readonly reason: UnreadReason;
}

export interface Expanded {
  readonly entries: readonly Entry[];
  readonly unread: readonly Unread[];
}

/** Bytes that may be held unpacked at once: what a tab can bear. Pictures in a ZIP are unpacked one by one. [ours] */
const mostHeld = 2 ** 30;
/** Files of one archive. [ours] */
const mostEntries = 250_000;
/** Archives inside archives, at most. */
const mostDepth = 2;

class TooLarge extends Error {}

/** The bytes of a stream, given up above `most`. */
async function collected(stream: ReadableStream<Uint8Array>, most: number): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces);
    size += value.length;
    if (size > most) {
      await reader.cancel().catch(() => {});
      throw new TooLarge();
    }
    pieces.push(value as Uint8Array<ArrayBuffer>);
  }
}

const withoutEnding = (path: string, ending: RegExp) => path.replace(ending, '');

/** What an error of reading an archive means. */
export function reasonOf(error: unknown): UnreadReason {
  if (error instanceof TooLarge) return 'too-large';
  const message = error instanceof Error ? error.message : '';
  return /encrypt|password/i.test(message) ? 'encrypted' : 'damaged';
}

/** What may still be unpacked. */
interface Budget {
  bytes: number;
}

async function zipEntries(path: string, zip: Blob): Promise<Expanded> {
  const folder = withoutEnding(path, /\.zip$/i);
  const reader = new ZipReader(new BlobReader(zip));
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  let count = 0;
  for await (const entry of reader.getEntriesGenerator()) {
    if (++count > mostEntries) throw new TooLarge();
    if (entry.directory || isHidden(entry.filename)) continue;
    const inner = `${folder}/${entry.filename.replace(/^\/+/, '')}`;
    if (entry.encrypted) unread.push({ path: inner, reason: 'encrypted' });
    else entries.push(zipEntry(inner, entry));
  }
  return { entries, unread };
}

const zipEntry = (path: string, entry: FileEntry): Entry => ({
  path,
  size: entry.uncompressedSize,
  read: async () => {
    if (entry.uncompressedSize > mostHeld) throw new TooLarge();
    // The library stops where more comes out than the archive says.
    return entry.getData(new BlobWriter());
  },
});

async function gunzipped(file: Blob, budget: Budget): Promise<Blob> {
  const stream = file.stream().pipeThrough(new DecompressionStream('gzip'));
  const blob = await collected(stream, budget.bytes);
  budget.bytes -= blob.size;
  return blob;
}

async function tarEntries(path: string, tar: Blob): Promise<Expanded> {
  const folder = withoutEnding(path, /(\.tar)?$/i);
  const files = await unpackTar(tar.stream());
  const entries = files.flatMap(({ header, data }) => {
    if (!data || header.type !== 'file' || isHidden(header.name)) return [];
    const blob = new Blob([data as Uint8Array<ArrayBuffer>]);
    return [{ path: `${folder}/${header.name}`, size: blob.size, read: () => Promise.resolve(blob) }];
  });
  return { entries, unread: [] };
}

const endings = {
  zip: /\.(zip|npz)$/i,
  gz: /\.(gz|tgz)$/i,
  tar: /\.tar$/i,
} as const;

const isArchive = (path: string) => Object.values(endings).some((ending) => ending.test(path));

async function opened(entry: Entry, budget: Budget): Promise<Expanded> {
  const { path } = entry;
  const file = await entry.read();
  if (endings.zip.test(path)) return zipEntries(path, file);
  if (endings.tar.test(path)) return tarEntries(path, file);
  const inner = await gunzipped(file, budget);
  const name = /\.tgz$/i.test(path) ? path.replace(/\.tgz$/i, '.tar') : withoutEnding(path, /\.gz$/i);
  return { entries: [{ path: name, size: inner.size, read: () => Promise.resolve(inner) }], unread: [] };
}

/** All files, those in ZIP, NPZ, gzip and tar archives too; what cannot be opened is named with its reason. */
export async function expand(files: readonly Entry[], most = mostHeld): Promise<Expanded> {
  const budget: Budget = { bytes: most };
  const entries: Entry[] = [];
  const unread: Unread[] = [];
  const walk = async (list: readonly Entry[], depth: number) => {
    for (const entry of list) {
      if (!isArchive(entry.path)) entries.push(entry);
      else if (depth > mostDepth) unread.push({ path: entry.path, reason: 'nested' });
      else
        try {
          const inside = await opened(entry, budget);
          addAll(unread, inside.unread);
          // A gzip around a tar is one archive, not two.
          await walk(inside.entries, endings.gz.test(entry.path) ? depth : depth + 1);
        } catch (error) {
          unread.push({ path: entry.path, reason: reasonOf(error) });
        }
    }
  };
  await walk(
    files.filter(({ path }) => !isHidden(path)),
    1,
  );
  return { entries, unread };
}
