import { addAll } from '../core/add-all.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { OwnId } from '../core/search/recipe.ts';
import type { Row } from '../datasets/encode.ts';
import { isFlat, notesOn, type PreparedRow, type SetNote } from '../datasets/own/checks.ts';
import {
  choose,
  countsOf,
  partsOf,
  unified,
  type FoundClass,
  type PartCounts,
} from '../datasets/own/choose.ts';
import { collect, undecodable, type Collection, type Item } from '../datasets/own/collect.ts';
import { reasonOf, type Unread } from '../datasets/own/entries.ts';
import {
  makeOwnSet,
  setOf,
  type OwnFacts,
  type OwnRow,
  type OwnSet,
  type OwnSetOptions,
} from '../datasets/own/own-set.ts';
import { preparedImage, preparedPicture } from '../datasets/own/prepare.ts';
import { plain, type InputFormat } from '../datasets/preparation.ts';
import { readPicture } from '../datasets/picture.ts';
import type { StorageFailure } from '../storage/attempt.ts';
import { openOwnSets } from '../storage/own-sets.ts';
import { extendSet, packSet } from './kept-set.ts';

/** A file that the user chose, dropped, took or drew. */
export interface ChosenFile {
  readonly path: string;
  readonly file: Blob;
}

/** What has been chosen so far. */
export interface OwnChoice {
  readonly title: string;
  readonly classes: readonly FoundClass[];
  /** Pictures of each part, where the folders or the archive name parts. */
  readonly parts: PartCounts | null;
  readonly classless: readonly string[];
  readonly unread: readonly Unread[];
  readonly natural: Collection['natural'];
  readonly description: Collection['description'];
}

export interface OwnMaking extends Omit<OwnSetOptions, 'classes'> {
  /** New names of found classes; null leaves the class out; two with one name become one class. */
  readonly names: readonly (readonly [found: string, named: string | null])[];
  /** At most so many pictures of a class. */
  readonly mostOfClass: number;
  /** Leaves out pictures of a single colour. */
  readonly withoutFlat: boolean;
  /** Leaves out pictures that stand in two classes. */
  readonly withoutDoubtful: boolean;
}

/** What was made of the pictures: for a look before they are kept. */
export interface OwnReading {
  readonly facts: OwnFacts;
  /** Pictures left out because another of their class looks the same at this size. */
  readonly duplicates: number;
  /** Pictures that a search validates on. */
  readonly validates: number;
}

/** What the pictures look like to a network, also where they make no set yet. */
export interface OwnLook {
  readonly classes: readonly string[];
  /** The first of each class, as the networks will see them. */
  readonly samples: readonly Row[];
  readonly unread: readonly Unread[];
  readonly notes: readonly SetNote[];
  /** The first of those that stand in two classes. */
  readonly doubtful: readonly Row[];
  /** The most pictures of this size that fit; fewer were taken than there are where it is below their number. */
  readonly most: number;
  readonly set: Result<OwnReading>;
}

/** Exposed by own-pictures.worker.ts: makes a data set of whatever the user chose and keeps it in this browser. */
export interface OwnPicturesApi {
  /** Adds files to what was chosen before; `className` where the user named the class of all of them. */
  add(files: readonly ChosenFile[], className: string): Promise<OwnChoice>;
  clear(): Promise<void>;
  /** Prepares what was chosen. Fails with 'superseded' when another making began. */
  make(making: OwnMaking, onProgress: (done: number, all: number) => void): Promise<Result<OwnLook>>;
  /** A kept set as a ZIP that opens as the same set anywhere. Null where it is not kept here. */
  pack(id: OwnId): Promise<Blob | null>;
  /**
   * A kept set with more pictures, already prepared as it says, as a set of its own: runs on the old one stay what they
   * are. Null where it is not kept here, or the new one finds no room.
   */
  extend(id: OwnId, more: readonly Row[], title: string): Promise<OwnFacts | null>;
  /** Keeps what was made last, under `title`. */
  keep(title: string): Promise<Result<null, StorageFailure>>;
}

/** A row with its place in a packed set; NaN where it comes from none. */
type MadeRow = PreparedRow & OwnRow & { readonly order: number };

