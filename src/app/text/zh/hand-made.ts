import type * as en from '../en/hand-made.ts';
import type { Reworded } from '../reworded.ts';

/** Hand-made families, as they are named on the plot and in its legend. */
export const families = { vgg: '类 VGG', mobilenet: '类 MobileNetV2' } satisfies Reworded<typeof en.families>;
export const byHand: typeof en.byHand = (family) => `${family}，手工设计`;

/** Hand-made networks on the card at a run's end; fetched with their part of it. */
export const handMade = {
  against: '与手工设计的网络相比',
  same: (images: string) => `两个系列，每个系列总共看 ${images} 张图像`,
  notTrained: '和整个搜索看过的一样多。',
  train: '把它们也训练一下',
  running: (share: string) => `正在训练手工设计的网络，${share}`,
  found: (all: number, kept: number) =>
    kept === 0
      ? `全部 ${all} 个都不如前沿上的某个网络：后者在每个目标上都不比它差。`
      : `${all} 个中有 ${kept} 个没有被前沿上的任何网络胜过。`,
} satisfies Reworded<typeof en.handMade>;
