import { untrack } from 'svelte';
import { viewport } from '../model/viewport.svelte.ts';
import { setDockHeight } from './dock.svelte.ts';
import { bestCorner, type Corner, type Rect } from './place-card.ts';
import { docks, onBench, seatBeside, seats, targetIn, type Seat, type TargetKey } from './targets.ts';

/** What the card's words are about. */
interface Subject {
  readonly target: TargetKey | undefined;
  /** What the card stands beside: the same, or at the question at the end what the last step was about. */
  readonly beside: TargetKey | undefined;
  /** Answers to choose from stand in the card: it may take more room, as all of them are to be seen at once. */
  readonly asks: boolean;
  /** Where what is asked for is done, as it is found in the page; undefined where nothing is. */
  readonly task: string | undefined;
  /** The network's sheet lies over everything else. */
  readonly covered: boolean;
}

/** px of the page that something found by `selector` takes in the window; null where it is not shown. */
function rectOf(selector: string): Rect | null {
  const { zoom } = viewport;
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box && box.width > 0
    ? { left: box.left / zoom, top: box.top / zoom, right: box.right / zoom, bottom: box.bottom / zoom }
    : null;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Where a lesson's card stands, and what the ring goes round: in a pane that the step can do without (seat), in a bar below
 * (docked), on a phone at the lower edge, else over the corner where it hides least. It follows its subject, whatever moves
 * it, and until the reader takes over scrolls the page so that the card covers neither the task nor what it is about.
 * To be made while a component is: it has effects.
 */
export class LessonPlace {
  ring = $state.raw<Rect | null>(null);
  corner = $state<Corner>('bottom-left');
  docked = $state(false);
  /** The pane of the run's screen in which the card sits. */
  seat = $state.raw<(Rect & { readonly pane: Seat }) | null>(null);
  /** The card, and how high it is, px: bound by the view. */
  card = $state<HTMLElement>();
  height = $state(0);
  readonly phone = $derived(viewport.width < 600);
  readonly #subject: () => Subject;
  #untouched = true;

  constructor(subject: () => Subject, folded: () => boolean) {
    this.#subject = subject;
    $effect(() => {
      untrack(() => this.#measure());
      const timer = setInterval(() => this.#measure(), 120);
      return () => clearInterval(timer);
    });
    $effect(() => {
      setDockHeight(this.docked ? this.height : 0);
      return () => setDockHeight(0);
    });
    $effect(() => {
      const { style } = document.documentElement;
      if (this.phone || this.docked) style.scrollPaddingBottom = `${this.height + 8}px`;
      if (this.phone) style.setProperty('--lesson-card', `${this.height}px`);
      return () => {
        style.scrollPaddingBottom = '';
        style.removeProperty('--lesson-card');
      };
    });
    // The pane gives its place up.
    $effect(() => {
      const { dataset } = document.documentElement;
      if (this.seat && !folded()) dataset['lessonSeat'] = this.seat.pane;
      return () => delete dataset['lessonSeat'];
    });
  }

  /** The reader scrolls, points or presses: from here on the page stays where it is put. */
  readonly touch = (): void => void (this.#untouched = false);

  /** A new step, or a new window: the page may be scrolled for it. */
  follow(): void {
    this.#untouched = true;
  }

  #measure(): void {
    const { target, beside, task, covered, asks } = this.#subject();
    const { width, height } = viewport;
    const below = beside !== undefined && docks(beside);
    const ring = target && !covered && !onBench(target) ? rectOf(targetIn(target, width)) : null;
    if (!same(ring, this.ring)) this.ring = ring;
    const seat = width < 1200 || below ? null : this.#seatFor(beside ?? 'tradeOff', asks);
    if (!same(seat, this.seat)) this.seat = seat;
    this.docked = below && width >= 900;
    if (this.#untouched) this.#bringIntoView(task ?? (target && targetIn(target, width)));
    const { card, docked, corner } = this;
    if (docked || seat || !card) return;
    this.corner = bestCorner(
      ring,
      { width, height },
      { width: card.offsetWidth, height: card.offsetHeight },
      corner,
    );
  }

  #seatFor(target: TargetKey, asks: boolean): (Rect & { readonly pane: Seat }) | null {
    const pane = seatBeside(target);
    const room = rectOf(seats[pane]);
    if (!room) return null;
    // The page may be scrolled under it.
    const down = scrollY / viewport.zoom;
    const toTheEdge = pane === 'words' || (asks && target !== 'strip');
    const bottom = toTheEdge ? Math.max(room.bottom + down, viewport.height - 16) : room.bottom + down;
    return { ...room, pane, top: room.top + down, bottom };
  }

  #bringIntoView(selector: string | undefined): void {
    const subject = selector && document.querySelector(selector);
    if (!subject) return;
    const taken = this.phone || this.docked ? this.height * viewport.zoom : 0;
    const tall = subject.getBoundingClientRect().height > innerHeight - taken;
    subject.scrollIntoView({ block: tall ? 'start' : 'nearest' });
    this.#uncutHeader(subject);
  }

  /** A header of which half is left is scrolled out of the window, where `subject` has room to go up. */
  #uncutHeader(subject: Element): void {
    const header = document.querySelector('header')?.getBoundingClientRect();
    if (!header || header.top >= 0 || header.bottom <= 0) return;
    scrollBy(0, Math.min(header.bottom, Math.max(0, subject.getBoundingClientRect().top)));
  }
}
