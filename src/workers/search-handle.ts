import type { Architecture } from '../core/architecture/types.ts';
import type { Weights } from '../core/architecture/weights.ts';
import type { NetworkId } from '../core/search/events.ts';
import type { SearchListener, SearchRequest } from './protocol.ts';

export interface SearchOptions {
  readonly name: string;
  readonly onEvents: SearchListener['events'];
  readonly onStatus: SearchListener['status'];
  /** The id under which the run is stored. */
  readonly onRun?: (id: string) => void;
  readonly resume?: string;
  readonly takeOver?: boolean;
  readonly fork?: SearchRequest['fork'];
  readonly startingNetwork?: Architecture;
}

/** A search in its worker. Commands given before it is ready are carried out once it is. */
export interface SearchHandle {
  play(): void;
  pause(): void;
  step(unit: 'generation' | 'child'): void;
  stop(): Promise<void>;
  /** Other devices lend it their trainers, over this port (lending/report.ts). */
  lendDevices(port: MessagePort): void;
  weights(network: NetworkId): Promise<Weights | null>;
  /** Terminates the worker and its trainers at once; what was stored stays. */
  dispose(): void;
}
