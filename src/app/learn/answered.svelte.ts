import { lessons, type LessonId } from './lessons.ts';

const storageKey = 'lemonade-lessons';

/** The lessons whose question was answered in this browser. */
class Answered {
  ids = $state.raw<ReadonlySet<LessonId>>(new Set());

  constructor() {
    const stored = read();
    this.ids = new Set(lessons.flatMap(({ id }) => (stored.includes(id) ? [id] : [])));
  }

  add(id: LessonId): void {
    this.ids = new Set([...this.ids, id]);
    try {
      localStorage.setItem(storageKey, JSON.stringify([...this.ids]));
    } catch {
      // A browser that forbids storage remembers it until the page is left.
    }
  }
}

function read(): readonly unknown[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

export const answered = new Answered();
