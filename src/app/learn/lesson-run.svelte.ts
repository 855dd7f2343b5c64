import type { NetworkId } from '../../core/search/events.ts';
import type { Session } from '../model/session.svelte.ts';
import { enter, networkOf, perform, showRecording } from './director.ts';
import { check } from './lesson-checks.ts';
import { factsNow } from './lesson-facts.ts';
import { showTask } from './lesson-shows.ts';
import type { Lesson, LessonStep } from './lessons.ts';
import { formatLessonLink, parseLessonLink, sceneKeys, type LessonLink } from './link.ts';
import { hashParams, rewrite } from '../model/address.ts';
import { hideParts, isPresenting, setPresenting } from './present.svelte.ts';
import { progress } from './answered.svelte.ts';
import { stage } from './stage.svelte.ts';
import { TaskRun } from './task-run.svelte.ts';
import { sampleSize } from './weights/ranking.ts';

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
  /** The recording is there and the first scene is entered. */
  loaded = $state(false);
  step: LessonStep | null;
  /** One for each step that has a task. */
  readonly tasks: readonly (TaskRun | null)[];
  task: TaskRun | null;
  /** The network that the step's task starts from. */
  from = $state<NetworkId | null>(null);
  #session: Session;
  #stop = new AbortController();
  /** The first scene is on the screen. */
  #begun: Promise<void> | null = null;
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
    this.tasks = lesson.steps.map(({ task }) => (task ? new TaskRun(task) : null));
    this.task = $derived(this.tasks[this.index] ?? null);
  }

  /** The step's action was to show a network, and the run has none such. */
  get empty(): boolean {
    const { action } = this.step ?? {};
    const { view } = this.#session.run;
    return this.acted && action?.does === 'look' && (!view || networkOf(view, action.at) === null);
  }

  /** The step's task is to be done now: a prediction before the step's action, all else after it. */
  get asking(): boolean {
    const { task, step } = this;
    if (!task || !step || this.busy || !this.loaded) return false;
    return task.task.kind === 'predict' ? !this.acted : this.acted || !step.action;
  }

  /**
   * Space does not pass the task before it is done; before a class the teacher may, and where the screen that it needs
   * could not be loaded everyone.
   */
  get waits(): boolean {
    const { task, step } = this;
    const page = step?.scene.page;
    const broken =
      page === 'bench'
        ? Boolean(stage.bench?.problem)
        : page === 'weights'
          ? Boolean(stage.weights?.failure)
          : this.missing;
    return this.asking && !task!.settled && !isPresenting() && !broken;
  }

  /** The screen has come that the task needs. */
  get ready(): boolean {
    const { bench, sampling, weights } = stage;
    const page = this.step?.scene.page;
    if (page === 'bench') return Boolean(bench && !bench.choosing && bench.transformed);
    if (page === 'weights') return weights?.paths.length === sampleSize;
    return page === 'sampling' ? Boolean(sampling && sampling.sizes.length > 0) : this.loaded;
  }

  /** The prediction that is told now: once the action after it is done, or where the step tells of one before it. */
  get told(): TaskRun | null {
    const { step, task } = this;
    if (step?.tells) return this.tasks.slice(0, this.index).findLast((one) => one) ?? null;
    return task?.task.kind === 'predict' && this.acted ? task : null;
  }

  /** Hears what the screen says to the task; to be called whenever the screen changes. */
  look(): void {
    const { task, asking } = this;
    if (!task || !asking) return;
    if (task.task.kind === 'predict') {
      if (task.task.what !== 'bet' || !stage.bench) return;
      const { bet, hands } = stage.bench;
      task.chosen = bet;
      task.counted = hands?.some((count) => count > 0) ?? false;
      return;
    }
    const verdict = check(task.task.what, factsNow(this.#session.run, this.from));
    if (!verdict) return;
    task.hear(verdict);
    // On a narrow page the network's sheet would lie over what is to be clicked.
    this.#session.run.selection.sheet = false;
  }

  /** The way out: the page does it and explains it. */
  async show(): Promise<void> {
    const { task, asking } = this;
    if (!task || !asking || !this.ready || task.settled) return;
    task.shown = true;
    const said = await showTask(this.#session, task.task, this.from);
    if (said) task.said = said;
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
    this.loaded = true;
    if (!this.#stop.signal.aborted) this.#enter();
  }

  /**
   * Space: the action, if it waits; else the next step. Each that is pressed while the lesson still loads is carried
   * out once it is there; while an action is carried out none is.
   */
  next(): Promise<void> {
    if (this.loaded) return this.#forward();
    this.busy = true;
    this.#early = (this.#early ?? this.begin()).then(() => {
      this.busy = false;
      return this.#forward();
    });
    return this.#early;
  }

  async #forward(): Promise<void> {
    if (this.busy || this.over || this.#stop.signal.aborted) return;
    if (this.waits) {
      this.task!.stuck = true;
      return;
    }
    const action = this.step?.action;
    if (action && !this.acted) {
      this.busy = true;
      await perform(this.#session, action, this.#stop.signal);
      this.busy = false;
      this.acted = true;
      this.#openTask();
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
    progress.stand(this.lesson, this.index);
    if (!step) return;
    const keys = [formatLessonLink(this.link), `step=${this.index + 1}`, ...sceneKeys(step.scene)];
    rewrite(`#${keys.join('&')}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
    enter(this.#session, step.scene);
    if (!step.action) this.#openTask();
  }

  /** Puts what a find starts from on the screen. */
  #openTask(): void {
    const task = this.step?.task;
    if (task?.kind !== 'find') return;
    const { view, selection } = this.#session.run;
    this.from = view ? networkOf(view, task.from) : null;
    selection.select(this.from);
    selection.sheet = false;
  }
}