const samplesPerClass = 8;
/** Loose pictures that are opened only to tell the broken ones; more are many pictures without folders. */
const mostLoose = 20;
const doubtfulShown = 8;
/** Bytes of prepared images that a tab keeps at ease. [ours] */
const mostBytes = 2 ** 28;
/** Milliseconds between two words of progress. */
const progressEvery = 100;

export class OwnPictures implements OwnPicturesApi {
  #set: OwnSet | null = null;
  #making = 0;
  #items: Item[] = [];
  #choice: OwnChoice = emptyChoice;
  /** Prepared pictures by item, of one format; why there is none where a file cannot be decoded. */
  #prepared = new Map<Item, Prepared | Unread>();
  #format = '';

  async add(files: readonly ChosenFile[], className: string): Promise<OwnChoice> {
    const entries = files.map(({ path, file }) => ({
      path,
      size: file.size,
      read: () => Promise.resolve(file),
    }));
    const found = await collect(entries, className);
    const broken = await brokenAmong(files, found.classless);
    addAll(this.#items, unified(found.items, this.#items));
    const before = this.#choice;
    this.#choice = {
      title: before.title || found.title,
      classes: countsOf(this.#items),
      parts: partsOf(this.#items),
      classless: [
        ...before.classless,
        ...found.classless.filter((path) => !broken.some((one) => one.path === path)),
      ],
      unread: [...before.unread, ...found.unread, ...broken],
      natural: before.natural ?? found.natural,
      description: before.description ?? found.description,
    };
    return this.#choice;
  }

  clear(): Promise<void> {
    this.#making++;
    this.#items = [];
    this.#prepared.clear();
    this.#choice = emptyChoice;
    this.#set = null;
    return Promise.resolve();
  }

  async make(making: OwnMaking, onProgress: (done: number, all: number) => void): Promise<Result<OwnLook>> {
    const turn = ++this.#making;
    this.#set = null;
    const { size, channels, preparation } = making;
    const format: InputFormat = { width: size, channels, bits: 8, preparation };
    this.#start(format);
    const names = new Map(making.names);
    const most = Math.floor(mostBytes / (size * size * channels));
    const { classes, chosen } = choose(this.#items, names, making.mostOfClass, most);
    const unread: Unread[] = [];
    const rows: MadeRow[] = [];
    let told = 0;
    for (const [i, { item, label }] of chosen.entries()) {
      if (!this.#prepared.has(item)) {
        const prepared = await prepare(item, format);
        if (turn !== this.#making) return fail({ code: 'superseded' });
        if (prepared === 'canvas-noise') return fail({ code: 'canvas-noise' });
        this.#prepared.set(
          item,
          typeof prepared === 'string' ? { path: item.path, reason: prepared } : prepared,
        );
        const now = performance.now();
        if (now - told > progressEvery) {
          onProgress(i + 1, chosen.length);
          told = now;
        }
      }
      const found = this.#prepared.get(item)!;
      if ('reason' in found) unread.push(found);
      else rows.push({ ...found, label, part: item.part, order: item.order ?? Number.NaN });
    }
    onProgress(chosen.length, chosen.length);
    const kept = making.withoutFlat ? rows.filter(({ pixels }) => !isFlat(pixels, channels)) : rows;
    const notes = notesOn(kept, classes.length, { size, channels });
    const doubtful = notes.flatMap((note) => (note.code === 'two-classes' ? note.pairs.flat() : []));
    const inTwo = new Set(doubtful);
    const certain = making.withoutDoubtful ? kept.filter((_, i) => !inTwo.has(i)) : kept;
    const made = await this.#made(certain, { ...making, classes }, making);
    if (turn !== this.#making) return fail({ code: 'superseded' });
    if (made.ok) this.#set = made.value;
    return ok({
      ...{ classes, unread, most },
      notes: making.withoutDoubtful ? notes.filter(({ code }) => code !== 'two-classes') : notes,
      samples: classes.flatMap((_, label) =>
        certain.filter((row) => row.label === label).slice(0, samplesPerClass),
      ),
      doubtful: making.withoutDoubtful ? [] : doubtful.slice(0, doubtfulShown).map((i) => kept[i]!),
      set: made.ok
        ? ok({
            facts: made.value.facts,
            duplicates: made.value.duplicates,
            validates: made.value.validates,
          })
        : made,
    });
  }

  /** A packed set that nobody changed stays the set it was, in its order and under its id. */
  async #made(rows: readonly MadeRow[], options: OwnSetOptions, making: OwnMaking): Promise<Result<OwnSet>> {
    const { description } = this.#choice;
    const same =
      description &&
      making.names.length === 0 &&
      rows.length === this.#items.length &&
      rows.every(({ order }) => !Number.isNaN(order)) &&
      JSON.stringify([description.size, description.channels, description.preparation]) ===
        JSON.stringify([making.size, making.channels, making.preparation]);
    if (!same) return makeOwnSet(rows, options);
    const classes = description.classes.map(([, name]) => name);
    const labels = options.classes.map((name) => classes.indexOf(name));
    const ordered = rows
      .map((row) => ({ ...row, label: labels[row.label]! }))
      .sort((a, b) => a.order - b.order);
    const validating = ordered.filter(({ part }) => part === 'validation');
    return ok(
      await setOf(
        {
          train: [...ordered.filter(({ part }) => part === 'train'), ...validating],
          validating: validating.length,
          test: ordered.filter(({ part }) => part === 'test'),
        },
        { ...options, classes },
      ),
    );
  }

  /** Forgets pictures prepared in another format. */
  #start(format: InputFormat): void {
    const name = JSON.stringify(format);
    if (name === this.#format) return;
    this.#format = name;
    this.#prepared.clear();
  }

  async pack(id: OwnId): Promise<Blob | null> {
    const store = await openOwnSets();
    if (!store.ok) return null;
    try {
      const kept = await store.value.facts(id);
      return kept.ok && kept.value ? await packSet(kept.value, store.value) : null;
    } finally {
      store.value.close();
    }
  }

  async extend(id: OwnId, more: readonly Row[], title: string): Promise<OwnFacts | null> {
    const store = await openOwnSets();
    if (!store.ok) return null;
    try {
      const kept = await store.value.facts(id);
      return kept.ok && kept.value ? await extendSet(kept.value, store.value, more, title) : null;
    } finally {
      store.value.close();
    }
  }

  async keep(title: string): Promise<Result<null, StorageFailure>> {
    if (!this.#set) throw new Error('nothing was made');
    const store = await openOwnSets();
    if (!store.ok) return store;
    const { facts, files } = this.#set;
    const saved = await store.value.save({
      facts: { ...facts, title, kept: new Date().toISOString() },
      files,
    });
    store.value.close();
    return saved;
  }
}

const emptyChoice: OwnChoice = {
  ...{ title: '', classes: [], parts: null, classless: [], unread: [], natural: null, description: null },
};

type Prepared = Omit<PreparedRow, 'label'>;

/** Of a few pictures without a class, those that no class would help: they cannot be decoded. */
async function brokenAmong(
  files: readonly ChosenFile[],
  classless: readonly string[],
): Promise<readonly Unread[]> {
  if (classless.length > mostLoose) return [];
  const loose = files.filter(({ path }) => classless.includes(path));
  const read = await Promise.all(loose.map(({ file }) => readPicture(file)));
  return loose.flatMap(({ path }, i) => {
    const picture = read[i]!;
    const isBroken = !picture.ok && picture.reason.code === 'picture-unreadable';
    return isBroken ? [{ path, reason: undecodable(path) }] : [];
  });
}

async function prepare(
  item: Item,
  format: InputFormat,
): Promise<Prepared | Unread['reason'] | 'canvas-noise'> {
  const { source } = item;
  if (source.kind === 'array') {
    const side = Math.min(source.array.height, source.array.width);
    return { pixels: preparedImage(source.array, source.index, format), side };
  }
  let file: Blob;
  try {
    file = await source.read();
  } catch (error) {
    return reasonOf(error);
  }
  const picture = await readPicture(file);
  if (!picture.ok) return picture.reason.code === 'canvas-noise' ? 'canvas-noise' : undecodable(item.path);
  const side = Math.min(picture.value.width, picture.value.height);
  // What a packed set holds is prepared already.
  const how = item.order === undefined ? format : { ...format, preparation: plain };
  return { pixels: preparedPicture(picture.value, how), side };
}
