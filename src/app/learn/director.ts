import type { NetworkId } from '../../core/search/events.ts';
import type { NetworkView, RunView } from '../../core/run-file/view.ts';
import { loadWholeRecording } from '../model/recording.ts';
import { nameOf } from '../model/run-name.ts';
import { madeBy } from './made-by.ts';
import { picksOf } from '../model/picks.ts';
import type { Run } from '../model/run.svelte.ts';
import type { Session } from '../model/session.svelte.ts';
import type { Action, Look, Scene } from './lessons.ts';

/** Milliseconds after which a replay jumps to its end. */
const longestReplay = 7000;

/** How far `better` lies below and left of `network` on a plot of usual scales, as a share of it, in the nearer direction. */
function lead({ objectives: better }: NetworkView, { objectives }: NetworkView): number {
  const smaller = Math.log10((objectives.parameters ?? 1) / (better.parameters ?? 1)) / 3;
  return Math.min(smaller, Math.sqrt(objectives.error ?? 1) - Math.sqrt(better.error ?? 1));
}

/** The network a look means; null for none. */
export function networkOf(view: RunView, look: Look): NetworkId | null {
  if (look === null) return null;
  if (look === 'beaten') {
    const evaluated = [...view.networks.values()].filter(({ status }) => status === 'evaluated');
    const margin = (network: NetworkView) => Math.max(...evaluated.map((other) => lead(other, network)));
    const beaten = evaluated.filter(({ onFront }) => !onFront);
    return beaten.length === 0 ? null : beaten.reduce((a, b) => (margin(b) > margin(a) ? b : a)).id;
  }
  if (typeof look === 'string') return picksOf(view)?.[look].id ?? null;
  return madeBy(view, look.madeBy)?.id ?? null;
}

/**
 * Puts the bundled recording on the screen, as a recording or as a file that was opened; a run of one's own is set
 * aside and offered back. False where the site has no recording.
 */
export async function showRecording(session: Session, asFile: boolean): Promise<boolean> {
  const kind = asFile ? 'file' : 'recording';
  const recording = await loadWholeRecording();
  if (!recording) return false;
  const { run } = session;
  if (run.kind === kind && run.log.events.length === recording.events.length) return true;
  const { author, device, events, recipe } = recording;
  const origin = { note: author.note, created: author.date, device, from: recording.origin ?? '' };
  const name = nameOf('', recipe);
  session.show({ kind, bundled: true, events, name, origin: asFile ? origin : null }, true);
  return true;
}

/** Brings the run's screen into a scene, at once. */
export function enter(session: Session, scene: Scene): void {
  const { page } = session;
  const { playback, selection } = session.run;
  page.drawer = null;
  if (scene.page !== 'run') return;
  page.maximised = null;
  selection.cardClosed = true;
  if (scene.at === 'end') playback.to(session.run.log.count);
  else playback.toGeneration(scene.at);
  page.tab = scene.tab ?? 'tree';
  page.film = scene.film ?? false;
  const { view } = session.run;
  selection.select(view && scene.look ? networkOf(view, scene.look) : null);
  page.drawer = scene.drawer ?? null;
}

/** Carries out an action; resolves when the screen has come to rest. `signal` ends it at once. */
export async function perform(session: Session, action: Action, signal: AbortSignal): Promise<void> {
  const { page } = session;
  const { playback, selection, view } = session.run;
  switch (action.does) {
    case 'look':
      selection.select(view ? networkOf(view, action.at) : null);
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
        action.to === 'end' ? playback.to(session.run.log.count) : playback.toGeneration(action.to);
      selection.select(null);
      if (!page.reducedMotion) {
        playback.rate = 5;
        playback.start();
        await untilGeneration(session.run, action.to, signal);
        playback.rate = 1;
      }
      if (!signal.aborted) arrive();
    }
  }
}

async function untilGeneration(run: Run, to: number | 'end', signal: AbortSignal): Promise<void> {
  const { playback } = run;
  const began = performance.now();
  const there = () =>
    !playback.moving ||
    signal.aborted ||
    performance.now() - began > longestReplay ||
    (to !== 'end' && (run.view?.generation ?? 0) > to);
  while (!there()) await new Promise((resolve) => setTimeout(resolve, 60));
  playback.stop();
}
