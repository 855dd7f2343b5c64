import type { Weights } from '../../core/architecture/weights.ts';
import type { Told } from '../../core/run-file/told.ts';
import type { SearchEvent, NetworkId } from '../../core/search/events.ts';
import { withPlain } from '../../core/search/presets.ts';
import type { OverlaidRun } from './overlays.svelte.ts';
import type { StepUnit } from './pace.ts';
import { Run, type RunOptions } from './run.svelte.ts';
import { withEntries } from './maps.ts';

export interface ReplayOptions extends RunOptions {
  readonly kind: 'recording' | 'file';
  /** A lesson shows the bundled recording as a file: it is not the user's. */
  readonly bundled?: boolean;
  readonly events: readonly SearchEvent[];
  /** What a log that came by a link does not say of its run. */
  readonly told?: readonly Told[];
  /** Its id in the browser's storage. */
  readonly storedAs?: string | null;
  readonly overlays?: readonly OverlaidRun[];
  readonly selected?: NetworkId | null;
  /** Where the page looks first. */
  readonly at?: 'start' | 'end';
}

/** A log that is not searched here: the recording, a file, a finished run of this browser's storage. */
export class Replay extends Run {
  readonly kind: 'recording' | 'file';
  readonly isOwnFile: boolean;
  readonly runId: string | null;
  readonly live = false;
  readonly preparing = false;
  readonly wanted = false;
  readonly failed = false;

  constructor({ kind, bundled, events, told, storedAs, overlays, selected, at, ...options }: ReplayOptions) {
    const started = events.find((event) => event.type === 'started');
    super({ ...options, recipe: started ? withPlain(started.recipe) : options.recipe });
    this.kind = kind;
    this.isOwnFile = kind === 'file' && !bundled;
    this.runId = storedAs ?? null;
    this.log.replace(events, told);
    this.overlays.set(overlays ?? []);
    this.selection.selected = selected ?? null;
    this.playback.to(at === 'end' ? this.log.count : 0);
  }

  get untouched(): boolean {
    return this.log.count === 0;
  }

  get running(): boolean {
    return this.playback.moving;
  }

  get keepsWeights(): boolean {
    return this.runId !== null;
  }

  /** Weights that arrived after the log. */
  addWeights(weights: ReadonlyMap<NetworkId, Weights>): void {
    this.weights = withEntries(this.weights, weights);
  }

  play(): void {
    this.playback.start();
  }

  pause(): void {
    this.playback.stop();
  }

  step(unit: StepUnit): void {
    this.playback.forward(unit);
  }

  async stop(): Promise<void> {}

  protected async weightsHere(): Promise<null> {
    return null;
  }
}
