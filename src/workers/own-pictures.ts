import { fail, ok, type Result } from '../core/result.ts';
import type { Row } from '../datasets/encode.ts';
import { makeOwnSet, type OwnFacts, type OwnSet, type OwnSetOptions } from '../datasets/own-set.ts';
import { squareOf } from '../datasets/preprocess.ts';
import { readPicture } from '../datasets/picture.ts';
import type { StorageFailure } from '../storage/attempt.ts';
import { openOwnSets } from '../storage/own-sets.ts';

export interface PictureFile {
  readonly file: Blob;
  /** Index into the classes. */
  readonly label: number;
}

/** What was made of the pictures: for a look before they are kept. */
export interface OwnReading {
  readonly facts: OwnFacts;
  /** Pictures left out because another of their class looks the same at this size. */
  readonly duplicates: number;
  /** Files the browser cannot read as pictures, as indices. */
  readonly unreadable: readonly number[];
  /** The first of each class, as the networks will see them. */
  readonly samples: readonly Row[];
}

/** Exposed by own-pictures.worker.ts: makes a data set of picture files and keeps it in this browser. */
export interface OwnPicturesApi {
  /** Fails where they make no data set; with 'superseded' when another reading began. */
  read(
    files: readonly PictureFile[],
    options: OwnSetOptions,
    onProgress: (done: number) => void,
  ): Promise<Result<OwnReading>>;
  /** Keeps what was read last, under `title`. */
  keep(title: string): Promise<Result<null, StorageFailure>>;
}

const samplesPerClass = 8;

export class OwnPictures implements OwnPicturesApi {
  #set: OwnSet | null = null;
  #reading = 0;

  async read(
    files: readonly PictureFile[],
    options: OwnSetOptions,
    onProgress: (done: number) => void,
  ): Promise<Result<OwnReading>> {
    const reading = ++this.#reading;
    const { size, channels } = options;
    const rows: Row[] = [];
    const unreadable: number[] = [];
    for (const [index, { file, label }] of files.entries()) {
      const picture = await readPicture(file);
      if (reading !== this.#reading) return fail({ code: 'superseded' });
      if (picture.ok) rows.push({ label, pixels: squareOf(picture.value, size, channels) });
      else if (picture.reason.code === 'canvas-noise') return picture;
      else unreadable.push(index);
      onProgress(index + 1);
    }
    const made = await makeOwnSet(rows, options);
    if (!made.ok) return made;
    this.#set = made.value;
    const { facts, duplicates } = made.value;
    const samples = options.classes.flatMap((_, label) =>
      rows.filter((row) => row.label === label).slice(0, samplesPerClass),
    );
    return ok({ facts, duplicates, unreadable, samples });
  }

  async keep(title: string): Promise<Result<null, StorageFailure>> {
    if (!this.#set) throw new Error('nothing was read');
    const store = await openOwnSets();
    if (!store.ok) return store;
    const { facts, files } = this.#set;
    const saved = await store.value.save({ facts: { ...facts, title }, files });
    store.value.close();
    return saved;
  }
}
