import type { Timeline } from './board/timeline.ts';

/** ms of one frame by key. */
const step = 80;

/** Where one is in the transformation. */
export class Playhead {
  /** ms into the transformation. */
  time = $state(0);
  playing = $state(false);
  #timeline: () => Timeline | null;

  constructor(timeline: () => Timeline | null) {
    this.#timeline = timeline;
  }

  get reducedMotion(): boolean {
    return (
      matchMedia('(prefers-reduced-motion: reduce)').matches ||
      document.documentElement.dataset['motion'] === 'off'
    );
  }

  get duration(): number {
    return this.#timeline()?.duration ?? 0;
  }

  get isAtEnd(): boolean {
    return this.time >= this.duration;
  }

  /** From the beginning; with reduced motion it waits there. */
  begin(): void {
    this.time = 0;
    this.playing = !this.reducedMotion;
  }

  /** Stands still at `time`. */
  rest(time: number): void {
    this.playing = false;
    this.time = Math.max(0, Math.min(this.duration, time));
  }

  /** Moves the transformation on; stops at its end. */
  tick(ms: number): void {
    if (!this.#timeline() || !this.playing) return;
    this.time = Math.min(this.duration, this.time + ms);
    if (this.isAtEnd) this.playing = false;
  }

  /** One frame on or back; with reduced motion from stop to stop. */
  frame(direction: 1 | -1): void {
    const timeline = this.#timeline();
    if (!timeline) return;
    if (!this.reducedMotion) return this.rest(this.time + direction * step);
    const ends = [0, ...timeline.stops.map(({ end }) => end)];
    const next =
      direction > 0
        ? ends.find((end) => end > this.time + 1)
        : ends.filter((end) => end < this.time - 1).at(-1);
    this.rest(next ?? this.time);
  }

  toggle(): void {
    if (!this.#timeline()) return;
    if (this.isAtEnd) this.time = 0;
    this.playing = !this.playing;
  }
}
