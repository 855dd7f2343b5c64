import { isOwnId } from '../../core/search/recipe.ts';
import { canBeDirect } from '../../workers/lending/direct-peer.ts';
import type { PairFault } from '../../workers/lending/host-peers.ts';
import { HostRoom, type RoomState } from '../../workers/lending/host-room.ts';
import type { HostReport } from '../../workers/lending/report.ts';
import { links, siteAddress } from '../model/address.ts';
import { inEffectRoot } from '../model/in-effect-root.svelte.ts';
import type { LiveRun } from '../model/live-run.svelte.ts';
import type { Session } from '../model/session.svelte.ts';

/** The devices that lend their trainers to the searches of this page: a room that outlives a search. */
export class HostDevices {
  state = $state.raw<RoomState | 'no-webrtc' | null>(null);
  /** The link by which one device is paired without a relay; '' while there is none. */
  offer = $state('');
  /** How the pairing of the last device went. */
  pairing = $state.raw<'connecting' | 'connected' | 'unreached' | 'no-address' | null>(null);
  report = $state.raw<HostReport | null>(null);
  #room = $state.raw<HostRoom | null>(null);
  readonly #session: Session;
  #attached: LiveRun | null = null;

  private constructor(session: Session) {
    this.#session = session;
    $effect(() => this.#follow());
  }

  static readonly #all = new WeakMap<Session, HostDevices>();

  /** Those of `session`; one room a page. */
  static of(session: Session): HostDevices {
    const known = HostDevices.#all.get(session);
    if (known) return known;
    const made = inEffectRoot(() => new HostDevices(session));
    HostDevices.#all.set(session, made);
    return made;
  }

  get isInviting(): boolean {
    return this.#room !== null;
  }

  /** What devices open; '' without a room. */
  get link(): string {
    return this.#room ? siteAddress() + links.join(this.#room.secret) : '';
  }

  /** Own pictures stay here, and without them no other device can train. */
  get hasOwnPictures(): boolean {
    const { dataset, secondDataset } = this.#session.run.recipe;
    return isOwnId(dataset) || isOwnId(secondDataset);
  }

  /** Opens a room at the relay of this page's origin. */
  invite(): void {
    this.state = 'connecting';
    this.#open('relay');
  }

  /** Opens a room without a relay, to which codes bring devices. */
  pair(): void {
    if (!canBeDirect()) {
      this.state = 'no-webrtc';
      return;
    }
    this.#open('codes');
    void this.#offerCode();
  }

  /** Takes the code with which a device answers; what is wrong with it, or null. */
  takeCode(text: string): PairFault | null {
    const taken = this.#room?.takeCode(text);
    if (!taken) return 'outdated';
    if (!taken.ok) return taken.reason;
    this.pairing = 'connecting';
    void this.#offerCode();
    return null;
  }

  /** Sends all devices home. */
  close(): void {
    this.#room?.close();
    this.#room = null;
    this.#attached = null;
    this.report = null;
    this.offer = '';
    this.pairing = null;
    if (this.state !== 'no-relay') this.state = null;
  }

  #open(by: 'relay' | 'codes'): void {
    this.#session.prepare();
    this.#room = new HostRoom(
      {
        onstate: (state) => {
          this.state = state;
          if (state === 'no-relay') this.close();
        },
        onreport: (report) => (this.report = report),
        onpaired: (isConnected) => (this.pairing = isConnected ? 'connected' : 'unreached'),
      },
      by,
    );
  }

  async #offerCode(): Promise<void> {
    const room = this.#room;
    const code = (await room?.offerCode()) ?? null;
    if (!room || this.#room !== room) return;
    if (code === null) [this.offer, this.pairing] = ['', 'no-address'];
    else this.offer = siteAddress() + links.pair(code);
  }

  /** Every search that is prepared on this page is lent to. */
  #follow(): void {
    const { run } = this.#session;
    const room = this.#room;
    // Not by instanceof: the class would leave the first page's chunk.
    if (!room || run.kind !== 'live' || run === this.#attached || this.hasOwnPictures) return;
    const live = run as LiveRun;
    if (!live.prepared) return;
    this.#attached = live;
    live.lendDevices(room.attach());
  }
}
