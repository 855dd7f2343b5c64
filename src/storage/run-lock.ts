/** How long a run's old holder may take: to be torn down where it was ours, to write its last events where it was not. */
const longestMilliseconds = 4000;

/** A run that is this tab's alone. */
export interface RunLock {
  /** Settles when another tab takes the run over; whoever holds it writes no more and releases it. */
  readonly lost: Promise<void>;
  release(): void;
}

const nameOf = (run: string): string => `lemonade-run-${run}`;

/** Held until it is released or stolen; null where another has it until `signal` says to wait no longer. */
function request(name: string, options: LockOptions): Promise<RunLock | null> {
  return new Promise((resolve) => {
    let release = () => {};
    let lose = () => {};
    const lost = new Promise<void>((told) => (lose = told));
    const channel = new BroadcastChannel(name);
    channel.onmessage = () => lose();
    const held = navigator.locks.request(name, options, () => {
      const until = new Promise<void>((done) => (release = done));
      resolve({ lost, release });
      return until;
    });
    // Rejected where it was stolen, or not given in time.
    void held
      .catch(() => {
        lose();
        resolve(null);
      })
      .finally(() => channel.close());
  });
}

/** Runs that some tab has now, this one's too; none where the browser does not tell. */
export async function runsHeld(): Promise<ReadonlySet<string>> {
  const { locks } = navigator as { readonly locks?: LockManager };
  const { held = [] } = (await locks?.query().catch(() => null)) ?? {};
  const prefix = nameOf('');
  return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}

/**
 * Makes the stored run `run` this tab's, so that no two tabs write one log. Null where another tab goes on with it, unless
 * `takeOver`: then that tab is asked to let go, and after some seconds is not asked. Without Web Locks (plain http) every
 * tab gets it; the store refuses what does not fit the log.
 */
export async function lockRun(run: string, takeOver = false): Promise<RunLock | null> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (!locks) return { lost: new Promise(() => {}), release: () => {} };
  const name = nameOf(run);
  if (takeOver) {
    const channel = new BroadcastChannel(name);
    channel.postMessage('release');
    channel.close();
  }
  const lock = await request(name, { signal: AbortSignal.timeout(longestMilliseconds) });
  return lock ?? (takeOver ? request(name, { steal: true }) : null);
}
