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
  test: '在官方测试图像上测试',
  testing: '测试中…',
  testHelp: '搜索从没见过这些图像。测一次是公正的；根据它来选网络，就不公正了。',
  tested: (error: string, validation: string) => `官方测试图像上的错误率 ${error}，验证图像上 ${validation}`,
  testedTag: '已测一次',
} satisfies Reworded<typeof en.mistakes>;
