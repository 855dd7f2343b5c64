import { startOwnPictures, type OwnPicturesHandle } from '../../workers/own-pictures-client.ts';
import type { OwnReading } from '../../workers/own-pictures.ts';
import { exactText } from '../text/format.ts';
import { byClass, evenly, type Folder, type NamedPicture } from './folders.ts';
import { texts } from '../text/texts.ts';

/** Far above a class project's, within what one tab keeps at ease. */
const mostPictures = 20_000;
export const sizes = [16, 24, 28, 32] as const;

/** What is being made into a data set: picture files by class, and what a worker read of them. */
export class OwnPicturesState {
  title = $state('');
  size = $state<(typeof sizes)[number]>(28);
  channels = $state<1 | 3>(3);
  pictures = $state.raw<readonly NamedPicture[]>([]);
  classless = $state(0);
  reading = $state.raw<OwnReading | null>(null);
  done = $state(0);
  busy = $state(false);
  problem = $state('');
  /** Picture files by class, in the order of their names; the first `mostPictures`, evenly. */
  classes: ReadonlyMap<string, readonly NamedPicture[]>;
  taken: readonly { readonly picture: NamedPicture; readonly label: number }[];
  #handle: OwnPicturesHandle;

  constructor(handle = startOwnPictures()) {
    this.#handle = handle;
    this.classes = $derived(byClass(this.pictures));
    this.taken = $derived(evenly(this.classes, mostPictures));
  }

  get notes(): readonly string[] {
    const { classless, pictures, reading, taken } = this;
    const unreadable = reading?.unreadable ?? [];
    const first = unreadable[0] === undefined ? '' : (taken[unreadable[0]]?.picture.file.name ?? '');
    return [
      ...(classless > 0 ? [texts.ownPictures.classless(classless)] : []),
      ...(taken.length < pictures.length
        ? [texts.ownPictures.tooMany(exactText(pictures.length), exactText(taken.length))]
        : []),
      ...(unreadable.length > 0 ? [texts.ownPictures.unreadable(unreadable.length, first)] : []),
      ...(reading && reading.duplicates > 0 ? [texts.ownPictures.duplicates(reading.duplicates)] : []),
    ];
  }

  /** Takes a folder instead of what was there. */
  take(folder: Folder): void {
    this.title = folder.title;
    this.classless = folder.classless;
    this.pictures = folder.pictures;
    this.reading = null;
    this.problem = folder.pictures.length === 0 ? texts.ownPictures.nothing : '';
    if (folder.pictures.length > 0) void this.read();
  }

  add(className: string, files: readonly File[]): void {
    const more = files.map((file) => ({ file, className, path: `${className}/${file.name}` }));
    this.pictures = [...this.pictures, ...more];
    void this.read();
  }

  leaveOut(className: string): void {
    this.pictures = this.pictures.filter((picture) => picture.className !== className);
    if (this.pictures.length > 0) void this.read();
    else this.reading = null;
  }

  async read(): Promise<void> {
    this.busy = true;
    this.done = 0;
    this.problem = '';
    const result = await this.#handle.read(
      this.taken.map(({ picture: { file }, label }) => ({ file, label })),
      {
        title: this.title.trim() || texts.ownPictures.untitled,
        classes: [...this.classes.keys()],
        size: this.size,
        channels: this.channels,
      },
      (done) => (this.done = done),
    );
    if (!result.ok && result.reason.code === 'superseded') return;
    this.busy = false;
    this.reading = result.ok ? result.value : null;
    if (!result.ok) this.problem = texts.describeFailure(result.reason);
  }

  /** Keeps what was read; its facts, or null and why not. */
  async keep(): Promise<OwnReading['facts'] | null> {
    if (!this.reading) return null;
    const facts = { ...this.reading.facts, title: this.title.trim() || texts.ownPictures.untitled };
    const kept = await this.#handle.keep(facts.title);
    if (!kept.ok) {
      this.problem = texts.ownPictures.failed[kept.reason];
      return null;
    }
    return facts;
  }

  dispose(): void {
    this.#handle.dispose();
  }
}
