import type { Session } from '../model/session.svelte.ts';
import { enter, perform, showRecording } from './director.ts';
import type { Lesson, LessonStep } from './lessons.ts';
import { formatLessonLink, parseLessonLink, sceneKeys, type LessonLink } from './link.ts';
import { hashParams, rewrite } from '../model/address.ts';
import { hideParts, setPresenting } from './present.svelte.ts';

/** A lesson under way: which step, and whether its action was carried out. */
export class LessonRun {
  readonly lesson: Lesson;
  readonly link: LessonLink;
  /** `lesson.steps.length` when it is over. */
  index = $state(0);
  acted = $state(false);
  /** The action is being carried out. */
  busy = $state(false);
  missing = $state(false);
  step: LessonStep | null;
  #session: Session;
  #stop = new AbortController();
  /** The first scene is on the screen. */
  #begun: Promise<void> | null = null;
  #loaded = false;
  /** What Space asked for while the lesson loaded, one after the other. */
  #early: Promise<void> | null = null;

  constructor(lesson: Lesson, session: Session) {
    this.lesson = lesson;
    this.#session = session;
    const params = hashParams();
    this.link = { lesson: lesson.id, ...parseLessonLink(params) };
    this.step = $derived(lesson.steps[this.index] ?? null);
    const from = Number(params.get('step') ?? 1) - 1;
    this.index = Number.isInteger(from) ? Math.min(lesson.steps.length - 1, Math.max(0, from)) : 0;
  }

  get over(): boolean {
    return this.index >= this.lesson.steps.length;
  }

  /** Shows the recording and the first scene. */
  begin(): Promise<void> {
    this.#begun ??= this.#begin();
    return this.#begun;
  }

  async #begin(): Promise<void> {
    setPresenting(this.link.present);
    hideParts(this.link.hide);
    this.missing = !(await showRecording(this.#session, this.lesson.asFile ?? false));
    this.#loaded = true;
    if (!this.#stop.signal.aborted) this.#enter();
  }

  /**
   * Space: the action, if it waits; else the next step. Each that is pressed while the lesson still loads is carried
   * out once it is there; while an action is carried out none is.
   */
  next(): Promise<void> {
    if (this.#loaded) return this.#forward();
    this.busy = true;
    this.#early = (this.#early ?? this.begin()).then(() => {
      this.busy = false;
      return this.#forward();
    });
    return this.#early;
  }

  async #forward(): Promise<void> {
    if (this.busy || this.over || this.#stop.signal.aborted) return;
    const action = this.step?.action;
    if (action && !this.acted) {
      this.busy = true;
      await perform(this.#session, action, this.#stop.signal);
      this.busy = false;
      this.acted = true;
      return;
    }
    this.#goTo(this.index + 1);
  }

  /** Shift and Space: before the action, else the step before. */
  back(): void {
    if (this.busy) return;
    if (this.acted) this.#enter();
    else if (this.index > 0) this.#goTo(this.index - 1);
  }

  /** Ends whatever it does; the screen stays as it is. */
  end(): void {
    this.#stop.abort();
    this.#session.run.playback.stop();
    this.#session.run.playback.rate = 1;
    this.#session.page.drawer = null;
    setPresenting(false);
    hideParts([]);
  }

  #goTo(index: number): void {
    this.index = index;
    this.#enter();
  }

  #enter(): void {
    this.acted = false;
    const { step } = this;
    if (!step) return;
    const keys = [formatLessonLink(this.link), `step=${this.index + 1}`, ...sceneKeys(step.scene)];
    rewrite(`#${keys.join('&')}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
    enter(this.#session, step.scene);
  }
}
