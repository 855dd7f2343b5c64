/** What a lesson says: a frame that every language fills. */
interface LessonStepWords {
  readonly title: string;
  readonly text: string;
  /** Button of the step's action, where it has one. */
  readonly act?: string;
  /** Said once the action is done. */
  readonly after?: string;
}

export interface LessonWords {
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly steps: readonly LessonStepWords[];
  /** At its end: what each answer is worth is said behind it. The right one is in app/learn/lessons.ts. */
  readonly question: {
    readonly ask: string;
    readonly options: readonly [string, string, string];
    readonly why: readonly [string, string, string];
  };
  readonly notes: {
    readonly goal: string;
    readonly misconception: string;
    readonly questions: readonly (readonly [question: string, answer: string])[];
  };
}
