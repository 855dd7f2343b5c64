import { proxy } from 'comlink';
import { fail, orFailure } from '../core/result.ts';
import { connect, type Asynchronous } from './connection.ts';
import type { OwnPicturesApi } from './own-pictures.ts';

export interface OwnPicturesHandle extends Asynchronous<OwnPicturesApi> {
  dispose(): void;
}

/** Starts the worker that makes a data set of picture files. */
export function startOwnPictures(): OwnPicturesHandle {
  const worker = new Worker(new URL('./own-pictures.worker.ts', import.meta.url), {
    type: 'module',
    name: 'own-pictures',
  });
  const { api: remote, dispose } = connect<OwnPicturesApi>(worker);
  return {
    read: (files, options, onProgress) => orFailure(remote.read(files, options, proxy(onProgress))),
    keep: (title) => remote.keep(title).catch(() => fail('failed')),
    dispose,
  };
}
