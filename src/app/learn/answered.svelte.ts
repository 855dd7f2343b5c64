import { lessons, type LessonId } from './lessons.ts';

const storageKey = 'lemonade-lessons';

/** The lessons whose question was answered in this browser. */
class Answered {
  ids = $state.raw<ReadonlySet<LessonId>>(stored());

  add(id: LessonId): void {
    this.ids = new Set([...this.ids, id]);
    try {
      localStorage.setItem(storageKey, JSON.stringify([...this.ids]));
    } catch {
      // A browser that forbids storage remembers it until the page is left.
    }
  }
}

function stored(): ReadonlySet<LessonId> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    const known = lessons.map(({ id }) => id);
    return new Set(Array.isArray(found) ? known.filter((id) => found.includes(id)) : []);
  } catch {
    return new Set();
  }
}

export const answered = new Answered();
