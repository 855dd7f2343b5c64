import type { NetworkId } from '../../core/search/events.ts';
import type { RunView } from '../../core/run-file/view.ts';
import { loadWholeRecording } from '../model/recording.ts';
import { frontBySize, picksOf } from '../model/picks.ts';
import { setAside } from '../model/offer-undo.ts';
import type { Session } from '../model/session.svelte.ts';
import type { Action, Look, Scene } from './lessons.ts';

/** Milliseconds after which a replay jumps to its end. */
const longestReplay = 7000;

/** The network a look means; null for none. */
export function networkOf(view: RunView, look: Look): NetworkId | null {
  if (look === null) return null;
  if (typeof look === 'string') return picksOf(view)?.[look].id ?? null;
  const front = frontBySize(view);
  const made = front.findLast(({ chain }) => chain.some(({ operator }) => operator === look.madeBy));
  const others = [...view.networks.values()].filter(({ status }) => status === 'evaluated');
  return (
    (made ?? others.find(({ chain }) => chain.some(({ operator }) => operator === look.madeBy)))?.id ?? null
  );
}

/**
 * Puts the bundled recording on the screen, as a recording or as a file that was opened; a run of one's own is set
 * aside and offered back. False where the site has no recording.
 */
export async function showRecording(session: Session, asFile: boolean): Promise<boolean> {
  const source = asFile ? 'file' : 'recording';
  const recording = await loadWholeRecording();
  if (!recording) return false;
  if (session.source === source && session.log.events.length === recording.events.length) return true;
  const aside = session.live && !session.untouched ? setAside(session) : null;
  const { author, device } = recording;
  session.show(
    source,
    recording.events,
    recording.name,
    asFile ? { note: author.note, created: author.date, device, from: recording.origin ?? '' } : null,
  );
  aside?.();
  return true;
}

/** Brings the run's screen into a scene, at once. */
export function enter(session: Session, scene: Scene): void {
  const { page, playback } = session;
  page.drawer = null;
  if (scene.page !== 'run') return;
  page.maximised = null;
  page.cardClosed = true;
  if (scene.at === 'end') playback.to(session.log.count);
  else playback.toGeneration(scene.at);
  page.tab = scene.tab ?? 'tree';
  page.film = scene.film ?? false;
  const { view } = session;
  page.select(view && scene.look ? networkOf(view, scene.look) : null);
  page.drawer = scene.drawer ?? null;
}

/** Carries out an action; resolves when the screen has come to rest. `signal` ends it at once. */
export async function perform(session: Session, action: Action, signal: AbortSignal): Promise<void> {
  const { page, playback, view } = session;
  switch (action.does) {
    case 'look':
      page.select(view ? networkOf(view, action.at) : null);
      return;
    case 'tab':
      page.tab = action.tab;
      page.film = false;
      return;
    case 'film':
      page.tab = 'tree';
      page.film = true;
      return;
    case 'drawer':
      page.drawer = action.drawer;
      return;
    case 'replay': {
      const arrive = () =>
        action.to === 'end' ? playback.to(session.log.count) : playback.toGeneration(action.to);
      page.select(null);
      if (!page.reducedMotion) {
        playback.rate = 5;
        playback.start();
        await untilGeneration(session, action.to, signal);
        playback.rate = 1;
      }
      if (!signal.aborted) arrive();
    }
  }
}

async function untilGeneration(session: Session, to: number | 'end', signal: AbortSignal): Promise<void> {
  const { playback } = session;
  const began = performance.now();
  const there = () =>
    !playback.moving ||
    signal.aborted ||
    performance.now() - began > longestReplay ||
    (to !== 'end' && (session.view?.generation ?? 0) > to);
  while (!there()) await new Promise((resolve) => setTimeout(resolve, 60));
  playback.stop();
}
