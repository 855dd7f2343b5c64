import { frontBySize } from '../model/picks.ts';
import type { StepUnit } from '../model/pace.ts';
import { speeds } from '../model/pace.ts';
import type { Session } from '../model/session.svelte.ts';
import type { StripTab } from '../model/address.ts';

const tabKeys: Readonly<Record<string, StripTab>> = {
  g: 'tree',
  h: 'hypervolume',
  a: 'measures',
  t: 'table',
  l: 'log',
};

/** Whether `target` needs its own keys: text fields, picks, sliders, tabs, charts. */
function ownsKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (
    target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true]')
  )
    return true;
  if (key === ' ') return target.closest('button, a, summary, [role=button], [role=tab], input') !== null;
  if (key.startsWith('Arrow') || key === 'Home' || key === 'End' || key === 'Enter' || key === 't')
    return target.closest('.chart, [role=slider], [role=tab], [role=radiogroup], [role=separator]') !== null;
  return false;
}

/** One step along the front by size from what is selected. */
export function walkFront(session: Session, by: 1 | -1): void {
  const { view, selection } = session.run;
  if (!view || view.front.length === 0) return;
  const front = frontBySize(view);
  const at = front.findIndex((network) => network.id === selection.selected);
  const next = at < 0 ? (by > 0 ? 0 : front.length - 1) : Math.min(front.length - 1, Math.max(0, at + by));
  selection.select(front[next]!.id);
}

export interface KeyActions {
  readonly open: () => void;
}

/** The page's keyboard map; the help sheet lists it. */
export function handleKey(event: KeyboardEvent, session: Session, actions: KeyActions): void {
  const { page } = session;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || ownsKeys(event.target, event.key)) return;
  const unit: StepUnit = event.altKey ? 'event' : event.shiftKey ? 'child' : 'generation';
  const done = () => event.preventDefault();
  switch (event.key) {
    case ' ':
      session.toggle();
      return done();
    case 'ArrowRight':
      session.step(unit);
      return done();
    case 'ArrowLeft':
      session.run.back(unit);
      return done();
    case 'Home':
      session.run.playback.to(0);
      return done();
    case 'End':
      session.run.toEnd();
      return done();
    case 'j':
    case 'k':
      walkFront(session, event.key === 'k' ? 1 : -1);
      return done();
    case 'm':
      page.maximised = page.maximised ? null : 'trade-off';
      return done();
    case 'p':
      void import('../learn/present.svelte.ts').then(({ isPresenting, setPresenting }) =>
        setPresenting(!isPresenting()),
      );
      return done();
    case 's':
      page.toggle('share');
      return done();
    case 'o':
      actions.open();
      return done();
    case ',':
      page.toggle('settings');
      return done();
    case '?':
      page.toggle('help');
      return done();
    case 'Escape':
      if (page.drawer) page.drawer = null;
      else if (page.maximised) page.maximised = null;
      else if (session.run.selection.selected !== null) session.run.selection.select(null);
      return;
  }
  const speed = speeds[Number(event.key) - 1];
  if (speed) session.setSpeed(speed);
  const tab = tabKeys[event.key];
  if (tab) page.tab = tab;
}
