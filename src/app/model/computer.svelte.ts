import type { Failure } from '../../core/failure.ts';
import type { BackendReport } from '../../engine/engine.ts';
import type { SearchStatus } from '../../workers/protocol.ts';

/** What is known of the computer that searches: its backend and how fast it trains. */
export class Computer {
  backend = $state.raw<BackendReport | null>(null);
  workers = $state(0);
  /** Training speed of one worker on the benchmark network, once measured. */
  imagesPerSecond = $state<number | null>(null);
  /** Why it could not be measured; null where it was, or is not yet. */
  notMeasured = $state.raw<Failure | null>(null);

  measured({ backend, workers, speed }: Extract<SearchStatus, { kind: 'ready' }>): void {
    this.backend = backend;
    this.workers = workers;
    this.imagesPerSecond = speed.ok ? speed.value : null;
    this.notMeasured = speed.ok ? null : speed.reason;
  }

  forget(): void {
    this.backend = null;
    this.notMeasured = null;
  }
}
