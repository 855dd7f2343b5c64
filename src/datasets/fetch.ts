import { messageOf } from '../core/failure.ts';
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
    if (signal?.aborted) return fail({ code: 'load-stopped', path });
    return fail({ code: 'offline', path, detail: messageOf(error) });
  }
  // A host that answers unknown paths with its start page has no such file either.
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) {
    return fail({ code: 'file-missing', path, status: response.status });
  }
  try {
    return ok(await collect(response, onBytes));
  } catch (error) {
    if (signal?.aborted) return fail({ code: 'load-stopped', path });
    return fail({ code: 'connection-broke', path, detail: messageOf(error) });
  }
}

async function readThrough(read: ReadFile, path: string): Promise<Result<ArrayBuffer>> {
  try {
    return ok(await read(path));
  } catch (error) {
    return fail({ code: 'file-unreadable', path, detail: messageOf(error) });
  }
}

/**
 * The verified bytes of a data file. Fails where it is offline, missing, cut short or changed.
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
    return fail({
      code: 'file-length',
      path: file.path,
      bytes: loaded.value.byteLength,
      expected: file.bytes,
    });
  }
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle !== undefined && hex(await subtle.digest('SHA-256', loaded.value)) !== file.sha256) {
    return fail({ code: 'file-changed', path: file.path });
  }
  return loaded;
}
