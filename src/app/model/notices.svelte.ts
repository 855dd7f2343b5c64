/** An honest state: one sentence and one action. */
export interface Notice {
  readonly key: string;
  readonly sentence: string;
  readonly tone: 'warn' | 'info';
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** Said of this computer and what it keeps, not of what was just done: it waits behind the rest. */
const standing = ['stored', 'software', 'no-webgpu'];

/** What the state bar shows: the newest notice first, standing facts last; one of a key at a time. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  first = $derived(this.list[0] ?? null);

  say(key: string, sentence: string, action: Notice['action'] = null, tone: Notice['tone'] = 'warn'): void {
    const others = this.list.filter((notice) => notice.key !== key);
    const notice = { key, sentence, tone, action };
    this.list = standing.includes(key) ? [...others, notice] : [notice, ...others];
  }

  dismiss(key: string): void {
    this.forget((known) => known === key);
  }

  /** What is only said of the backend gives way once a run is under way; the header goes on telling. */
  forgetBackend(): void {
    this.#forgetAll(standing);
  }

  /** What was said of a run that is no longer shown. */
  forgetRun(): void {
    this.#forgetAll([...standing, 'self-test', 'restarted', 'storage', 'failed', 'asleep', 'aside']);
  }

  /** Drops the notices whose key is `isPast`. */
  forget(isPast: (key: string) => boolean): void {
    this.list = this.list.filter((notice) => !isPast(notice.key));
  }

  #forgetAll(keys: readonly string[]): void {
    this.forget((key) => keys.includes(key));
  }
}
