import type * as en from '../en/few-images.ts';
import type { Reworded } from '../reworded.ts';

/** Beside errors that rest on few images. */
export const fewImages = {
  rests: (images: number) => `只用 ${images} 张验证图像算出，搜索也据此挑选，其中运气成分不小。`,
  unseen: (images: number, errors: string) => `在从未见过的 ${images} 张图像上，错误率为 ${errors}。`,
  one: (id: number, error: string) => `#${id} ${error}`,
  ask: (images: number) => `用从未见过的 ${images} 张图像测试`,
  asking: '正在测试',
} satisfies Reworded<typeof en.fewImages>;
