/** Milliseconds a submission should take: under the 100 ms at which a page's own drawing visibly waits. */
const wantedMilliseconds = 40;

/** Chooses the steps of a submission from the measured time of those before. Starts with one step. */
export class Pacer {
  steps = 1;
  private readonly most: number;
  private readonly now: () => number;
  private readonly starts: number[] = [];
  private lastCompleted = -Infinity;

  constructor(most: number, now: () => number = () => performance.now()) {
    this.most = most;
    this.now = now;
  }

  submitted(): void {
    this.starts.push(this.now());
  }

  /** The oldest submission, of `steps` steps, is done: the device worked on it from when it was free. */
  completed(steps: number): void {
    const time = this.now();
    const began = Math.max(this.starts.shift() ?? time, this.lastCompleted);
    this.lastCompleted = time;
    const perStep = Math.max(1e-3, (time - began) / steps);
    const fitting = Math.floor(wantedMilliseconds / perStep);
    // At most doubling, so that one lucky measurement does not stall the page.
    this.steps = Math.max(1, Math.min(fitting, 2 * steps, this.most));
  }
}
