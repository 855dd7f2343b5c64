import { loadTexts, texts } from '../text/texts.ts';
import type { Session } from './session.svelte.ts';
import { reload } from './address.ts';

const hour = 3_600_000;
/** Milliseconds that a first visit has the processor for itself. [ours] */
const settling = 10_000;

/** Keeping the site costs two seconds of a processor, which a first visit's first networks need more. */
async function untilSettled(session: Session): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, settling));
  // The page says when a generation or the whole search is done; a replay that plays has no such end.
  if (session.run.live && session.run.running)
    await new Promise((resolve) => addEventListener('lemonade', resolve, { once: true }));
}

/**
 * Registers the service worker that keeps the page for offline use, and sees to it that new versions of the site arrive:
 * one that waits when the page is loaded is taken at once; one that comes later is offered.
 */
export async function watchUpdates(session: Session): Promise<void> {
  // Missing on plain http from another machine, and in some private windows.
  const { serviceWorker } = navigator as { readonly serviceWorker?: ServiceWorkerContainer };
  if (!serviceWorker || !import.meta.env.PROD) return;
  if (!serviceWorker.controller) await untilSettled(session);
  const registration = await serviceWorker.register('./sw.js').catch(() => null);
  if (!registration) return;
  const take = (waiting: ServiceWorker) => {
    serviceWorker.addEventListener('controllerchange', reload, { once: true });
    waiting.postMessage({ type: 'SKIP_WAITING' });
  };
  const offer = async (waiting: ServiceWorker) => {
    await loadTexts('run');
    const { newVersion, newVersionWhileRunning, loadIt } = texts.states;
    session.notices.say(
      'new-version',
      session.run.running || session.left?.running ? newVersionWhileRunning : newVersion,
      { label: loadIt, run: () => take(waiting) },
      'info',
    );
  };
  if (registration.waiting && serviceWorker.controller) {
    if (session.run.untouched) take(registration.waiting);
    else void offer(registration.waiting);
  }
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing;
    coming?.addEventListener('statechange', () => {
      // Without a controller it is the first one, and no update.
      if (coming.state === 'installed' && serviceWorker.controller) void offer(coming);
    });
  });
  setInterval(() => void registration.update().catch(() => {}), hour);
}
