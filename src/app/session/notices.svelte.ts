/** An honest state: one sentence and one action. */
export interface Notice {
  readonly key: string;
  readonly sentence: string;
  readonly tone: 'warn' | 'info';
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** What the state bar shows: the newest notice first, one of a key at a time. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  first = $derived(this.list[0] ?? null);

  say(key: string, sentence: string, action: Notice['action'] = null, tone: Notice['tone'] = 'warn'): void {
    this.list = [{ key, sentence, tone, action }, ...this.list.filter((notice) => notice.key !== key)];
  }

  dismiss(key: string): void {
    this.list = this.list.filter((notice) => notice.key !== key);
  }

  /** What is only said of the backend gives way once a run is under way; the header goes on telling. */
  forgetBackend(): void {
    this.#forget(['software', 'no-webgpu', 'unfinished']);
  }

  /** What was said of a run that is no longer shown. */
  forgetRun(): void {
    this.#forget(['software', 'no-webgpu', 'self-test', 'restarted', 'storage', 'failed', 'asleep', 'aside']);
  }

  #forget(keys: readonly string[]): void {
    this.list = this.list.filter((notice) => !keys.includes(notice.key));
  }
}
