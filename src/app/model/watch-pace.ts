import type { Session } from './session.svelte.ts';
import { generationsAhead } from './pace.ts';

/** At Watch the search waits for the page: it is at most one generation ahead of what is shown. */
export class WatchPace {
  #held = false;

  keep(session: Session): void {
    if (!session.live || session.finished || !session.wanted || session.playback.speed !== 'watch') return;
    const ahead = generationsAhead(session.log.events, session.playback.position);
    if (ahead > 0 && !this.#held) {
      this.#held = true;
      session.handle?.pause();
    } else if (ahead === 0 && this.#held) {
      this.#held = false;
      session.handle?.play();
    }
  }

  release(): void {
    this.#held = false;
  }
}
