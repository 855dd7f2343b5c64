/** Resolves after pending messages were delivered; unlike timers and frames it is not throttled in hidden tabs. */
export function yieldToMessages(): Promise<void> {
  const immediate = (globalThis as { setImmediate?: (run: () => void) => void }).setImmediate;
  return new Promise((resolve) => {
    if (immediate) {
      immediate(resolve);
      return;
    }
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

const millisecondsPerYield = 40;

/** Lets messages through a few times a second, in the middle of long work. */
export class Rests {
  private last = performance.now();

  /** Yields where it is time to; null where it is not yet, which costs no more than a look at the clock. */
  due(): Promise<void> | null {
    if (performance.now() - this.last <= millisecondsPerYield) return null;
    return yieldToMessages().then(() => {
      this.last = performance.now();
    });
  }
}
