import type { Opened, Subject } from '../../../engine/workbench/results.ts';
import { changedAnswers } from './answers.ts';
import type { WorkerLink } from './worker-link.ts';
import { noisyDrawing } from './drawings.ts';

/** Random drawings that look for the worst. */
export const randomDrawings = 400;

/** The drawing pad of Check: both networks answer it, and random drawings look for the worst. */
export class Pad {
  /** uint8 pixels; null until something is drawn. */
  drawing = $state.raw<Uint8Array<ArrayBuffer> | null>(null);
  drawn = $state.raw<{ readonly parent: Float32Array; readonly child: Float32Array } | null>(null);
  worst = $state.raw<{ readonly image: Uint8Array<ArrayBuffer>; readonly max: number } | null>(null);
  /** The first random drawing that the two answer differently; null where there is none. */
  differing = $state.raw<Uint8Array<ArrayBuffer> | null>(null);
  #link: WorkerLink;
  #bench: { readonly opened: Opened | null; readonly child: Subject | null };
  #strokes = 0;

  constructor(link: WorkerLink, bench: { readonly opened: Opened | null; readonly child: Subject | null }) {
    this.#link = link;
    this.#bench = bench;
  }

  clear(): void {
    this.drawing = null;
    this.drawn = null;
    this.worst = null;
    this.differing = null;
  }

  /** Both networks' answer to what is on the pad. */
  async draw(pixels: Uint8Array<ArrayBuffer> | null): Promise<void> {
    this.drawing = pixels;
    const stroke = ++this.#strokes;
    const { child } = this.#bench;
    if (!pixels || !child) {
      this.drawn = null;
      return;
    }
    const answered = await this.#link.call((api) => api.predict(plain(child), pixels));
    if (stroke !== this.#strokes || !answered.ok || !answered.value.child) return;
    this.drawn = { parent: answered.value.parent, child: answered.value.child };
  }

  /** Random drawings, and the one that the two networks differ on most. */
  async findWorst(): Promise<void> {
    const { opened, child } = this.#bench;
    if (!opened || !child || opened.check.channels !== 1) return;
    const { width, height } = opened.check;
    const size = height * width;
    const images = new Uint8Array(randomDrawings * size);
    for (let n = 0; n < randomDrawings; n++) images.set(noisyDrawing(width, height, n), n * size);
    const answered = await this.#link.ask((api) => api.predict(plain(child), images));
    if (!answered?.child) return;
    const { parent, child: other } = answered;
    const count = parent.length / randomDrawings;
    let [at, max] = [0, 0];
    for (let i = 0; i < parent.length; i++) {
      const difference = Math.abs(parent[i]! - other[i]!);
      if (difference > max) [at, max] = [Math.floor(i / count), difference];
    }
    const drawing = (n: number) => images.slice(n * size, (n + 1) * size);
    this.worst = { image: drawing(at), max };
    const [first] = changedAnswers(parent, other, randomDrawings);
    this.differing = first === undefined ? null : drawing(first);
  }
}

/** Without what a broken or distilled subject knows besides. */
const plain = ({ architecture, weights }: Subject): Subject => ({ architecture, weights });
