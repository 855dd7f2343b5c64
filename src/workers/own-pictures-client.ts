import { proxy } from 'comlink';
import { fail, ok, orFailure, type Result } from '../core/result.ts';
import { connect, type Asynchronous } from './connection.ts';
import type { ChosenFile, OwnChoice, OwnPicturesApi } from './own-pictures.ts';

export interface OwnPicturesHandle extends Asynchronous<Omit<OwnPicturesApi, 'add'>> {
  /** Fails where the worker ended, out of memory perhaps. */
  add(files: readonly ChosenFile[], className: string): Promise<Result<OwnChoice>>;
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
    add: (files, className) => orFailure(remote.add(files, className).then(ok)),
    clear: () => remote.clear(),
    make: (making, onProgress) => orFailure(remote.make(making, proxy(onProgress))),
    pack: (id) => remote.pack(id).catch(() => null),
    extend: (id, more, title) => remote.extend(id, more, title).catch(() => null),
    keep: (title) => remote.keep(title).catch(() => fail('failed')),
    dispose,
  };
}
