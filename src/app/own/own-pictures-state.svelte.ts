import type { FoundClass } from '../../datasets/own/choose.ts';
import { tidy } from '../../datasets/own/class-folders.ts';
import type { SetNote } from '../../datasets/own/checks.ts';
import type { OwnFacts } from '../../datasets/own/own-set.ts';
import type { ChosenFile, OwnChoice, OwnLook } from '../../workers/own-pictures.ts';
import { startOwnPictures, type OwnPicturesHandle } from '../../workers/own-pictures-client.ts';
import { inEffectRoot } from '../model/in-effect-root.svelte.ts';
import { texts } from '../text/texts.ts';

/** Heights and widths to choose from, pixels: blocks halve them, so all are even. */
export const sizes: readonly number[] = [8, 16, 24, 28, 32, 48, 64, 96];

/** A class as it will be, with what it is called now. */
export interface ClassRow extends FoundClass {
  /** Null where it is left out. */
  readonly named: string | null;
}

/** What is being made into a data set: what was chosen, what it is called, and how the networks will see it. */
export class OwnPicturesState {
  title = $state('');
  size = $state(28);
  channels = $state<1 | 3>(3);
  fit = $state<'crop' | 'border'>('crop');
  gain = $state(1);
  mostOfClass = $state(Infinity);
  withoutFlat = $state(false);
  withoutDoubtful = $state(false);
  choice = $state.raw<OwnChoice | null>(null);
  look = $state.raw<OwnLook | null>(null);
  done = $state(0);
  all = $state(0);
  /** Choices that are being opened, and whether their pictures are being prepared. */
  #opening = $state(0);
  #reading = $state(false);
  problem = $state('');
  rows: readonly ClassRow[];
  /** New names of classes, null for those left out; by their found names. */
  #names = $state.raw<Readonly<Record<string, string | null>>>({});
  /** True as long as all pictures were drawn here. */
  #drawn = true;
  #turn = 0;
  #handle: OwnPicturesHandle;

  constructor(handle = startOwnPictures()) {
    this.#handle = handle;
    this.rows = $derived(
      (this.choice?.classes ?? []).map(({ name, count }) => ({
        name,
        count,
        named: Object.hasOwn(this.#names, name) ? this.#names[name]! : name,
      })),
    );
  }

  /** Facts of the set as it is now; null where the pictures make none yet. */
  get facts(): OwnFacts | null {
    return this.look?.set.ok ? this.look.set.value.facts : null;
  }

  get busy(): '' | 'opening' | 'reading' {
    if (this.#reading) return 'reading';
    return this.#opening > 0 ? 'opening' : '';
  }

  get isEmpty(): boolean {
    return !this.choice;
  }

  /** Adds what was chosen; `className` where the user named the class of it. */
  async add(files: readonly ChosenFile[], className = '', drawn = false): Promise<void> {
    if (files.length === 0) return;
    this.#opening++;
    this.problem = '';
    // What made no class was refused with a word; what is chosen instead is not counted beside it.
    if (this.choice?.classes.length === 0) await this.clear();
    this.#drawn &&= drawn;
    const isFirst = this.isEmpty;
    const choice = await this.#handle.add(files, tidy(className));
    this.#opening--;
    if (!choice.ok) {
      this.problem = texts.describeFailure(choice.reason);
      return;
    }
    this.choice = choice.value;
    if (!this.title) this.title = choice.value.title;
    const { natural, description } = choice.value;
    if (isFirst && description) {
      ({ size: this.size, channels: this.channels } = description);
      ({ fit: this.fit, gain: this.gain } = description.preparation);
      this.#drawn = description.drawable;
    } else if (isFirst && natural) {
      this.channels = natural.channels;
      this.size = sizes.find((size) => size >= natural.size) ?? sizes.at(-1)!;
    }
    if (choice.value.classes.length === 0) this.problem = texts.ownPictures.nothing;
    else await this.make();
  }

  async clear(): Promise<void> {
    await this.#handle.clear();
    this.choice = null;
    this.look = null;
    this.title = '';
    this.problem = '';
    this.#turn++;
    this.#reading = false;
    this.#names = {};
    this.#drawn = true;
    this.gain = 1;
    this.mostOfClass = Infinity;
    this.withoutFlat = false;
    this.withoutDoubtful = false;
  }

  /** Calls a class something else; where another is called so, the two become one. */
  rename(found: string, named: string): Promise<void> {
    const name = tidy(named);
    if (!name) return Promise.resolve();
    this.#names = { ...this.#names, [found]: name };
    return this.make();
  }

  leaveOut(found: string): Promise<void> {
    this.#names = { ...this.#names, [found]: null };
    return this.make();
  }

  takeBack(found: string): Promise<void> {
    this.#names = { ...this.#names, [found]: found };
    return this.make();
  }

  /** Does what a note proposes. */
  mend(note: SetNote): Promise<void> {
    if (note.code === 'near-empty') {
      const name = this.look?.classes[note.label];
      const gone = this.rows.filter(({ named }) => named === name).map((row) => [row.name, null] as const);
      this.#names = { ...this.#names, ...Object.fromEntries(gone) };
    } else if (note.code === 'imbalanced') this.mostOfClass = note.each;
    else if (note.code === 'tiny') this.size = sizes.findLast((size) => size <= note.side) ?? sizes[0]!;
    else if (note.code === 'dark') this.gain = note.gain;
    else if (note.code === 'flat') this.withoutFlat = true;
    else if (note.code === 'two-classes') this.withoutDoubtful = true;
    else this.channels = 1;
    return this.make();
  }

  /** Prepares the pictures as they are asked for now. */
  async make(): Promise<void> {
    const turn = ++this.#turn;
    this.#reading = true;
    this.done = 0;
    this.all = this.rows.reduce((sum, { named, count }) => sum + (named === null ? 0 : count), 0);
    this.problem = '';
    const result = await this.#handle.make(
      {
        title: this.title.trim() || texts.ownPictures.untitled,
        names: Object.entries(this.#names),
        size: this.size,
        channels: this.channels,
        preparation: { fit: this.fit, gain: this.gain },
        drawable: this.#drawn,
        mostOfClass: this.mostOfClass,
        withoutFlat: this.withoutFlat,
        withoutDoubtful: this.withoutDoubtful,
      },
      (done, all) => {
        this.done = done;
        this.all = all;
      },
    );
    // Another making has begun, perhaps while this answer was on its way.
    if (turn !== this.#turn) return;
    this.#reading = false;
    this.look = result.ok ? result.value : null;
    if (!result.ok) this.problem = texts.describeFailure(result.reason);
    else if (!result.value.set.ok) this.problem = texts.describeFailure(result.value.set.reason);
  }

  /** Keeps what was made; its facts, or null and why not. */
  async keep(): Promise<OwnFacts | null> {
    if (!this.facts) return null;
    const facts = { ...this.facts, title: this.title.trim() || texts.ownPictures.untitled };
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

let held: OwnPicturesState | null = null;

/** The set in the making: what was chosen stays when its sheet is closed, until it is used or begun anew. */
export const ownPicturesInMaking = (): OwnPicturesState =>
  (held ??= inEffectRoot(() => new OwnPicturesState()));

/** The sheet is closed: nothing is kept, and no worker, where nothing was chosen. */
export function putAside(own: OwnPicturesState): void {
  if (!own.isEmpty || own.busy) return;
  own.dispose();
  held = null;
}
