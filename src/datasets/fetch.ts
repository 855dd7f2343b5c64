import { messageOf } from '../core/failure.ts';
import { hex } from '../core/hex.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { sha256Of } from './checksums.ts';
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

/** SHA-256 as hexadecimal digits; also where the page has no crypto.subtle (plain http from another machine). */
export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle) return hex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  const portable = await import('@noble/hashes/sha2.js');
  return hex(portable.sha256(bytes));
}

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

/** The verified bytes of a data file. Fails where it is offline, missing, cut short or changed. */
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
  if ((await sha256(new Uint8Array(loaded.value))) !== sha256Of(file)) {
    return fail({ code: 'file-changed', path: file.path });
  }
  return loaded;
}
