import type * as en from '../en/mistakes.ts';
import type { Reworded } from '../reworded.ts';

/** Words of the tab that shows where a network errs. */
export const mistakes = {
  confusion: '哪个类别被当成哪个',
  looking: '正在作答…',
  perClass: '各类别的错误率',
  wrong: '答错的图像，最有把握的在前',
  wrongOne: (actual: string, answered: string, sure: string) =>
    `“${actual}”被认作“${answered}”，把握 ${sure}`,
  filtered: (actual: string, answered: string, count: number) =>
    count === 0 ? `这些图像中没有“${actual}”被认作“${answered}”的` : `“${actual}”被认作“${answered}”`,
  showAll: '全部显示',
  none: '验证图像没有一张答错。',
} satisfies Reworded<typeof en.mistakes>;
