/** Wall-clock seconds while running; pauses are excluded. */
export class Stopwatch {
  #before = 0;
  #since: number | null = null;

  start(): void {
    this.#since ??= performance.now();
  }

  stop(): void {
    this.#before = this.seconds();
    this.#since = null;
  }

  set(seconds: number): void {
    this.#before = seconds;
  }

  seconds(): number {
    const running = this.#since === null ? 0 : (performance.now() - this.#since) / 1000;
    return Math.round((this.#before + running) * 1000) / 1000;
  }
}
