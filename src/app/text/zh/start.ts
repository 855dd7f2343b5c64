import type { startCard as en } from '../en/start.ts';
import type { Reworded } from '../reworded.ts';

/** The start of a run; fetched with it, not with the first page. */
export const startCard = {
  learn: '让网络学什么？',
  images: (count: string) => `${count} 张图像`,
  own: '自己的图片',
  ownHelp: '每个类别一个文件夹',
  long: '可以花多长时间？',
  run: '开始',
  lead: '它会自己停下。只要你不邀请其他设备，就没有任何数据离开这个标签页。',
  settings: '全部设置',
} satisfies Reworded<typeof en>;
