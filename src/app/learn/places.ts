/** What fills the page: the run (or the first visit), or one of the places for learning. */
export type Place = 'run' | 'bench' | 'compose' | 'sampling' | 'lessons' | 'compare';

const learning = ['bench', 'compose', 'sampling', 'compare'] as const;

/** `lesson=1` (or no name) opens the list; a name is a lesson that runs over the place named beside it. */
export function lessonOf(params: URLSearchParams): string | null {
  const lesson = params.get('lesson');
  return lesson === null || lesson === '' || lesson === '1' ? null : lesson;
}

export function placeOf(params: URLSearchParams): Place {
  if (params.has('lesson') && lessonOf(params) === null) return 'lessons';
  return learning.find((place) => params.has(place)) ?? 'run';
}

/** The address behind '#', now. */
export const hashParams = (): URLSearchParams => new URLSearchParams(location.hash.slice(1));
