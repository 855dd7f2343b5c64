import type { Browser, Page } from '@playwright/test';

/** A task of the page's main thread, in milliseconds. */
export interface MainThreadTask {
  /** By the clock: on a busy machine it counts what other programs did meanwhile. */
  readonly wall: number;
  /** Processor time that the thread itself used. */
  readonly processor: number;
}

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** The one that has tasks with their processor time; every other makes them longer. */
const categories = ['disabled-by-default-devtools.timeline'];

/** Every task of the main thread of `page` while `work` ran, from Chromium's own trace. */
export async function mainThreadTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<readonly MainThreadTask[]> {
  await browser.startTracing(page, { categories });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const byThread = new Map<string, { readonly tasks: MainThreadTask[]; end: number }>();
  for (const event of [...traceEvents].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    const { name, ts, dur, tdur } = event;
    if (name !== 'RunTask' || dur === undefined || tdur === undefined || !mains.has(threadOf(event)))
      continue;
    const thread = byThread.get(threadOf(event)) ?? { tasks: [], end: 0 };
    byThread.set(threadOf(event), thread);
    // A task is traced once more inside itself.
    if (ts < thread.end) continue;
    thread.end = ts + dur;
    thread.tasks.push({ wall: dur / 1000, processor: tdur / 1000 });
  }
  const busiest = [...byThread.values()].map(({ tasks }) => tasks).sort((a, b) => total(b) - total(a))[0];
  if (!busiest) throw new Error('the trace has no task of the page');
  return busiest;
}

const total = (tasks: readonly MainThreadTask[]): number =>
  tasks.reduce((sum, { processor }) => sum + processor, 0);

/** "12.3 of 45.6" and so on: processor time of the clock's time, the longest first. */
export const longestTasks = (tasks: readonly MainThreadTask[], count = 5): string =>
  [...tasks]
    .sort((a, b) => b.processor - a.processor)
    .slice(0, count)
    .map(({ wall, processor }) => `${processor.toFixed(1)} of ${wall.toFixed(1)}`)
    .join(', ');
