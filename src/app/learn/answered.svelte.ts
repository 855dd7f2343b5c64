import { lessons, type Lesson, type LessonId } from './lessons.ts';

const [answeredKey, leftKey] = ['lemonade-lessons', 'lemonade-lessons-left'];

/** The lessons whose question was answered in this browser. */
class Answered {
  ids = $state.raw<ReadonlySet<LessonId>>(storedIds());

  add(id: LessonId): void {
    this.ids = new Set([...this.ids, id]);
    keep(answeredKey, [...this.ids]);
  }
}

type Left = Readonly<Partial<Record<LessonId, number>>>;

/** The step at which each lesson was left in this browser, from 1; none of one that was not begun or is over. */
class Progress {
  left = $state.raw<Left>(storedLeft());

  /** `lesson` stands at step `index`, from 0. */
  stand(lesson: Lesson, index: number): void {
    const { [lesson.id]: _, ...others } = this.left;
    this.left = index > 0 && index < lesson.steps.length ? { ...others, [lesson.id]: index + 1 } : others;
    keep(leftKey, this.left);
  }
}

function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that forbids storage remembers it until the page is left.
  }
}

function stored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function storedIds(): ReadonlySet<LessonId> {
  const found = stored(answeredKey);
  const known = lessons.map(({ id }) => id);
  return new Set(Array.isArray(found) ? known.filter((id) => found.includes(id)) : []);
}

function storedLeft(): Left {
  const found = stored(leftKey);
  if (typeof found !== 'object' || found === null) return {};
  const steps = new Map<string, unknown>(Object.entries(found));
  return Object.fromEntries(
    lessons.flatMap(({ id, steps: { length } }) => {
      const step = steps.get(id);
      return Number.isInteger(step) && Number(step) > 1 && Number(step) <= length ? [[id, step]] : [];
    }),
  );
}

export const answered = new Answered();
export const progress = new Progress();
