import type { SearchEvent } from '../../core/search/events.ts';

export type Speed = 'watch' | 'normal' | 'fast' | 'background';
export type StepUnit = 'generation' | 'child' | 'event';

export const speeds: readonly Speed[] = ['watch', 'normal', 'fast', 'background'];

/** How much of the Watch pauses each speed keeps when a log is replayed. */
const scale: Readonly<Record<Speed, number>> = { watch: 1, normal: 0.16, fast: 0.03, background: 0.004 };

/** How often a live view may be drawn again, in milliseconds; 0 for every frame. */
export const drawEvery: Readonly<Record<Speed, number>> = {
  watch: 0,
  normal: 0,
  fast: 200,
  background: 1000,
};

/** Milliseconds that `event` stays on the screen in Watch, where its generation has `proposals` of them. */
function dwell(event: SearchEvent, proposals: number): number {
  switch (event.type) {
    case 'started':
      return 300;
    case 'seeded':
      return 400;
    case 'generation':
      return 1800;
    case 'proposed':
      return 2400 / Math.max(1, proposals);
    case 'accepted':
      return 900;
    case 'progress':
      return 15;
    case 'evaluated':
    case 'failed':
      return 1100;
    case 'competed':
      return 2400;
    case 'finished':
      return 0;
  }
}

/** Milliseconds until the event after `event` is shown in a replay. */
export function delayAfter(event: SearchEvent, proposals: number, speed: Speed): number {
  return dwell(event, proposals) * scale[speed];
}

function ends(event: SearchEvent, unit: StepUnit): boolean {
  if (unit === 'event') return true;
  if (event.type === 'competed' || event.type === 'finished') return true;
  return unit === 'child' && (event.type === 'evaluated' || event.type === 'failed');
}

/** The cursor (a count of events) after the next end of a `unit`; the whole log where there is none. */
export function nextStop(events: readonly SearchEvent[], cursor: number, unit: StepUnit): number {
  for (let index = cursor; index < events.length; index++) if (ends(events[index]!, unit)) return index + 1;
  return events.length;
}

/** The cursor after the last end of a `unit` before `cursor`; 0 where there is none. */
export function previousStop(events: readonly SearchEvent[], cursor: number, unit: StepUnit): number {
  for (let index = cursor - 2; index >= 0; index--) if (ends(events[index]!, unit)) return index + 1;
  return 0;
}

/** The cursor at which generation `generation` has competed; the whole log where it has not yet. */
export function cursorOfGeneration(events: readonly SearchEvent[], generation: number): number {
  const index = events.findIndex((event) => event.type === 'competed' && event.generation >= generation);
  return index < 0 ? events.length : index + 1;
}

/** How many whole generations the log holds beyond `cursor`. */
export function generationsAhead(events: readonly SearchEvent[], cursor: number): number {
  let ahead = 0;
  for (let index = cursor; index < events.length; index++) if (events[index]!.type === 'competed') ahead++;
  return ahead;
}
