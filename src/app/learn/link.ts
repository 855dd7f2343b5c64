import type { LessonId, Scene } from './lessons.ts';

/** Parts of the screen that a lesson's link may leave out; present.css hides them. */
export const hideable = [
  'transport',
  'loop',
  'network',
  'strip',
  'files',
  'article',
  'notes',
  'formulas',
] as const;
export type Hideable = (typeof hideable)[number];

export interface LessonLink {
  readonly lesson: LessonId;
  readonly present: boolean;
  readonly hide: readonly Hideable[];
  /** Null: the lesson's own. */
  readonly seed: number | null;
}

/** The address of a lesson behind '#'. */
export function formatLessonLink({ lesson, present, hide, seed }: LessonLink): string {
  return [
    `lesson=${lesson}`,
    ...(present ? ['present=1'] : []),
    ...(hide.length > 0 ? [`hide=${hide.join(',')}`] : []),
    ...(seed === null ? [] : [`seed=${seed}`]),
  ].join('&');
}

/** What a lesson's address asks for besides the lesson; unknown parts are left out. */
export function parseLessonLink(params: URLSearchParams): Omit<LessonLink, 'lesson'> {
  const hidden = (params.get('hide') ?? '').split(',');
  const seed = params.get('seed') ?? '';
  return {
    present: params.get('present') === '1',
    hide: hideable.filter((part) => hidden.includes(part)),
    seed: /^\d{1,9}$/.test(seed) ? Number(seed) : null,
  };
}

/** The keys of a scene's page in the address. */
export function sceneKeys(scene: Scene): readonly string[] {
  switch (scene.page) {
    case 'run':
      return [];
    case 'bench':
      return [`bench=${scene.operator}`, `beat=${scene.beat}`];
    case 'sampling':
    case 'weights':
      return [`${scene.page}=1`, `beat=${scene.beat}`];
    case 'compose':
      return ['compose=1', `puzzle=${scene.puzzle}`];
  }
}
