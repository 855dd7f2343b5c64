/** What the page has to say: one sentence and one action. */
export interface Notice {
  readonly key: string;
  readonly sentence: string;
  readonly tone: 'warn' | 'info';
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** Said of this computer and what it keeps, not of what was just done: it waits behind the rest, the first first. */
const standing = ['stored', 'software', 'no-webgpu'];

let saidLast = 0;

/** Sentences for the state bar, one of a key at a time: a run has its own, and so has the page. */
export class Notices {
  list = $state.raw<readonly (Notice & { readonly said: number })[]>([]);

  say(key: string, sentence: string, action: Notice['action'] = null, tone: Notice['tone'] = 'warn'): void {
    const others = this.list.filter((notice) => notice.key !== key);
    this.list = [...others, { key, sentence, tone, action, said: ++saidLast }];
  }

  dismiss(key: string): void {
    this.forget((known) => known === key);
  }

  /** What is only said of the backend gives way once a run is under way; the header goes on telling. */
  forgetBackend(): void {
    this.forget((key) => standing.includes(key));
  }

  /** Drops the notices whose key is `isPast`. */
  forget(isPast: (key: string) => boolean): void {
    this.list = this.list.filter((notice) => !isPast(notice.key));
  }
}

/** What the state bar shows of all that was said: the newest, and standing facts only where there is nothing else. */
export function firstNotice(...all: readonly Notices[]): Notice | null {
  const said = all.flatMap(({ list }) => list);
  const passing = said.filter(({ key }) => !standing.includes(key));
  if (passing.length > 0) return passing.reduce((a, b) => (b.said > a.said ? b : a));
  const rank = ({ key }: Notice) => standing.indexOf(key);
  return said.reduce<(typeof said)[number] | null>((a, b) => (a && rank(a) <= rank(b) ? a : b), null);
}
