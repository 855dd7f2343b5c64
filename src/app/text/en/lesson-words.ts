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
  readonly notes: {
    readonly goal: string;
    readonly misconception: string;
    readonly questions: readonly (readonly [question: string, answer: string])[];
  };
}
