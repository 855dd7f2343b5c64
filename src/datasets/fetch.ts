import { fail, ok, type Result } from '../core/result.ts';
import type { DatasetFile } from './types.ts';

/** Reads a file of public/data by name; for tests and headless runs in Node. */
export type ReadFile = (path: string) => Promise<ArrayBuffer>;
/** The URL of the folder with the data files, or a function that reads them. */
export type DataSource = string | ReadFile;

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Bytes of this file received so far. */
  readonly onBytes?: (bytes: number) => void;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 as hexadecimal digits. */
export const sha256 = async (content: string | Uint8Array<ArrayBuffer>): Promise<string> =>
  hex(
    await crypto.subtle.digest(
      'SHA-256',
      typeof content === 'string' ? new TextEncoder().encode(content) : content,
    ),
  );

async function collect(response: Response, onBytes: (bytes: number) => void): Promise<ArrayBuffer> {
  if (response.body === null) return response.arrayBuffer();
  const reader = response.body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.length;
    onBytes(bytes);
  }
  return new Blob(chunks).arrayBuffer();
}

async function fetchFile(base: string, path: string, options: FetchOptions): Promise<Result<ArrayBuffer>> {
  const url = `${base.endsWith('/') ? base : `${base}/`}${path}`;
  const { signal, onBytes = () => {} } = options;
  let response: Response;
  try {
    response = await fetch(url, signal === undefined ? {} : { signal });
  } catch (error) {
    if (signal?.aborted) return fail(`Loading ${path} was stopped.`);
    return fail(`Could not load ${path}: this device seems to be offline (${messageOf(error)}).`);
  }
  // A host that answers unknown paths with its start page has no such file either.
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) {
    return fail(`The file ${path} is missing from this site (HTTP status ${response.status}).`);
  }
  try {
    return ok(await collect(response, onBytes));
  } catch (error) {
    if (signal?.aborted) return fail(`Loading ${path} was stopped.`);
    return fail(`The connection broke while ${path} was loading (${messageOf(error)}).`);
  }
}

async function readThrough(read: ReadFile, path: string): Promise<Result<ArrayBuffer>> {
  try {
    return ok(await read(path));
  } catch (error) {
    return fail(`The file ${path} could not be read (${messageOf(error)}).`);
  }
}

/**
 * The verified bytes of a data file. Fails with a sentence for the user: offline, missing, cut short, changed.
 * Where the page has no crypto.subtle (plain http from another machine) only the length is checked.
 */
export async function fetchVerified(
  source: DataSource,
  file: DatasetFile,
  options: FetchOptions = {},
): Promise<Result<ArrayBuffer>> {
  const loaded = await (typeof source === 'string'
    ? fetchFile(source, file.path, options)
    : readThrough(source, file.path));
  if (!loaded.ok) return loaded;
  if (loaded.value.byteLength !== file.bytes) {
    return fail(`The file ${file.path} has ${loaded.value.byteLength} bytes instead of ${file.bytes}.`);
  }
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle !== undefined && hex(await subtle.digest('SHA-256', loaded.value)) !== file.sha256) {
    return fail(`The file ${file.path} is not the one this site was built with: its checksum differs.`);
  }
  return loaded;
}
