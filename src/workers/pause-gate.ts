/** A gate that waits while closed: how pausing reaches code between two awaits. Begins closed. */
export class PauseGate {
  #waiting: (() => void)[] = [];
  #closed = true;

  open(): void {
    this.#closed = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  close(): void {
    this.#closed = true;
  }

  /** Null while open, so that hot loops need not await. */
  blocked(): Promise<void> | null {
    return this.#closed ? new Promise((resolve) => this.#waiting.push(resolve)) : null;
  }

  async passed(): Promise<void> {
    await this.blocked();
  }
}
