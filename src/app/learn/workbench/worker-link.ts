import { fail, orFailure, type Result } from '../../../core/result.ts';
import { type BenchHandle, startBench } from '../../../workers/clients.ts';

type Question<T> = (api: BenchHandle['api']) => Promise<Result<T>>;

/** The bench's worker, and the turn it is asked in: what lies on the bench begins a new one. */
export class WorkerLink {
  #handle: BenchHandle | null = null;
  #turn = 0;

  open(): void {
    this.#handle ??= startBench();
  }

  dispose(): void {
    this.#turn++;
    this.#handle?.dispose();
    this.#handle = null;
  }

  /** Answers to what was asked before are stale from now on. */
  nextTurn(): number {
    return ++this.#turn;
  }

  get turn(): number {
    return this.#turn;
  }

  isStale = (turn: number): boolean => turn !== this.#turn;

  stop(): void {
    this.#handle?.api.stop().catch(() => {});
  }

  async call<T>(use: Question<T>): Promise<Result<T>> {
    return this.#handle ? orFailure(use(this.#handle.api)) : fail({ code: 'aborted' });
  }

  /** The answer; null where there is none, or another turn has begun. */
  async ask<T>(use: Question<T>): Promise<T | null> {
    const turn = this.#turn;
    const result = await this.call(use);
    return result.ok && !this.isStale(turn) ? result.value : null;
  }
}
